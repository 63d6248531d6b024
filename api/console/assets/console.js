// What the pages gain with a script. Everything works without it.
"use strict";

// Printing needs a script, so its button appears with it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What is folded on a telephone is open on a desk. Newer browsers show it so by style alone.
const desk = matchMedia("(min-width: 48.01rem)");
for (const part of document.querySelectorAll(".fold")) {
  const { open } = part;
  const fit = () => { part.open = open || desk.matches; };
  fit();
  desk.addEventListener("change", fit);
}

// The menus close where one presses elsewhere, and on Escape.
const closeMenus = (but) => {
  for (const menu of document.querySelectorAll(desk.matches ? ".person" : ".person, .menu .fold")) {
    if (!menu.open || menu.contains(but)) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
};
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null);
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  // A slash leads to the search; on a telephone it stands in the menu.
  const fields = [...document.querySelectorAll("[data-find]")];
  const field = fields.find((field) => field.checkVisibility()) ?? fields.find((field) => field.closest("details"));
  if (!field) return;
  event.preventDefault();
  const part = field.closest("details");
  if (part) part.open = true;
  field.focus();
  field.select();
});

// A filter applies what was chosen. With the keys one passes by what is not meant, so that waits for Enter or the button.
let passing = false;
document.addEventListener("keydown", ({ key, target }) => {
  passing = target.matches("select, [type=date]") && !["Enter", " "].includes(key);
});
document.addEventListener("pointerdown", () => { passing = false; });
document.addEventListener("change", (event) => {
  if (!passing && event.target.matches(".filter[hx-get] :is(select, [type=checkbox], [type=date])")) event.target.form.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".filter[hx-get] select")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

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

// What is ticked in a list is counted, and all of a page can be ticked at once.
const boxes = () => [...document.querySelectorAll(".pick [form=many]")];
const count = () => {
  const told = document.querySelector("[data-chosen]");
  if (!told) return;
  const ticked = boxes().filter((box) => box.checked).length;
  told.textContent = ticked || "";
  document.querySelector("[data-all]").hidden = false;
};
document.addEventListener("change", ({ target }) => { if (target.matches(".pick [form=many]")) count(); });
document.addEventListener("click", ({ target }) => {
  if (!target.matches("[data-all]")) return;
  const all = boxes().every((box) => box.checked);
  for (const box of boxes()) box.checked = !all;
  count();
});
window.addEventListener("pageshow", count);

// A form is sent once, however often its button is pressed; the button says that it is on its way. One that comes back by the back
// button, or that nobody answers, works again.
const failed = document.querySelector("[data-failed]");
const again = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.replaceChildren(...button.words);
  }
};
document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (form.method !== "post") return;
  failed.hidden = navigator.onLine;
  if (form.dataset.sent || !navigator.onLine) return event.preventDefault();
  form.dataset.sent = "yes";
  if (button?.matches(".button")) {
    button.words = [...button.childNodes];
    button.setAttribute("aria-busy", "true");
    button.textContent = document.body.dataset.sending;
  }
  setTimeout(again, 30_000, form);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) again(form);
});

// A part that has come: how much was found is told, and what was opened has the focus. What did not come is told, too.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const target = document.getElementById(ctx.target.id);
  if (target.id === "list") {
    count();
    document.querySelector("[data-found]").textContent = target.querySelector(".pager p, p.pager")?.innerText ?? "";
  } else if (!target.matches("[role=status]")) {
    target.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }
});
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const { headers, status } = ctx.response;
  const stays = status < 400 || headers.has("hx-redirect");
  failed.hidden = stays || status < 500;
  document.querySelector("[data-refused]").hidden = stays || status >= 500;
  stay(headers.get("session-stays"));
});
document.addEventListener("htmx:error", () => { failed.hidden = false; });

// A session that is not used ends: two minutes before, the page says so, and one press keeps it. What one window asks for keeps
// it for all.
const session = document.querySelector("[data-stays]");
const windows = new BroadcastChannel("session");
let ends = 0;
function stay(seconds) {
  if (!seconds || !session) return;
  ends = Date.now() + seconds * 1000;
  windows.postMessage(ends);
  look();
}
function look() {
  const left = ends - Date.now();
  session.hidden = left > 120_000;
  session.querySelector("[data-soon]").hidden = left <= 0;
  session.querySelector("[data-over]").hidden = left > 0;
}
if (session) {
  stay(session.dataset.stays);
  setInterval(look, 5_000);
  windows.addEventListener("message", ({ data }) => { ends = Math.max(ends, data); look(); });
  session.querySelector("button").addEventListener("click", ({ target: button }) => {
    const before = ends;
    fetch("/notices/unread", { redirect: "error" })
      .then((answer) => (answer.ok ? stay(answer.headers.get("session-stays")) : Promise.reject()))
      // However busy, a session ends after its longest time.
      .then(() => { button.hidden = ends < before + 60_000; })
      .catch(() => { failed.hidden = false; });
  });
}

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
