// The filters: plain lists and buttons, in step with the state.
"use strict";

(() => {
  const { el, data, label, words, ratings, state } = window.explore;

  const options = (column, codes) =>
    codes.map((code) => el("option", { value: code }, label(column, code)));
  const present = (key) => [...new Set(data.topics.map((one) => one[key]))];
  const used = (column, units, key) => {
    const found = new Set(units.flatMap((one) => one[key]));
    return Object.keys(words[column]).filter((code) => found.has(code) && code !== window.explore.NONE);
  };
  const topics = () =>
    present("domain").map((domain) => {
      const own = data.topics.filter((one) => one.domain === domain).map((one) => one.topic);
      return el("optgroup", { label: label("domain", domain) }, ...options("topic", own));
    });
  const units = [...window.explore.findings, ...window.explore.estimates];
  const any = (text) => el("option", { value: "" }, text);

  const lists = {
    question: ["Question", [any("All questions"), ...options("question", present("question"))]],
    domain: ["Domain", [any("All domains"), ...options("domain", present("domain"))]],
    topic: ["Outcome or topic", [any("All outcomes and topics"), ...topics()]],
    rating: [
      "Rating, at least",
      // The worst rating lets everything through, as the first entry does.
      [any("Any rating"), ...options("rating", ratings.slice(0, -1))],
    ],
    population: [
      "Population",
      [any("All populations"), ...options("population", used("population", units, "population"))],
    ],
    format: [
      "Format",
      [
        any("All formats"),
        ...options("intervention_format", used("intervention_format", units, "format")),
      ],
    ],
    by: [
      "Columns of the map",
      [
        el("option", { value: "population" }, "Population"),
        el("option", { value: "format" }, "Format"),
      ],
    ],
    analyses: [
      "Analyses",
      [
        el("option", { value: "main" }, "Main analyses"),
        el("option", { value: "all" }, "All, with subgroups and single studies"),
      ],
    ],
  };

  const copy = async (said) => {
    try {
      await window.navigator.clipboard.writeText(state.address());
      said("Link copied.");
    } catch {
      const field = el("input", { type: "text", readonly: "", "aria-label": "Address of this view" });
      field.value = state.address();
      said("The browser does not let pages copy. Copy this address:", field);
      field.select();
    }
  };

  const build = (place) => {
    const chosen = new Map();
    const fields = Object.entries(lists).map(([key, [name, entries]]) => {
      const list = el("select", { id: `filter-${key}`, name: key }, ...entries);
      list.addEventListener("change", () => state.set({ [key]: list.value }));
      chosen.set(key, list);
      return el("p", {}, el("label", { for: `filter-${key}` }, name), list);
    });
    const note = el("p", { class: "explore-note", role: "status" });
    const said = (...parts) => note.replaceChildren(...parts.flatMap((part) => [part, " "]));
    const reset = el("button", { type: "button", id: "explore-reset" }, "Reset");
    const link = el("button", { type: "button", id: "explore-copy" }, "Copy link");
    reset.addEventListener("click", () => state.reset());
    link.addEventListener("click", () => copy(said));
    const count = el("p", { class: "explore-count", id: "explore-count", role: "status" });
    const form = el(
      "form",
      { class: "explore-form", "aria-label": "Filters" },
      ...fields,
      el("p", { class: "explore-buttons" }, reset, link),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    place.replaceChildren(form, count, note);
    return (now, text) => {
      for (const [key, list] of chosen) if (list.value !== now[key]) list.value = now[key];
      count.textContent = text;
      said();
    };
  };

  window.explore.filters = { build };
})();
