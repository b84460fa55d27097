// What the reader has chosen. It stands behind the # of the address: a link, a reload and the
// buttons back and forward bring it back.
"use strict";

(() => {
  const { words } = window.explore;
  const allowed = {
    question: Object.keys(words.question),
    domain: Object.keys(words.domain),
    topic: Object.keys(words.topic),
    rating: Object.keys(words.rating),
    population: Object.keys(words.population),
    format: Object.keys(words.intervention_format),
    by: ["population", "format"],
    analyses: ["main", "all"],
  };
  const defaults = { by: "population", analyses: "main" };
  const clean = (given) => {
    const state = {};
    for (const [key, values] of Object.entries(allowed)) {
      const value = given[key];
      state[key] = values.includes(value) ? value : defaults[key] || "";
    }
    return state;
  };
  const read = () => clean(Object.fromEntries(new URLSearchParams(window.location.hash.slice(1))));
  const written = (state) => {
    const pairs = Object.keys(allowed)
      .filter((key) => state[key] && state[key] !== defaults[key])
      .map((key) => [key, state[key]]);
    return new URLSearchParams(pairs).toString();
  };
  // What answers another question, or lies in another domain, cannot be chosen together.
  const consistent = (state, changed) => {
    const { topics } = window.explore.data;
    const fits = (one) =>
      (!state.question || one.question === state.question) &&
      (!state.domain || one.domain === state.domain);
    const known = topics.find((one) => one.topic === state.topic);
    if (known && !fits(known)) {
      if (changed.topic) Object.assign(state, { question: "", domain: "" });
      else state.topic = "";
    }
    const domains = topics.filter((one) => one.domain === state.domain);
    if (state.domain && state.question && !domains.some((one) => one.question === state.question)) {
      if (changed.domain) state.question = "";
      else state.domain = "";
    }
    return state;
  };

  let current = read();
  const listeners = [];
  const tell = () => listeners.forEach((listener) => listener(current));
  const address = () => {
    const base = window.location.href.split("#")[0];
    const text = written(current);
    return text ? `${base}#${text}` : base;
  };
  const set = (changes) => {
    const next = consistent(clean({ ...current, ...changes }), changes);
    if (written(next) === written(current)) return;
    current = next;
    window.history.pushState(null, "", address());
    tell();
  };
  const reset = () => set(Object.fromEntries(Object.keys(allowed).map((key) => [key, ""])));
  const follow = () => {
    const { hash } = window.location;
    if (hash && !hash.includes("=")) {
      // A link to a part of the page: the choice stays, and stays in the address.
      window.history.replaceState(null, "", address());
      return;
    }
    const next = read();
    if (written(next) === written(current)) return;
    current = next;
    tell();
  };
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  window.explore.state = {
    get: () => current,
    set,
    reset,
    address,
    listen: (listener) => listeners.push(listener),
  };
})();
