// The command palette: Ctrl-K (⌘K), or the button in the rail. What is typed is looked for after a moment; arrows
// choose, Enter goes there or does it.

import { fromServer } from "../chat/dom.js";

const WAIT = 150; // ms
const dialog = document.getElementById("palette");
const field = document.getElementById("palette-field");
const list = document.getElementById("palette-list");
const empty = document.getElementById("palette-none");
let asked = 0;
let timer = 0;

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");

function open() {
  if (document.querySelector("dialog:modal")) return;
  field.value = "";
  list.replaceChildren();
  dialog.showModal();
  look();
}

async function look() {
  const number = ++asked;
  const inside = document.getElementById("conversation") ? "yes" : "";
  const query = new URLSearchParams({ q: field.value, inside });
  const answer = await fetch(`${dialog.dataset.address}?${query}`).catch(() => null);
  if (number !== asked) return;
  if (answer?.ok && !answer.redirected) show(fromServer(await answer.text()));
  else tell(gettext("Nothing could be looked for just now. Try again."));
  choose(options()[0]);
}

function show(content) {
  const none = content.querySelector("[data-none]");
  if (none) return tell(none.textContent);
  list.replaceChildren(content);
  list.hidden = false;
  empty.textContent = "";
}

function tell(words) {
  list.replaceChildren();
  list.hidden = true;
  empty.textContent = words;
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function move(step) {
  const all = options();
  if (all.length) choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
}

// A shortcut of the page that the palette lies above: pressed as if by hand, once the palette is gone.
function press(key) {
  dialog.close();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
});
field.addEventListener("keydown", (event) => {
  const does = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => chosen()?.click() }[event.key];
  if (!does || event.isComposing) return;
  event.preventDefault();
  does();
});
list.addEventListener("click", ({ target }) => {
  const option = target.closest("[data-key]");
  if (option) press(option.dataset.key);
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
