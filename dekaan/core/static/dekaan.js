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

// Where a page begins in a box that holds something wrong, typing writes over it.
const begins = document.querySelector("input[autofocus]");
if (begins && begins.value && begins.getAttribute("aria-describedby")) begins.select();

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

// What is folded is printed whole, and opens where an address leads into it.
const folded = document.querySelectorAll("details.folded");
window.addEventListener("beforeprint", () => folded.forEach((each) => { each.dataset.was = each.open; each.open = true; }));
window.addEventListener("afterprint", () => folded.forEach((each) => { each.open = each.dataset.was === "true"; }));
const unfold = () => {
  const row = location.hash && document.getElementById(location.hash.slice(1));
  const within = row && row.closest("details.folded");
  if (within && !within.open) { within.open = true; row.scrollIntoView(); }
};
window.addEventListener("hashchange", unfold);
unfold();

// Words to be pasted elsewhere are copied where the browser lets a page do so; they can be selected in any case.
document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent).then(() => {
      const told = document.getElementById(button.getAttribute("aria-describedby"));
      if (told) told.textContent = "Copied";
    });
  });
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

// Before a session ends the page says so; then all that was on it is taken out of it and kept, for the same person alone.
const session = document.querySelector("[data-session]");
if (session) {
  const { ask, person, before } = session.dataset;
  const put = session.querySelector("template");
  const EVERY = 5000;
  let until = Date.now() + session.dataset.left * 1000;
  let typed = "typed" in session.dataset;
  let isIdle = true;
  let asking = false;
  let kept = null;

  const putAway = () => {
    kept = { nodes: [...document.body.childNodes], title: document.title, address: location.href, top: scrollY, at: document.activeElement };
    const cover = put.content.cloneNode(true);
    const again = cover.querySelector("[data-again]");
    const here = new URL(location.href);
    ["q", "pupil", "about"].forEach((name) => here.searchParams.delete(name));  // each may hold a name
    again.href += `?next=${encodeURIComponent(here.pathname + here.search)}`;
    again.target = typed ? "_blank" : "";
    cover.querySelector("[data-kept]").hidden = !typed;
    cover.querySelector("[data-idle]").hidden = !isIdle;
    document.body.replaceChildren(cover);
    document.title = "Signed out – Dekaan";
    history.replaceState(history.state, "", here);
    document.querySelector("#main").focus();
  };

  const showAgain = () => {
    document.body.replaceChildren(...kept.nodes);
    document.title = kept.title;
    history.replaceState(history.state, "", kept.address);
    scrollTo(0, kept.top);
    kept.at.focus();
    kept = null;
  };

  const hear = ({ left, longer, person: who, token }) => {
    const isOurs = left > 0 && who === person;
    until = isOurs ? Date.now() + left * 1000 : 0;
    if (isOurs) {
      isIdle = longer;
      if (kept) { showAgain(); }
      document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
      session.querySelectorAll("[data-longer]").forEach((each) => { each.hidden = !longer; });
      session.querySelector("[data-longest]").hidden = longer;
    }
  };

  // Without an answer our own clock decides.
  const look = async (options = {}) => {
    const wasNear = until - Date.now() < 2 * EVERY;
    if (until <= Date.now() && !kept) { putAway(); }
    if (asking && !options.method) { return; }
    asking = true;
    await fetch(ask, options).then((answer) => answer.json()).then(hear).catch(() => {});
    asking = false;
    isIdle &&= wasNear;
    const left = until - Date.now();
    if (left <= 0 && !kept) { putAway(); }
    session.hidden = left > before * 1000;
  };

  setInterval(() => { if (!kept && until - Date.now() <= before * 1000) { look(); } }, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && until - Date.now() <= before * 1000) { look(); } });
  document.addEventListener("input", () => { typed = true; });
  session.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    look({ method: "POST", body: new FormData(event.target) });
  });
}
