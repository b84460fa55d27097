// Axes of the forest plot: places in per cent of the width, so that a plot fits any screen.
"use strict";

(() => {
  const WIDEST = 1.5; // standardised effects beyond this end in an arrow
  const ROUND = [1, 0.5, 2, 0.2, 5, 0.1, 10, 0.05, 20, 0.67, 1.5, 0.8, 1.25];
  const ROOM = 13; // per cent between two labels
  const RATIOS = ["RR", "OR"];
  const isRatio = (measure) => RATIOS.includes(measure);

  const limits = (rows, measure) => {
    const step = measure === "MD" ? null : 0.25;
    let low = Math.min(...rows.map((row) => row.favours_lb ?? row.favours));
    let high = Math.max(...rows.map((row) => row.favours_ub ?? row.favours));
    if (step === null) {
      const span = Math.max(high, 0) - Math.min(low, 0) || 1;
      return [Math.min(low, 0) - span * 0.08, Math.max(high, 0) + span * 0.08];
    }
    if (measure === "SMD") [low, high] = [Math.max(low, -WIDEST), Math.min(high, WIDEST)];
    low = Math.min(low, -step);
    high = Math.max(high, step);
    return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  };
  const evenly = ([low, high]) => {
    const span = high - low;
    const power = 10 ** Math.floor(Math.log10(span / 4));
    const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((size) => span / size <= 6);
    const ticks = [];
    for (let n = Math.ceil(low / step - 1e-9); n * step <= high + 1e-9; n += 1) {
      ticks.push({ at: n * step, text: String(Number((n * step).toPrecision(6))) });
    }
    return ticks;
  };
  const ratios = ([low, high], sign, place) => {
    const ticks = [];
    for (const ratio of ROUND) {
      const at = sign * Math.log(ratio);
      if (at < low || at > high) continue;
      if (ticks.every((other) => Math.abs(place(other.at) - place(at)) >= ROOM)) {
        ticks.push({ at, text: String(ratio) });
      }
    }
    return ticks;
  };
  const minus = (text) => text.replace("-", "−");

  const make = (rows, measure) => {
    const ends = limits(rows, measure);
    const place = (value) => (100 * (value - ends[0])) / (ends[1] - ends[0]);
    const found = isRatio(measure) ? ratios(ends, rows[0].sign, place) : evenly(ends);
    const ticks = found.map(({ at, text }) => ({ at: place(at), text: minus(text) }));
    const clip = (value) => Math.min(Math.max(value, ends[0]), ends[1]);
    return { ends, place, clip, ticks, zero: place(0) };
  };

  window.explore.axis = { make, isRatio };
})();
