// Replies kept ready: “/” at the beginning of a reply, or the button, opens the list; what is chosen is put at the caret.

import { byId, fromServer } from "../../chat/dom.js";
import { isSignIn, tellSessionEnded } from "../trouble.js";
import { wordsOf } from "./folding.js";
import { Options } from "./options.js";
import { select } from "./places.js";
import { mode, put } from "./writing.js";

const box = byId("ready");
const list = byId("ready-list");
const search = byId("ready-search");
const none = byId("ready-none");
const opener = byId("open-ready");
const options = new Options({ list, control: search, onChoose: insert });
let caret = [0, 0];
let slash = false; // “/” opened it, and is written after all when nothing is chosen
let asked = 0;

async function open() {
  const say = byId("say");
  caret = [say.selectionStart, say.selectionEnd];
  box.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  search.value = "";
  search.focus();
  list.replaceChildren();
  tell("loading");
  const mine = ++asked;
  const found = await load();
  if (mine !== asked) return; // closed meanwhile
  if (found === null) return tell("failed");
  list.replaceChildren(fromServer(found));
  narrow();
}

async function load() {
  const response = await fetch(box.dataset.address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (response && isSignIn(response.url)) tellSessionEnded();
  return response?.ok && !isSignIn(response.url) ? response.text() : null;
}

function tell(name) {
  none.textContent = name ? none.dataset[name] : "";
  none.hidden = !name;
}

function narrow() {
  const wanted = wordsOf(search.value);
  const many = options.narrow((option) => wanted.every((word) => option.dataset.words.includes(word)));
  tell(many ? "" : list.childElementCount ? "nothing" : "empty");
}

function shut() {
  asked += 1;
  box.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  options.mean(null);
}

function leave() {
  shut();
  if (slash) put("/", ...caret);
  else byId("say").setSelectionRange(...caret);
  byId("say").focus();
}

function insert(option) {
  shut();
  put(option.dataset.text, ...caret);
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  fetch(option.dataset.used, { method: "POST", headers, keepalive: true }).catch(() => {}); // only a count is lost
  if (option.querySelector(".ready__left")) select();
}

const KEYS = {
  ArrowDown: () => options.move(1),
  ArrowUp: () => options.move(-1),
  Enter: () => options.choose(),
  Escape: leave,
};

search.addEventListener("input", () => list.childElementCount && narrow());
search.addEventListener("keydown", (event) => {
  if (event.isComposing || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
});

// Not by the key alone, which an on-screen keyboard does not tell.
byId("say").addEventListener("beforeinput", (event) => {
  if (event.data !== "/" || mode() !== "reply" || byId("say").selectionStart !== 0) return;
  event.preventDefault();
  slash = true;
  open();
});
opener.addEventListener("click", () => {
  if (!box.hidden) return leave();
  slash = false;
  return open();
});
document.addEventListener("pointerdown", ({ target }) => {
  if (!box.hidden && !box.contains(target) && !opener.contains(target)) shut();
});
box.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !box.contains(relatedTarget) && relatedTarget !== opener) shut();
});
byId("composer").addEventListener("change", () => {
  opener.hidden = mode() !== "reply";
});
