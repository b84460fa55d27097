// Marks in the table of contents the section that is being read, and folds the menu of narrow
// screens when a section has been chosen.
"use strict";

(() => {
  const contents = document.getElementById("TOC");
  if (!contents) return;
  const links = new Map(
    [...contents.querySelectorAll("a[href^='#']")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
  );
  const sections = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const sidebar = contents.closest(".sidebar");
  const crossed = new Set();
  let current = null;

  const show = (link) => {
    if (!sidebar || sidebar.scrollHeight <= sidebar.clientHeight) return;
    const box = link.getBoundingClientRect();
    const frame = sidebar.getBoundingClientRect();
    const outside = box.top < frame.top + 40 || box.bottom > frame.bottom - 40;
    if (outside) sidebar.scrollTop += box.top - frame.top - frame.height / 3;
  };
  const mark = (link) => {
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "true");
    show(link);
  };
  // Of the sections that cross a line in the upper part of the window the innermost one is read.
  const observer = new IntersectionObserver(
    (changes) => {
      for (const change of changes) {
        if (change.isIntersecting) crossed.add(change.target);
        else crossed.delete(change.target);
      }
      const inner = sections.filter((section) => crossed.has(section)).pop();
      mark(inner ? links.get(inner.id) : null);
    },
    { rootMargin: "-20% 0px -79% 0px" },
  );
  sections.forEach((section) => observer.observe(section));

  const folding = document.getElementById("menu-switch");
  contents.addEventListener("click", (event) => {
    if (folding && event.target.closest("a")) folding.checked = false;
  });
})();
