// The command palette: Ctrl-K (⌘K), or the button in the rail. What is typed is looked for after a moment; arrows
// choose, Enter goes there or does it.

import { byId, fromServer } from "../chat/dom.js";
import { pressAt } from "./inbox/controls.js";
import { isSignIn, tellSessionEnded, tellTrouble } from "./trouble.js";

const WAIT = 150; // ms
const dialog = byId("palette");
const field = byId("palette-field");
const list = byId("palette-list");
const empty = byId("palette-none");
let asked = 0;
let timer = 0;
let waiting = false; // for what is found for the words that stand there now
let entered = false; // Enter was pressed meanwhile: it means the first of what is found

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");

function open() {
  if (document.querySelector("dialog:modal")) return;
  field.value = "";
  tell("");
  dialog.showModal();
  look();
}

function lookSoon() {
  waiting = true;
  entered = false;
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
}

async function look() {
  clearTimeout(timer);
  waiting = true;
  const number = ++asked;
  const inside = byId("conversation")?.dataset.conversation ?? "";
  const query = new URLSearchParams({ q: field.value, inside });
  const answer = await fetch(`${dialog.dataset.address}?${query}`).catch(() => null);
  const found = answer?.ok ? await answer.text().catch(() => null) : null;
  if (number !== asked) return;
  waiting = false;
  if (answer && isSignIn(answer.url)) return signedOut();
  if (found === null) tell(gettext("Nothing could be looked for just now. Try again."));
  else show(fromServer(found));
  choose(options()[0]);
  if (entered) chosen()?.click();
}

function signedOut() {
  dialog.close();
  tellSessionEnded();
}

function show(content) {
  const none = content.querySelector("[data-none]");
  if (none) return tell(none.textContent);
  empty.textContent = "";
  list.replaceChildren(content);
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
}

function tell(words) {
  list.replaceChildren();
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  empty.textContent = words;
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
}

function move(step) {
  const all = options();
  if (all.length) choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
}

// What is found for the words before must not be done for those that stand there now.
function enter() {
  if (!waiting) return chosen()?.click();
  look();
  entered = true;
}

// A control of the page that the palette lies above. It is gone where somebody else was quicker.
function does({ control, value }) {
  dialog.close();
  if (!pressAt(control, value)) tellTrouble(gettext("This cannot be done as the conversation stands now."));
}

field.addEventListener("input", lookSoon);
field.addEventListener("keydown", (event) => {
  const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: enter }[event.key];
  if (!act || event.isComposing) return;
  event.preventDefault();
  act();
});
// After this click, which closes whatever menu is open.
list.addEventListener("click", ({ target }) => {
  const option = target.closest("[data-control]");
  if (option) setTimeout(does, 0, option.dataset);
});
dialog.addEventListener("close", () => {
  asked += 1; // what comes now is not shown, and not done
  entered = false;
  clearTimeout(timer);
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-palette]")) open();
  if (target.closest("[data-palette-closes]") || target === dialog) dialog.close();
});
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  if (dialog.open) dialog.close();
  else open();
});
