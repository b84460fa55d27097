// What a mark stands for, beside it: shown to the pointer and to the focus, with links that both
// can reach, and closed by Escape.
"use strict";

(() => {
  const { el, data, label, words, integer } = window.explore;

  const rowLink = (table, id, text) =>
    el("a", { href: `data/${table}.html#row-${encodeURIComponent(id)}` }, text || id);
  const fact = (name, ...content) => [el("dt", {}, name), el("dd", {}, ...content)];
  const facts = (pairs) =>
    el("dl", {}, ...pairs.filter(([, text]) => text).flatMap(([name, text]) => fact(name, text)));

  const ofEstimate = (one) => {
    const { row, review } = one;
    const group = label("topic", one.topic);
    const same = row.outcome.toLowerCase() === group.toLowerCase();
    return [
      el("p", { class: "card-title" }, rowLink("reviews", review.review_id, review.name)),
      facts([
        ["Outcome", same ? group : `${group}: ${row.outcome}`],
        ["Time", row.timepoint],
        ["Analysis", label("analysis_type", row.analysis_type)],
        ["Effect", row.favours === null ? "numbers not found" : row.printed],
        ["On the axis", row.favours === null ? "" : `${row.text}, ${data.level} interval`],
        ["Studies (k)", integer(row.k, "not known")],
        ["Participants (n)", integer(row.n, "not known")],
        ["Direction", label("kind", one.kind)],
        ["Population", row.population],
        ["Format", one.format.map((code) => label("intervention_format", code)).join(", ")],
        ["Rating", review.rating],
        ["Note", row.repeated ? "the same evidence enters through two reviews" : ""],
      ]),
      el("p", {}, "Row ", rowLink("estimates", row.estimate_id), " · ", notebook("estimates")),
    ];
  };
  const notebook = (table) =>
    el("a", { href: `notebooks/${data.notebook}.html#tbl-explorer-${table}` }, "its notebook");

  const ofCell = (cell, state) => {
    const column = state.by === "format" ? "intervention_format" : "population";
    const place = `${label("topic", cell.topic)} · ${words[column][cell.column]}`;
    const listed = (table) => {
      const own = cell.units.filter((one) => (one.table === "estimates") === (table === "estimates"));
      const ids = new Map(own.map((one) => [one.id, one.table]));
      if (!ids.size) return null;
      const links = [...ids].flatMap(([id, from], index) => [
        index ? ", " : "",
        rowLink(from, id),
      ]);
      const text = table === "estimates" ? "Results of analyses" : "Findings in words";
      return el("p", {}, `${text} (${ids.size}): `, ...links, " · ", notebook(table));
    };
    const names = cell.reviews.flatMap((review, index) => [
      index ? ", " : "",
      rowLink("reviews", review.review_id, review.name),
    ]);
    return [
      el("p", { class: "card-title" }, place),
      el("p", {}, `Reviews (${cell.reviews.length}): `, ...names),
      facts([
        ["They say", window.explore.counts(cell.directions)],
        ["Best rating", window.explore.ratingOf(cell.rating)],
      ]),
      ...[listed("findings"), listed("estimates")].filter(Boolean),
    ];
  };

  // One card for each part of the page, behind its frame in reading order.
  const attach = (part, selector, content) => {
    const card = el("div", { class: "explore-card" });
    card.hidden = true;
    part.append(card);
    let owner = null;
    let closing = 0;
    const place = () => {
      const around = part.getBoundingClientRect();
      const box = owner.getBoundingClientRect();
      const room = Math.max(0, around.width - card.offsetWidth);
      card.style.left = `${Math.min(Math.max(0, box.left - around.left), room)}px`;
      card.style.top = `${box.bottom - around.top + 4}px`;
    };
    const show = (target) => {
      window.clearTimeout(closing);
      if (owner === target && !card.hidden) return;
      owner = target;
      card.replaceChildren(...content(target));
      card.hidden = false;
      place();
    };
    const hide = () => {
      window.clearTimeout(closing);
      card.hidden = true;
      owner = null;
    };
    const hideSoon = () => {
      window.clearTimeout(closing);
      closing = window.setTimeout(hide, 250); // time to move the pointer onto the card
    };
    const held = () => part.contains(document.activeElement) && owner === document.activeElement;
    part.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      const target = event.target.closest(selector);
      if (target) show(target);
      else if (card.contains(event.target)) window.clearTimeout(closing);
      else if (owner && !held()) hideSoon();
    });
    part.addEventListener("pointerleave", () => {
      if (owner && !held() && !card.contains(document.activeElement)) hideSoon();
    });
    part.addEventListener("focusin", (event) => {
      const target = event.target.closest(selector);
      if (target) show(target);
      else if (!card.contains(event.target)) hide();
    });
    part.addEventListener("focusout", (event) => {
      if (!part.contains(event.relatedTarget)) hideSoon();
    });
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || card.hidden) return;
      if (card.contains(document.activeElement)) owner.focus();
      hide();
    });
    return { hide };
  };

  window.explore.card = { attach, ofEstimate, ofCell };
})();
