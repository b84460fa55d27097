// Beside a computed number: what it is, the rows that it rests on, the notebook that made it.
// Beside the number of a citation: the reference, or all those that a range of numbers names.
// Both stay links; without scripts, and in print, nothing is missing.
"use strict";

(() => {
  const store = document.getElementById("notes");
  const notes = store ? JSON.parse(store.textContent) : {};
  const entries = [...document.querySelectorAll("#refs .csl-entry")];
  const linked = "a.value, .citation a[href^='#ref-']";
  const card = document.createElement("div");
  card.className = "value-note";
  card.id = "note-card";
  card.setAttribute("role", "tooltip"); // describes the link to which it belongs
  card.hidden = true;
  (document.getElementById("content") || document.body).append(card); // inside a landmark
  let owner = null;
  let closing = 0;

  const idOf = (link) => decodeURIComponent(link.hash.slice(1));
  const entryOf = (link) => document.getElementById(idOf(link));
  // "2–4" is two links with a dash between them: the numbers in the middle have no link.
  const partner = (link, side) => {
    const dash = link[`${side}Sibling`];
    const other = dash && dash[`${side}Sibling`];
    const joined = dash && dash.nodeType === Node.TEXT_NODE && dash.textContent.trim() === "–";
    return joined && other && other.matches && other.matches("a") ? other : link;
  };
  const references = (link) => {
    const first = entries.indexOf(entryOf(partner(link, "previous")));
    const last = entries.indexOf(entryOf(partner(link, "next")));
    return first < 0 ? [] : entries.slice(first, last + 1);
  };
  const line = (name, text) => {
    const part = document.createElement(name);
    part.textContent = text;
    return part;
  };
  const reference = (entry) => {
    const [number, ...rest] = entry.children;
    const part = document.createElement("div");
    part.className = "reference";
    if (!rest.length) part.textContent = entry.textContent.trim();
    else part.append(line("strong", number.textContent.trim()), line("span", rest.map((one) => one.textContent).join(" ").trim()));
    return part;
  };
  // Titles of notebooks and tables stand once; a note names them by their places.
  const lines = (id) => {
    if (!notes.values || !notes.values[id]) return [];
    const [printed, rows, notebook, cell] = notes.values[id];
    const of = (count) => (count === 1 ? "1 row of" : `${count} rows of`);
    const from = rows.map(([count, table]) => `${of(count)} ${notes.tables[table]}`).join(", ");
    const made = `Notebook ${notes.notebooks[notebook]}${cell ? `, cell ${cell}` : ""}`;
    return [printed, `From ${from || "other values"}`, made];
  };
  const content = (link) => {
    if (!link.matches(".value")) return references(link).map(reference);
    return lines(idOf(link)).map((text, index) => line(index ? "span" : "strong", text));
  };

  const place = (link) => {
    const box = link.getClientRects()[0];
    const gap = 6;
    const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - gap);
    const below = box.bottom + gap;
    const fits = below + card.offsetHeight < document.documentElement.clientHeight;
    card.style.left = `${Math.max(gap, left) + window.scrollX}px`;
    card.style.top = `${(fits ? below : box.top - gap - card.offsetHeight) + window.scrollY}px`;
  };
  const hide = () => {
    window.clearTimeout(closing);
    card.hidden = true;
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
  };
  const show = (link) => {
    window.clearTimeout(closing);
    if (owner === link) return;
    const parts = content(link);
    hide();
    if (!parts.length) return;
    owner = link;
    owner.setAttribute("aria-describedby", card.id);
    card.replaceChildren(...parts);
    card.hidden = false;
    card.scrollTop = 0;
    place(link);
  };
  const hideSoon = () => {
    window.clearTimeout(closing);
    closing = window.setTimeout(hide, 200); // time to move the pointer onto the card
  };
  const linkOf = (event) => event.target.closest && event.target.closest(linked);

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
    else if (owner && owner !== link) hide();
  });
  // By touch there is no hovering: the first tap shows the note, the second follows the link.
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (event.pointerType === "touch" && link && link !== owner) {
      show(link);
      if (owner === link) event.preventDefault();
    } else if (owner && !card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) hide();
  });
  window.addEventListener("resize", hide);
})();
