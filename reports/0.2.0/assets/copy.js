// A button that copies a text of the page, beside what names the text by `data-copies`.
"use strict";

(() => {
  const select = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  // Where the clipboard is closed to pages, the text is selected, ready to be copied by hand.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      return "Copied";
    } catch {
      select(text);
      return "Selected";
    }
  };

  for (const place of document.querySelectorAll("[data-copies]")) {
    const text = document.getElementById(place.dataset.copies);
    const button = document.createElement("button");
    const said = document.createElement("span");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    said.className = "copied";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      said.textContent = await copy(text);
    });
    place.prepend(button, " ", said, " ");
  }
})();
