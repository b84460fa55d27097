// The rows of the page, and which of them a choice of filters lets through.
"use strict";

(() => {
  const explore = (window.explore = {});
  const data = JSON.parse(document.getElementById("explore-data").textContent);
  // Rows come without the names of their columns, which stand once above them.
  const unpacked = ({ columns, rows }) =>
    rows.map((cells) => Object.fromEntries(columns.map((name, place) => [name, cells[place]])));
  data.estimates = unpacked(data.estimates);
  data.findings = unpacked(data.findings);
  data.reviews = Object.fromEntries(unpacked(data.reviews).map((one) => [one.review_id, one]));
  const ratings = Object.keys(data.words.rating); // best first
  const NONE = "not_stated";
  const CLEAR_MAJORITY = 0.7; // Boon and Thomson 2021, doi 10.1002/jrsm.1458
  const words = data.words;
  words.population[NONE] = "Not stated";
  words.intervention_format[NONE] = "Not stated";
  const label = (column, code) => words[column][code] || code || "";

  // An estimate, or a finding as one of its reviews makes it.
  const unit = (row, review, key, table) => {
    const about = data.reviews[review];
    const groups = about ? about.population_groups : [];
    return {
      row,
      id: row[key],
      table: table || row.table,
      review: about || null,
      question: row.question,
      domain: row.outcome_domain || row.domain,
      topic: row.outcome_group || row.topic,
      kind: row.kind || row.direction || "not_known",
      population: groups.length ? groups : [NONE],
      format: [row.intervention_format || (about ? about.intervention_format : NONE)],
    };
  };
  const estimates = data.estimates.map((row) =>
    unit(row, row.review_id, "estimate_id", "estimates"),
  );
  const findings = data.findings.flatMap((row) =>
    (row.review_ids.length ? row.review_ids : [""]).map((id) => unit(row, id, "finding_id")),
  );

  // A rating that is open counts as the worst that is possible.
  const certain = (review) => (review && review.ratings.length ? review.ratings.at(-1) : "");
  const reaches = (review, least) => {
    const rating = certain(review);
    return rating !== "" && ratings.indexOf(rating) <= ratings.indexOf(least);
  };
  const rules = {
    question: (one, value) => one.question === value,
    domain: (one, value) => one.domain === value,
    topic: (one, value) => one.topic === value,
    rating: (one, value) => reaches(one.review, value),
    population: (one, value) => one.population.includes(value),
    format: (one, value) => one.format.includes(value),
  };
  const passes = (one, state, ...but) =>
    Object.entries(rules).every(
      ([key, rule]) => !state[key] || but.includes(key) || rule(one, state[key]),
    );
  const isPooled = (one) => one.row.pooled;

  // The direction of several statements: that of a share of them, else mixed.
  const combine = (directions, share) => {
    const counts = new Map();
    for (const said of directions) counts.set(said, (counts.get(said) || 0) + 1);
    const [first] = [...counts].sort((a, b) => b[1] - a[1]);
    return first[1] >= share * directions.length ? first[0] : "mixed";
  };
  const groupBy = (units, key) => {
    const groups = new Map();
    for (const one of units) {
      if (!groups.has(key(one))) groups.set(key(one), []);
      groups.get(key(one)).push(one);
    }
    return groups;
  };
  // A review counts once in a cell: with its first results of each kind of synthesis, and as
  // mixed where these differ; without a statement its direction is not known.
  const ofReview = (units) => {
    const said = units.filter((one) => one.table !== "estimates");
    if (!said.length) return "not_known";
    const parts = [...groupBy(said, (one) => one.row.synthesis).values()].map((part) => {
      const early = part.filter((one) => one.row.followup_class !== "follow_up");
      return combine((early.length ? early : part).map((one) => data.tones[one.kind]), 1);
    });
    return combine(parts, 1);
  };
  const toneOf = (directions) => {
    const known = directions.filter((said) => said !== "not_known");
    return known.length ? combine(known, CLEAR_MAJORITY) : "not_known";
  };
  const bestOf = (reviews) => {
    const known = reviews.filter((one) => one.ratings.length === 1);
    const places = known.map((one) => ratings.indexOf(one.ratings[0]));
    return places.length ? ratings[Math.min(...places)] : "not_known";
  };

  // Cells of the map: all filters hold but those that its rows and columns stand for.
  const cells = (state) => {
    const found = new Map();
    for (const one of [...findings, ...estimates]) {
      if (!one.review || !passes(one, state, "topic", state.by)) continue;
      if (one.table === "estimates" && state.analyses !== "all" && !isPooled(one)) continue;
      for (const column of one[state.by]) {
        const key = `${one.topic}|${column}`;
        if (!found.has(key)) found.set(key, { key, topic: one.topic, column, units: [] });
        found.get(key).units.push(one);
      }
    }
    for (const cell of found.values()) {
      const reviews = groupBy(cell.units, (one) => one.review);
      cell.reviews = [...reviews.keys()];
      cell.directions = [...reviews.values()].map(ofReview);
      cell.tone = toneOf(cell.directions);
      cell.rating = bestOf(cell.reviews);
    }
    return found;
  };
  const select = (state) => ({
    estimates: estimates.filter(
      (one) => passes(one, state) && (state.analyses === "all" || isPooled(one)),
    ),
    findings: findings.filter((one) => passes(one, state)),
  });
  // In words how many of several directions or kinds there are.
  const counts = (codes) =>
    Object.keys(words.kind)
      .filter((kind) => codes.includes(kind))
      .map((kind) => {
        const number = codes.filter((code) => code === kind).length;
        return `${label("kind", kind).toLowerCase()}: ${number}`;
      })
      .join(", ");

  const numbers = new Intl.NumberFormat("en-GB");
  const integer = (value, missing) => (value === null ? missing : numbers.format(value));

  // Elements: attributes and children, never styles or markup in text.
  const fill = (node, attributes, children) => {
    for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== null));
    return node;
  };
  const el = (tag, attributes, ...children) =>
    fill(document.createElement(tag), attributes, children);
  const svg = (tag, attributes, ...children) =>
    fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

  const initials = (code) => (words.rating[code] ? words.rating[code][0].toUpperCase() : "?");
  const ratingOf = (code) => words.rating[code] || "not known";

  Object.assign(explore, { data, words, label, ratings, estimates, findings, cells, select });
  Object.assign(explore, { counts, integer, certain, el, svg, initials, ratingOf, NONE });
})();
