// Passkeys need a script, so their buttons appear with it; what goes wrong is said on the page.
"use strict";

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey]").forEach((part) => { part.hidden = false; });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.querySelector("[data-passkey-problem]");
  if (problem) {
    problem.hidden = false;
    problem.focus();
  }
});
