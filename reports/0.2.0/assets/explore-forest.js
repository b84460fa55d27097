// The forest plot: one row a result, one panel a measure, never a summary over reviews.
"use strict";

(() => {
  const { el, svg, data, label, initials, certain, integer } = window.explore;
  const { axis } = window.explore;
  const MANY = 8; // rows from which the scale stands above them too

  // Ratios are shown as printed, so results where less is better need an axis of their own.
  const panels = (units) => {
    const found = new Map();
    for (const one of units) {
      const { measure, sign } = one.row;
      const key = axis.isRatio(measure) ? `${measure} ${sign}` : measure;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(one);
    }
    const order = Object.keys(window.explore.words.measure);
    const rank = ([, [first]]) => order.indexOf(first.row.measure);
    return [...found].sort((a, b) => rank(a) - rank(b)).map(([, units_]) => units_);
  };
  const title = (units) => {
    const { measure, sign } = units[0].row;
    const name = label("measure", measure);
    if (axis.isRatio(measure)) {
      const better = sign < 0 ? "below 1" : "above 1";
      return `${name}, as printed; ${better}: ${data.favours.intervention.toLowerCase()}`;
    }
    return measure === "MD" ? `${name}, each on a scale of its own` : name;
  };

  const grid = (scale) => [
    ...scale.ticks.map((tick) =>
      svg("line", { class: "grid", x1: `${tick.at}%`, x2: `${tick.at}%`, y1: 0, y2: "100%" }),
    ),
    svg("line", { class: "null", x1: `${scale.zero}%`, x2: `${scale.zero}%`, y1: 0, y2: "100%" }),
  ];
  const at = (place, child) => svg("svg", { class: "at", x: `${place}%`, y: "50%" }, child);
  const arrow = (place, way) => at(place, svg("path", { class: "end", d: `M0 -4 L${5 * way} 0 L0 4 Z` }));

  const plot = (row, scale, largest) => {
    const marks = grid(scale);
    const { favours, favours_lb: low, favours_ub: high } = row;
    if (low !== null && high !== null) {
      const [left, right] = [low, high].map((value) => scale.place(scale.clip(value)));
      marks.push(
        svg("line", { class: "interval", x1: `${left}%`, x2: `${right}%`, y1: "50%", y2: "50%" }),
      );
      if (low < scale.ends[0]) marks.push(arrow(left, -1));
      if (high > scale.ends[1]) marks.push(arrow(right, 1));
    }
    if (favours >= scale.ends[0] && favours <= scale.ends[1]) {
      const half = row.k === null ? 4 : 3 + 4 * Math.sqrt(row.k / largest);
      const kind = row.k === null ? "estimate unknown-k" : "estimate";
      const box = { class: kind, x: -half, y: -half, width: 2 * half, height: 2 * half };
      marks.push(at(scale.place(favours), svg("rect", box)));
    }
    return svg("svg", { class: "plot", "aria-hidden": "true", focusable: "false" }, ...marks);
  };

  const cell = (name, head, text) =>
    el("span", { class: `cell-${name}` }, el("span", { class: "cell-head" }, `${head} `), text);
  const rowOf = (one, drawn) => {
    const { row, review } = one;
    const group = label("topic", one.topic);
    const same = row.outcome.toLowerCase() === group.toLowerCase();
    const detail = [same ? "" : row.outcome, row.timepoint].filter(Boolean).join(", ");
    const rating = review.ratings.length > 1 ? "not_known" : certain(review);
    const badge = el("span", { class: `badge rating-${rating}` }, initials(rating));
    badge.setAttribute("aria-hidden", "true");
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "forest-row", "data-estimate": one.id, tabindex: "-1" },
        el(
          "span",
          { class: "cell-name" },
          el("span", { class: "row-review" }, review.name + (row.repeated ? " †" : "")),
          el("span", { class: "row-detail" }, detail),
        ),
        el(
          "span",
          { class: "cell-rating" },
          badge,
          el("span", { class: "visually-hidden" }, `Rating: ${review.rating}. `),
        ),
        cell("k", "k", integer(row.k, "–")),
        cell("n", "n", integer(row.n, "–")),
        drawn,
        cell("text", "Effect", row.favours === null ? label("kind", one.kind) : row.text),
      ),
    );
  };
  const groups = (units, drawing) => {
    const nodes = [];
    for (const topic of data.topics) {
      const own = units.filter((one) => one.topic === topic.topic);
      if (!own.length) continue;
      const rows = own.map((one) => rowOf(one, drawing(one)));
      nodes.push(el("h4", {}, label("topic", topic.topic)), el("ol", { class: "forest-rows" }, ...rows));
    }
    return nodes;
  };

  const ruler = (scale) => {
    const labels = scale.ticks.map((tick) =>
      svg("text", { class: "tick", x: `${tick.at}%`, y: 12 }, tick.text),
    );
    return el(
      "div",
      { class: "forest-axis", "aria-hidden": "true" },
      el(
        "div",
        { class: "axis-plot" },
        svg("svg", { class: "axis", focusable: "false" }, ...labels),
        el(
          "p",
          { class: "sides" },
          el("span", {}, `← ${data.favours.control}`),
          el("span", {}, `${data.favours.intervention} →`),
        ),
      ),
    );
  };
  const head = (effect) =>
    el(
      "p",
      { class: "forest-head", "aria-hidden": "true" },
      ...["Review: outcome, time", "Rating", "k", "n", "", effect].map((text, index) =>
        el("span", { class: `head-${index}` }, text),
      ),
    );
  const panel = (units) => {
    const rows = units.map((one) => one.row);
    const scale = axis.make(rows, rows[0].measure);
    const largest = Math.max(1, ...rows.map((row) => row.k || 0));
    return el(
      "section",
      { class: "forest-panel" },
      el("h3", {}, `${title(units)} (${units.length})`),
      head(`${rows[0].measure} (${data.level} CI)`),
      ...(units.length > MANY ? [ruler(scale)] : []),
      ...groups(units, (one) => plot(one.row, scale, largest)),
      ruler(scale),
    );
  };

  const legend = () =>
    el(
      "div",
      { class: "explore-legend" },
      el(
        "p",
        {},
        `Square: estimate, the larger the more studies (k); open: k not known. Line: ${data.level} confidence ` +
          "interval. n: participants. Letter: the rating, as on the map. †: the same evidence enters through " +
          "two reviews. Estimates of different reviews overlap and are not pooled.",
      ),
    );
  const draw = (frame, units) => {
    const known = units.filter((one) => one.row.favours !== null);
    const lacking = units.filter((one) => one.row.favours === null);
    const parts = panels(known).map(panel);
    if (lacking.length) {
      const name = `Results whose numbers were not found (${lacking.length})`;
      parts.push(
        el(
          "section",
          { class: "forest-panel without-numbers" },
          el("h3", {}, name),
          head("Direction"),
          ...groups(lacking, () => null),
        ),
      );
    }
    if (!parts.length) parts.push(el("p", {}, "No result of an analysis matches these filters."));
    frame.replaceChildren(...parts);
  };

  window.explore.forest = { draw, legend };
})();
