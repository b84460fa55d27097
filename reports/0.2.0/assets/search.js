// The search of the report: its index is a script beside this one, loaded when it is first needed.
// "/" leads to the box; Enter and the arrow keys to the results; Escape back.
"use strict";

(() => {
  const form = document.getElementById("search");
  if (!form) return;
  const box = document.getElementById("search-box");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const MOST = 30;
  const SNIPPET = 90;
  // Section, figure or table, page, value or row of the data: the article before what it rests on.
  const WEIGHTS = [30, 28, 24, 0];
  const ENTRY = 3;
  let places = [];
  let loading = null; // once, however fast the reader types

  // Words alone, between blanks: "rq1.n_reviews" is found by each of its parts.
  const folded = (text) =>
    ` ${text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  const read = (index) =>
    index.flatMap(([address, title, items]) =>
      items.map((item) => {
        // A value or a row has its own id as its text, and comes as anchor and heading alone.
        const named = [ENTRY, item[0], item[1], String(item[0]).replace(/^row-/, "")];
        const [kind, anchor, heading, text] = item.length === 2 ? named : item;
        return {
          address: anchor ? `${address}#${encodeURIComponent(anchor)}` : address,
          heading,
          title,
          text,
          weight: WEIGHTS[kind],
          inHeading: folded(heading),
          inText: folded(text),
        };
      }),
    );
  const load = () => {
    loading ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = form.dataset.index;
      script.addEventListener("load", () => {
        places = read(umbrellaIndex);
        resolve();
      });
      script.addEventListener("error", () => {
        status.textContent = "The index of the search could not be loaded.";
      });
      document.head.append(script);
    });
    return loading;
  };

  // Every word must begin a word of the place; those in headings, and whole ones, count more.
  const score = (place, words) => {
    let sum = place.weight + 1;
    for (const word of words) {
      const heading = place.inHeading.includes(` ${word}`);
      if (!heading && !place.inText.includes(` ${word}`)) return 0;
      const whole = (heading ? place.inHeading : place.inText).includes(` ${word} `);
      sum += (heading ? 10 : 2) + (whole ? 3 : 0);
    }
    return sum;
  };
  const find = (words) =>
    places
      .map((place) => ({ place, points: score(place, words) }))
      .filter((found) => found.points)
      .sort((one, other) => other.points - one.points)
      .map((found) => found.place);

  const snippet = (text, words) => {
    const lower = text.toLowerCase();
    const at = Math.max(0, ...words.map((word) => lower.indexOf(word)));
    const from = at < SNIPPET / 2 ? 0 : text.indexOf(" ", at - SNIPPET / 2) + 1;
    const rest = text.slice(from);
    const until = rest.length > SNIPPET ? rest.lastIndexOf(" ", SNIPPET) : rest.length;
    return `${from ? "… " : ""}${rest.slice(0, until)}${until < rest.length ? " …" : ""}`;
  };
  const part = (name, text) => {
    const made = document.createElement("span");
    made.className = name;
    made.textContent = text;
    return made;
  };
  const result = (place, words) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = form.dataset.root + place.address;
    link.append(part("result-heading", place.heading));
    if (place.title !== place.heading) link.append(" ", part("result-page", place.title));
    if (place.text) link.append(" ", part("result-text", snippet(place.text, words)));
    item.append(link);
    return item;
  };

  const show = async () => {
    await load();
    const words = folded(box.value).trim().split(" ").filter(Boolean);
    const found = words.length ? find(words) : [];
    const shown = found.slice(0, MOST);
    list.replaceChildren(...shown.map((place) => result(place, words)));
    list.hidden = !shown.length;
    form.classList.toggle("searching", words.length > 0);
    const many = found.length > MOST ? `, the first ${MOST} are shown` : "";
    const count = found.length === 1 ? "1 result" : `${found.length || "No"} results${many}`;
    status.textContent = words.length ? count : "";
  };
  const clear = () => {
    box.value = "";
    show();
    box.focus();
  };

  form.hidden = false;
  box.addEventListener("focus", load);
  box.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.focus();
  });
  form.addEventListener("keydown", (event) => {
    const stops = [box, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(document.activeElement) + step))].focus();
    } else if (event.key === "Escape" && box.value) {
      event.preventDefault();
      clear();
    }
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) form.classList.remove("searching");
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
