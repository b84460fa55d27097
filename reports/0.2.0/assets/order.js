// How the cells of a column are compared: numbers, intervals, percentages and dates as numbers,
// words by the language of the page, ratings by their scale. Used by tables.js.
"use strict";

const umbrellaOrder = (() => {
  const EMPTY = new Set(["", "–", "—", "-"]);
  // The overall ratings of AMSTAR 2, the worst first; one that is not known exactly lies between.
  const RATINGS = ["critically low", "low or critically low", "low", "moderate", "high"];
  const MONTHS = "january february march april may june july august september october november december".split(" ");
  const DATE = new RegExp(`^(?:(\\d{1,2}) )?(${MONTHS.join("|")}) (\\d{4})\\b`, "i");
  const BOUND = /^([<≤>≥≈~]) ?/;
  const SHIFTS = { "<": -2, "≤": -1, "≥": 1, ">": 2, "≈": 0, "~": 0 };
  // A minus is a sign where nothing, a blank, a bracket or a comparison stands before it.
  const NUMBER = /(^|[\s(\[=<>≤≥≈~,;:])[−-](?=\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/g;
  const collator = new Intl.Collator(document.documentElement.lang || "en", { sensitivity: "base" });

  const numbered = (text) => {
    const parts = [];
    let from = 0;
    let sign = 1;
    for (const match of text.matchAll(NUMBER)) {
      const isSign = /[−-]$/.test(match[0]);
      const before = text.slice(from, match.index).trim();
      if (before) parts.push(before);
      from = match.index + match[0].length;
      if (isSign) {
        sign = -1;
        continue;
      }
      parts.push(sign * Number(match[0].replaceAll(",", "")));
      sign = 1;
    }
    const rest = text.slice(from).trim();
    return rest ? [...parts, rest] : parts;
  };

  // A list of numbers and words, by which cells are compared from the first on; null for nothing.
  const key = (cell) => {
    const text = cell.replace(/\s+/g, " ").trim();
    if (EMPTY.has(text)) return null;
    const rating = RATINGS.indexOf(text.toLowerCase());
    if (rating >= 0) return [rating];
    const date = DATE.exec(text);
    if (date) return [Number(date[3]), MONTHS.indexOf(date[2].toLowerCase()) + 1, Number(date[1] || 0)];
    const bound = BOUND.exec(text);
    const shift = bound ? SHIFTS[bound[1]] : 0; // < 0.001 comes before 0.001
    const [first, ...rest] = numbered(bound ? text.slice(bound[0].length) : text);
    return typeof first === "number" ? [first, shift, ...rest] : [first, ...rest];
  };

  const comparePart = (one, other) => {
    if (typeof one === "number" && typeof other === "number") return one - other;
    if (typeof one === "string" && typeof other === "string") return collator.compare(one, other);
    return typeof one === "number" ? -1 : 1; // numbers before words
  };
  const compare = (one, other) => {
    for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
      const found = comparePart(one[index], other[index]);
      if (found) return found;
    }
    return one.length - other.length;
  };

  // Positions of the cells in order; empty ones are last whichever way it goes.
  const sorted = (cells, direction) => {
    const keys = cells.map(key);
    return [...cells.keys()].sort((one, other) => {
      if (!keys[one] || !keys[other]) return Number(!keys[one]) - Number(!keys[other]) || one - other;
      return direction * compare(keys[one], keys[other]) || one - other;
    });
  };

  return { key, sorted };
})();
