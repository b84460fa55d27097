// Opens figures in a dialog: at their own size or as wide as the window, to be moved by scrolling, by dragging and
// by the arrow keys. Without scripts the figure, and the words above it, are links to its file.
"use strict";

(() => {
  const STEP = 1.25;
  const LARGEST = 6;
  const WIDEST = 1400; // pixels, as a picture opens
  const MARGIN = 52; // pixels around the picture, of the stage and of the sheet
  const figures = [...document.querySelectorAll("figure.fig")].filter((figure) => figure.querySelector(".enlarge"));
  if (!figures.length || !window.HTMLDialogElement) return;

  const element = (name, classes, text = "") => {
    const made = document.createElement(name);
    made.className = classes;
    made.textContent = text;
    return made;
  };
  const button = (sign, name) => {
    const made = element("button", "dialog-button", sign);
    made.type = "button";
    made.setAttribute("aria-label", name);
    return made;
  };

  const dialog = element("dialog", "zoom-dialog");
  const bar = element("div", "zoom-bar");
  const title = element("h2", "zoom-title");
  const smaller = button("−", "Smaller");
  const larger = button("+", "Larger");
  const close = button("×", "Close");
  const file = element("a", "dialog-button", "Open file");
  const stage = element("div", "zoom-stage");
  const picture = document.createElement("img");
  let scale = 1;
  let natural = 0;
  let opener = null;

  title.id = "zoom-title";
  dialog.setAttribute("aria-labelledby", title.id);
  stage.tabIndex = 0; // the arrow keys move the picture
  stage.setAttribute("role", "region");
  stage.setAttribute("aria-label", "Figure, scrolls");
  bar.append(title, smaller, larger, file, close);
  dialog.append(bar, stage);
  document.body.append(dialog);

  // The middle of what is seen stays in the middle.
  const resize = (value) => {
    const across = (stage.scrollLeft + stage.clientWidth / 2) / Math.max(1, stage.scrollWidth);
    const down = (stage.scrollTop + stage.clientHeight / 2) / Math.max(1, stage.scrollHeight);
    const fitting = Math.min(1, stage.clientWidth / natural);
    scale = Math.min(LARGEST, Math.max(fitting / 2, value));
    picture.style.width = `${Math.round(natural * scale)}px`;
    stage.scrollLeft = across * stage.scrollWidth - stage.clientWidth / 2;
    stage.scrollTop = down * stage.scrollHeight - stage.clientHeight / 2;
  };
  const open = (figure, from) => {
    const image = figure.querySelector("img");
    const label = figure.querySelector("figcaption .label");
    title.textContent = label ? label.textContent.trim().replace(/:$/, "") : "Figure";
    picture.src = image.src;
    picture.alt = image.alt;
    file.href = image.src;
    file.setAttribute("aria-label", `Open file of ${title.textContent}`);
    stage.replaceChildren(picture);
    opener = from;
    natural = image.naturalWidth || image.clientWidth;
    dialog.showModal();
    // At its own size, or as wide as the window has room for: what is high is moved down.
    resize(Math.max(1, Math.min(WIDEST, stage.clientWidth - MARGIN) / natural));
    stage.scrollTo(0, 0);
    close.focus();
  };

  smaller.addEventListener("click", () => resize(scale / STEP));
  larger.addEventListener("click", () => resize(scale * STEP));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    picture.remove();
    opener.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // outside the picture, on what is behind it
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") resize(scale * STEP);
    if (event.key === "-" || event.key === "−") resize(scale / STEP);
  });
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    if (!stage.hasPointerCapture(event.pointerId)) return;
    stage.scrollLeft -= event.movementX;
    stage.scrollTop -= event.movementY;
  });
  picture.addEventListener("dragstart", (event) => event.preventDefault());

  for (const figure of figures) {
    const words = figure.querySelector(".enlarge a");
    const enlarge = element("button", "zoom", words.textContent);
    enlarge.type = "button";
    enlarge.addEventListener("click", () => open(figure, enlarge));
    words.replaceWith(enlarge);
    const link = figure.querySelector("a > img").parentElement;
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(figure, link);
    });
  }
})();
