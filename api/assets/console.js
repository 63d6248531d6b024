// What the pages gain with a script. Everything works without it.
"use strict";

// Printing needs a script, so its button appears with it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A browser that came without TLS would not keep the session.
if (!window.isSecureContext) {
  for (const note of document.querySelectorAll("[data-insecure]")) note.hidden = false;
}

// A form is sent once, however often its button is pressed; one that comes back by the back button works again.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
