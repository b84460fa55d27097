// The evidence map: how many reviews there are on a topic for a population or in a format. The table keeps
// its heads for those who hear it; each mark is a button that filters the page.
"use strict";

(() => {
  const { el, svg, data, label, words, initials, ratingOf } = window.explore;
  const LARGEST = 15; // radius in pixels
  const GLYPHS = {
    favours_intervention: "M0 -5 L5 4 L-5 4 Z",
    no_effect: "M-5 -1.5 H5 V1.5 H-5 Z",
    mixed: "M-1 -4.5 L-6.5 0 L-1 4.5 Z M1 -4.5 L6.5 0 L1 4.5 Z",
    favours_control: "M0 5 L5 -4 L-5 -4 Z",
    not_known: "M-3 0 A3 3 0 1 0 3 0 A3 3 0 1 0 -3 0 Z",
  };

  const mark = (tone, rating, radius) =>
    svg(
      "svg",
      { class: "map-mark", viewBox: "-20 -20 40 40", "aria-hidden": "true", focusable: "false" },
      svg("circle", { class: `ring rating-${rating}`, r: radius + 2.5 }),
      svg("circle", { class: `disc tone-${tone}`, r: radius }),
      GLYPHS[tone] ? svg("path", { class: `glyph on-${tone}`, d: GLYPHS[tone] }) : null,
    );
  const radius = (count, most) => 7 + (LARGEST - 7) * Math.sqrt(count / most);

  const rowsOf = (cells, state) => {
    const present = new Set([...cells.values()].map((cell) => cell.topic));
    return data.topics.filter((one) => present.has(one.topic) || one.topic === state.topic);
  };
  const columnsOf = (cells, state) => {
    const present = new Set([...cells.values()].map((cell) => cell.column));
    const column = state.by === "format" ? "intervention_format" : "population";
    return Object.keys(words[column])
      .filter((code) => present.has(code))
      .map((code) => ({ code, text: words[column][code] }));
  };
  // What the filters leave out grows pale, and stays to be chosen instead.
  const pale = (state, key, value) => (state[key] && state[key] !== value ? " map-out" : "");
  const button = (cell, column, state, most) => {
    const count = cell.reviews.length;
    const chosen = cell.topic === state.topic && cell.column === state[state.by];
    const out = pale(state, "topic", cell.topic) || pale(state, state.by, cell.column);
    const name =
      `${label("topic", cell.topic)}, ${column.text}: ${count} ${count === 1 ? "review" : "reviews"}` +
      `, ${window.explore.counts(cell.directions)}; best rating: ${ratingOf(cell.rating)}${out ? "; filtered out" : ""}`;
    return el(
      "button",
      {
        type: "button",
        class: `map-cell${out}`,
        "aria-pressed": String(chosen),
        "aria-label": name,
        "data-cell": cell.key,
        tabindex: "-1",
      },
      mark(cell.tone, cell.rating, radius(count, most)),
      el("span", { class: "map-count" }, `${count} ${initials(cell.rating)}`),
    );
  };

  const table = (cells, state) => {
    const rows = rowsOf(cells, state);
    const columns = columnsOf(cells, state);
    const most = Math.max(1, ...[...cells.values()].map((cell) => cell.reviews.length));
    const head = el(
      "tr",
      {},
      el("th", { scope: "col" }, "Topic"),
      ...columns.map((column) =>
        el("th", { scope: "col", class: pale(state, state.by, column.code) }, column.text),
      ),
    );
    const bodies = [];
    let domain = null;
    for (const one of rows) {
      if (one.domain !== domain) {
        domain = one.domain;
        const title = el("th", { scope: "rowgroup", colspan: columns.length + 1 });
        title.append(el("span", { class: "map-domain" }, label("domain", domain)));
        bodies.push(el("tbody", {}, el("tr", {}, title)));
      }
      const places = columns.map((column) => {
        const cell = cells.get(`${one.topic}|${column.code}`);
        return el("td", {}, cell ? button(cell, column, state, most) : null);
      });
      const named = { scope: "row", class: pale(state, "topic", one.topic) };
      bodies.at(-1).append(el("tr", {}, el("th", named, label("topic", one.topic)), ...places));
    }
    return el("table", { class: "evidence-map" }, el("thead", {}, head), ...bodies);
  };

  const legend = () => {
    const said = {
      favours_intervention: data.favours.intervention,
      no_effect: label("kind", "no_effect"),
      mixed: label("kind", "mixed"),
      favours_control: data.favours.control,
      not_known: label("kind", "not_known"),
    };
    const also = { favours_intervention: ["facilitator", "benefit"] };
    also.favours_control = ["barrier", "challenge"];
    const items = Object.entries(said).map(([tone, text]) => {
      const kinds = (also[tone] || []).map((kind) => label("kind", kind).toLowerCase());
      return el("li", {}, mark(tone, "none", 9), [text, ...kinds].join(", "));
    });
    const rings = Object.keys(words.rating).map((rating) =>
      el("li", {}, mark("none", rating, 9), `${initials(rating)}: ${words.rating[rating]}`),
    );
    const open = el("li", {}, mark("none", "not_known", 9), "?: not known");
    return el(
      "div",
      { class: "explore-legend" },
      el("p", {}, "Size and number: reviews, each once. Disc: direction of a clear majority of them."),
      el("ul", {}, ...items),
      el("p", {}, "Ring and letter: the best rating among them. Pale: filtered out."),
      el("ul", {}, ...rings, open),
    );
  };

  const draw = (frame, state) => {
    const cells = window.explore.cells(state);
    frame.replaceChildren(
      cells.size ? table(cells, state) : el("p", {}, "Nothing on the map matches these filters."),
    );
    return cells;
  };

  window.explore.map = { draw, legend };
})();
