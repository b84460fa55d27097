// One control for all folded code of a notebook's page. Without scripts each is opened by itself.
"use strict";

const folded = [...document.querySelectorAll("details.code")];
if (folded.length > 1) {
  const control = document.createElement("button");
  control.type = "button";
  control.className = "all-code";
  const tell = () => {
    control.textContent = folded.every((one) => one.open) ? "Hide all code" : "Show all code";
  };
  control.addEventListener("click", () => {
    const open = !folded.every((one) => one.open);
    for (const one of folded) one.open = open;
  });
  for (const one of folded) one.addEventListener("toggle", tell);
  tell();
  document.querySelector("#title-block-header").append(control);
}
