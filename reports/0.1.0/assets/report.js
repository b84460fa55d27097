// Beside a computed number: what it is, the rows that it rests on, the notebook that made it.
// The number stays a link to the ledger; without scripts, and in print, nothing is missing.
"use strict";

(() => {
  const store = document.getElementById("notes");
  const notes = store ? JSON.parse(store.textContent) : {};
  const card = document.createElement("div");
  card.className = "value-note";
  card.setAttribute("aria-hidden", "true"); // the link says the number; the page behind it the rest
  card.hidden = true;
  document.body.append(card);
  let owner = null;
  let closing = 0;

  const place = (link) => {
    const box = link.getClientRects()[0];
    const gap = 6;
    const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - gap);
    const below = box.bottom + gap;
    const fits = below + card.offsetHeight < document.documentElement.clientHeight;
    card.style.left = `${Math.max(gap, left) + window.scrollX}px`;
    card.style.top = `${(fits ? below : box.top - gap - card.offsetHeight) + window.scrollY}px`;
  };
  const show = (link) => {
    const lines = notes[decodeURIComponent(link.hash.slice(1))];
    if (!lines) return;
    window.clearTimeout(closing);
    owner = link;
    card.replaceChildren(
      ...lines.map((line, index) => {
        const part = document.createElement(index ? "span" : "strong");
        part.textContent = line;
        return part;
      }),
    );
    card.hidden = false;
    place(link);
  };
  const hide = () => {
    card.hidden = true;
    owner = null;
  };
  const hideSoon = () => {
    window.clearTimeout(closing);
    closing = window.setTimeout(hide, 200); // time to move the pointer onto the card
  };
  const linkOf = (event) => event.target.closest && event.target.closest("a.value");

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event);
    if (link) show(link);
    else if (card.contains(event.target)) window.clearTimeout(closing);
    else if (owner && owner !== document.activeElement) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link && link.matches(":focus-visible")) show(link);
    else if (owner) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) hide();
  });
  window.addEventListener("resize", hide);
})();
