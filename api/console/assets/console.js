// What the pages gain with a script. Everything works without it.
"use strict";

// Printing needs a script, so its button appears with it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On a telephone the menu is one long line: it begins where the reader is.
document.querySelector(".menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// A browser that came without TLS would not keep the session.
if (!window.isSecureContext) {
  for (const note of document.querySelectorAll("[data-insecure]")) note.hidden = false;
}

// The bell asks how many notices are unread when the page is there, and stays silent when nobody answers.
const bell = document.querySelector("[data-unread]");
if (bell) {
  fetch("/notices/unread", { redirect: "error" })
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((unread) => { bell.innerHTML = unread.trim(); })
    .catch(() => {});
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

// An answer without a name stays in this browser until it is given.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = `answer-${form.dataset.keep}`;
  const kept = new URLSearchParams(localStorage.getItem(key) ?? "");
  for (const field of form.elements) {
    if (!kept.has(field.name) || field.type === "hidden") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = kept.getAll(field.name).includes(field.value);
    else field.value = kept.get(field.name);
  }
  form.addEventListener("input", () => {
    const typed = new FormData(form);
    for (const machinery of ["token", "department", "expectedVersion"]) typed.delete(machinery);
    localStorage.setItem(key, new URLSearchParams(typed).toString());
  });
}
if (document.querySelector("[data-forget]")) {
  for (const key of Object.keys(localStorage)) if (key.startsWith("answer-")) localStorage.removeItem(key);
}
