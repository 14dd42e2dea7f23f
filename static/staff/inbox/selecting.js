// Which conversations are selected. They stay so when the list is drawn anew, as long as it shows them.

import { byId } from "../../chat/dom.js";

const chosen = new Set();
const bar = byId("together");
const all = byId("select-all");
let last = null; // the one before, from which a click with Shift selects

const boxes = () => [...document.querySelectorAll("#rows [name=conversation]")];

export const anySelected = () => chosen.size > 0;

export function toggle(box, on = !box.checked) {
  box.checked = on;
  if (on) chosen.add(box.value);
  else chosen.delete(box.value);
  show();
}

function show() {
  const shown = boxes();
  const held = bar.contains(document.activeElement) && chosen.size === 0;
  bar.hidden = chosen.size === 0;
  byId("selected").textContent = interpolate(ngettext("%s selected", "%s selected", chosen.size), [chosen.size]);
  all.checked = shown.length > 0 && chosen.size === shown.length;
  all.indeterminate = chosen.size > 0 && !all.checked;
  if (chosen.size > 0) htmx.trigger(byId("acts"), "wanted");
  if (chosen.size > 0) byId("outcome").textContent = "";
  bar.dispatchEvent(new CustomEvent("selected", { detail: { all: all.checked, number: chosen.size } }));
  if (held) byId("rows")?.focus();
}

function reach(box) {
  const shown = boxes();
  const [from, to] = [shown.findIndex((one) => one.value === last), shown.indexOf(box)].sort((a, b) => a - b);
  if (from < 0) return toggle(box, box.checked);
  for (const one of shown.slice(from, to + 1)) toggle(one, box.checked);
}

document.addEventListener("click", ({ target, shiftKey }) => {
  if (target.closest("[data-deselect]")) return none();
  if (!target.matches("#rows [name=conversation]")) return;
  if (shiftKey) reach(target);
  else toggle(target, target.checked);
  last = target.value;
});
all.addEventListener("change", () => {
  const on = all.checked; // which each of them changes on the way
  for (const box of boxes()) toggle(box, on);
});

export function none() {
  for (const box of boxes()) box.checked = false;
  chosen.clear();
  show();
}

// What was chosen in a menu of the bar is done: the menu closes, before the list comes anew.
bar.addEventListener("submit", () => {
  for (const menu of bar.querySelectorAll("details[open]")) menu.open = false;
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "list" || chosen.size === 0) return;
  const kept = byId("outcome").firstChild;
  const shown = boxes().filter((box) => "whole" in bar.dataset || chosen.has(box.value));
  chosen.clear();
  for (const box of shown) chosen.add(box.value);
  for (const box of shown) box.checked = true;
  show();
  if (kept) byId("outcome").append(kept);
});
