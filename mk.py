import sys; sys.path.insert(0,'/tmp/pages'); sys.path.insert(0,'/work/wt/pages')
from survey import start
from pathlib import Path
import time
b=start()
for v in ("A","F"):
  for a in ("tbl-effects-clinical","fig-multiverse","tbl-coverage"):
    b.open(Path(f'/tmp/pages/v/{v}/index.html'),1440); b.run("document.getElementById(arguments[0]).scrollIntoView()",a); time.sleep(.6)
    print(v,a,b.run("const s=document.getElementById(arguments[0]).closest('section'); return [s.id, [...document.querySelectorAll('#TOC a[aria-current]')].map(x=>x.hash), [...document.querySelectorAll('#TOC a')].filter(x=>x.matches(':target-current')).map(x=>x.hash)]",a))
b.driver.quit()
