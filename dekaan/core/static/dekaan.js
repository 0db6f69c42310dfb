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

// Only a script can open the print dialogue, so the button appears with it.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// A group's own tick ticks and unticks its names, and says when some are left out.
document.querySelectorAll("[data-group]").forEach((group) => {
  const [all, ...each] = group.querySelectorAll("input[type=checkbox]");
  const tell = () => {
    const ticked = each.filter((box) => box.checked).length;
    all.checked = ticked > 0;
    all.indeterminate = ticked > 0 && ticked < each.length;
  };
  all.addEventListener("change", () => {
    each.forEach((box) => { box.checked = all.checked; });
    tell();
  });
  each.forEach((box) => box.addEventListener("change", tell));
  if (all.checked) { tell(); }
});
