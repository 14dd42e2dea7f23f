// The shortcuts of the inbox. None is heard while somebody writes, or with Ctrl, Alt or ⌘: those are the browser's.

import { byId, WRITES } from "../../chat/dom.js";
import { press, pressAt } from "./controls.js";
import { openDialog } from "./open-menus.js";
import { anySelected, toggle } from "./selecting.js";

const OFF = "causerie:keys-off";
const MOVES = ["j", "k", "ArrowDown", "ArrowUp"];
const switchedOn = byId("keys-on");

const rows = () => [...document.querySelectorAll("#rows .row")];
const here = () => document.activeElement.closest?.(".rows__row")?.querySelector(".row");
const current = () => here() ?? document.querySelector("#rows .row[aria-current]");
const isOpen = () => byId("conversation") !== null;

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function select() {
  const box = current()?.closest(".rows__row").querySelector("[name=conversation]");
  if (box) toggle(box);
}

// With what is selected; else with the conversation that is open; else with the row where the keyboard is.
function act(together, alone) {
  if (!anySelected() && isOpen()) return alone();
  if (!anySelected()) select();
  if (anySelected()) whenThere(together, press);
}

function whenThere(id, then) {
  if (byId(id)) return then(byId(id));
  const acts = byId("acts");
  acts.addEventListener("htmx:afterSettle", () => byId(id) && then(byId(id)), { once: true });
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => here() && move(1),
  ArrowUp: () => here() && move(-1),
  o: () => current()?.click(),
  x: select,
  "/": () => byId("q").focus(),
  e: () => act("together-resolve", () => pressAt("#resolve")),
  a: () => act("together-assign", () => pressAt("#assign")),
  l: () => act("together-label", () => pressAt("#label-picker")),
  h: () => act("together-put-off", () => pressAt("#put-off")),
  t: () => pressAt("[data-take-over]"),
  r: () => pressAt("[name=mode][value=reply]"),
  n: () => pressAt("[name=mode][value=note]"),
  u: () => pressAt("#draft-use"),
  U: () => pressAt("#draft-send"),
  d: () => pressAt("#draft-dismiss"),
  "?": () => openDialog(byId("keys")),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.repeat && !MOVES.includes(event.key)) return; // held down, a key does once what it does
  if (event.target.closest(WRITES) || document.querySelector("dialog:modal")) return;
  const known = Object.hasOwn(KEYS, event.key) && (event.key === "?" || localStorage.getItem(OFF) === null);
  if (!known || (event.key.startsWith("Arrow") && !here())) return;
  event.preventDefault();
  KEYS[event.key]();
});

switchedOn.checked = localStorage.getItem(OFF) === null;
switchedOn.addEventListener("change", () => {
  if (switchedOn.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "yes");
});
