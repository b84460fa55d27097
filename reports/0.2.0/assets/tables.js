// Tables whose rows can be sorted by each column and filtered by words. A table with cells that
// span others keeps its order; one with several bodies is sorted inside each of them.
"use strict";

(() => {
  const FEW = 8; // rows that are seen at a glance need no filter
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  const bodyRows = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);
  const isPlain = (table) => {
    const heads = table.tHead ? [...table.tHead.rows] : [];
    const cells = [...heads, ...bodyRows(table)].flatMap((row) => [...row.cells]);
    return heads.length === 1 && cells.every((cell) => cell.colSpan === 1 && cell.rowSpan === 1);
  };

  // Only the first row of a group names it, in bold; out of order or alone, each row has to.
  const nameGroups = (rows) => {
    const heads = rows.map((row) => row.cells[0] && row.cells[0].querySelector(":scope > strong"));
    let group = "";
    rows.forEach((row, index) => {
      if (heads[index]) group = heads[index].textContent;
      else if (group && row.cells[0]) {
        const name = document.createElement("span");
        name.className = "of-group";
        name.textContent = `${group}: `;
        row.cells[0].prepend(name);
      }
    });
  };

  const sort = (bodies, column, direction) => {
    for (const { body, rows } of bodies) {
      if (direction === "none") {
        body.append(...rows);
        continue;
      }
      const cells = rows.map((row) => (row.cells[column] ? row.cells[column].textContent : ""));
      const order = umbrellaOrder.sorted(cells, direction === "ascending" ? 1 : -1);
      body.append(...order.map((index) => rows[index]));
    }
  };
  const sortable = (table) => {
    const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (!head.textContent.trim() || head.querySelector("a, button")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const direction = NEXT[head.getAttribute("aria-sort") || "none"];
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (direction !== "none") head.setAttribute("aria-sort", direction);
        sort(bodies, column, direction);
        table.classList.toggle("sorted", direction !== "none");
      });
    });
  };

  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const filterable = (frame, table, name) => {
    const rows = bodyRows(table);
    const texts = rows.map((row) => folded(row.textContent));
    const tools = document.createElement("div");
    const label = document.createElement("label");
    const box = document.createElement("input");
    const count = document.createElement("span");
    tools.className = "table-tools";
    box.type = "search";
    box.autocomplete = "off";
    box.setAttribute("aria-label", `Filter the rows of ${name}`);
    label.append("Filter rows ", box);
    count.setAttribute("role", "status");
    count.setAttribute("aria-live", "polite");
    tools.append(label, count);
    frame.before(tools);
    const apply = () => {
      const words = folded(box.value).split(/\s+/).filter(Boolean);
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
      });
      table.classList.toggle("filtered", words.length > 0);
      const shown = rows.filter((row) => !row.hidden).length;
      count.textContent = words.length ? `${shown} of ${rows.length} rows` : `${rows.length} rows`;
    };
    const clear = () => {
      box.value = "";
      apply();
    };
    box.addEventListener("input", apply);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") clear();
    });
    // A link into the table leads to its row, whatever the filter says.
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
      const row = target && target.closest("tr");
      if (row && row.hidden && table.contains(row)) {
        clear();
        target.scrollIntoView();
      }
    });
    apply();
  };

  for (const frame of document.querySelectorAll(".table-frame")) {
    const table = frame.querySelector("table");
    const figure = frame.closest("figure");
    const label = figure && figure.querySelector(".label");
    const name = label ? label.textContent.trim().replace(/:$/, "") : "the table";
    const rows = bodyRows(table);
    nameGroups(rows);
    if (rows.length > 1 && isPlain(table)) sortable(table);
    if (rows.length > FEW) filterable(frame, table, name);
  }
})();
