// Brings the parts together: each change of the state redraws map, forest plot and tables.
"use strict";

(() => {
  const { el, state, card, map, forest, select, estimates, findings } = window.explore;

  // Arrow keys move inside a part, so that the keyboard passes it with one step.
  const rove = (frame, selector, next) => {
    const items = () => [...frame.querySelectorAll(selector)];
    const enter = (item) => {
      for (const one of items()) one.tabIndex = one === item ? 0 : -1;
    };
    frame.addEventListener("focusin", (event) => {
      const item = event.target.closest(selector);
      if (item) enter(item);
    });
    frame.addEventListener("keydown", (event) => {
      const item = event.target.closest(selector);
      const target = item && next(event.key, item, items());
      if (!target) return;
      event.preventDefault();
      target.focus();
    });
    return () => {
      const [first] = items();
      if (first) first.tabIndex = 0;
    };
  };
  const along = (key, item, items) => {
    const place = items.indexOf(item);
    if (key === "ArrowDown") return items[place + 1];
    if (key === "ArrowUp") return items[place - 1];
    if (key === "Home") return items[0];
    return key === "End" ? items.at(-1) : null;
  };
  const across = (key, item, items) => {
    const column = item.closest("td").cellIndex;
    const inRow = [...item.closest("tr").querySelectorAll("button")];
    const inColumn = items.filter((one) => one.closest("td").cellIndex === column);
    if (key === "ArrowRight") return inRow[inRow.indexOf(item) + 1];
    if (key === "ArrowLeft") return inRow[inRow.indexOf(item) - 1];
    if (key === "ArrowDown") return inColumn[inColumn.indexOf(item) + 1];
    if (key === "ArrowUp") return inColumn[inColumn.indexOf(item) - 1];
    if (key === "Home") return items[0];
    return key === "End" ? items.at(-1) : null;
  };

  // The part keeps its plain figures, hidden, for printing nothing twice.
  const part = (identifier, label, legend) => {
    const place = document.getElementById(identifier);
    for (const still of place.children) still.hidden = true;
    const frame = el("div", { class: "explore-frame", role: "region", "aria-label": label });
    place.append(legend, frame);
    return { place, frame };
  };
  const mapPart = part("explore-map", "Evidence map", map.legend());
  const forestPart = part("explore-forest", "Reported estimates", forest.legend());
  mapPart.frame.tabIndex = 0; // it scrolls sideways where it is wide
  const show = window.explore.filters.build(document.getElementById("explore-filters"));
  const rows = [...document.querySelectorAll("#explore-tables tr[data-row]")];
  let cells = new Map();

  const mapCard = card.attach(mapPart.place, ".map-cell", (button) =>
    card.ofCell(cells.get(button.dataset.cell), state.get()),
  );
  const byId = new Map(estimates.map((one) => [one.id, one]));
  const forestCard = card.attach(forestPart.place, ".forest-row", (button) =>
    card.ofEstimate(byId.get(button.dataset.estimate)),
  );
  const enterMap = rove(mapPart.frame, ".map-cell", across);
  const enterForest = rove(forestPart.frame, ".forest-row", along);

  mapPart.frame.addEventListener("click", (event) => {
    const button = event.target.closest(".map-cell");
    if (!button) return;
    const cell = cells.get(button.dataset.cell);
    const now = state.get();
    const chosen = button.getAttribute("aria-pressed") === "true";
    const column = cell.column === window.explore.NONE ? "" : cell.column;
    state.set({ topic: chosen ? "" : cell.topic, [now.by]: chosen ? "" : column });
    mapPart.frame.querySelector(`[data-cell="${cell.key}"]`)?.focus();
  });

  const unique = (units) => new Set(units.map((one) => `${one.table} ${one.id}`)).size;
  const summary = (found) => {
    const reviews = new Set(
      [...found.estimates, ...found.findings].map((one) => one.review?.review_id).filter(Boolean),
    );
    const known = found.estimates.filter((one) => one.row.favours !== null).length;
    return (
      `${found.estimates.length} of ${estimates.length} results of analyses, ` +
      `${known} of them with numbers, and ${unique(found.findings)} of ${unique(findings)} ` +
      `findings in words, from ${reviews.size} ${reviews.size === 1 ? "review" : "reviews"}.`
    );
  };

  const draw = (now) => {
    mapCard.hide();
    forestCard.hide();
    cells = map.draw(mapPart.frame, now);
    const found = select(now);
    forest.draw(forestPart.frame, found.estimates);
    enterMap();
    enterForest();
    const shown = new Set([...found.estimates, ...found.findings].map((one) => one.id));
    for (const row of rows) row.classList.toggle("explore-out", !shown.has(row.dataset.row));
    show(now, summary(found));
  };
  state.listen(draw);
  draw(state.get());
  document.body.classList.add("explore-ready");
})();
