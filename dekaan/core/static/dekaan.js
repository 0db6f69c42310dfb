// Seasoning: every screen works without it.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
  if (event.key === "/" && !typing) {
    const search = document.querySelector("#search");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  // The register: up and down move, space marks.
  if (event.target.closest && event.target.closest(".register") && ["ArrowDown", "ArrowUp", "j", "k"].includes(event.key)) {
    const boxes = [...document.querySelectorAll(".register input[name=present]")];
    const here = boxes.indexOf(event.target);
    const next = boxes[here + (event.key === "ArrowDown" || event.key === "j" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
});

// The register counts as it is marked.
document.addEventListener("change", (event) => {
  const count = document.querySelector(".save .count");
  if (count && event.target.closest(".register")) {
    const boxes = [...document.querySelectorAll(".register input[name=present]")];
    count.textContent = `${boxes.filter((box) => box.checked).length} of ${boxes.length} there`;
  }
});

// A form is sent once, however often it is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) {
    event.preventDefault();
  } else if (event.target.method === "post") {
    event.target.dataset.sent = "yes";
  }
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
