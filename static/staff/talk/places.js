// Places such as {first_name} that nobody has filled in: shown above what is written, and asked about before it goes.

import { byId } from "../../chat/dom.js";
import { tellTrouble } from "../trouble.js";
import { mode, most } from "./writing.js";

const PLACE = /\{[A-Za-z][A-Za-z0-9_]{0,39}\}/g;
const box = byId("left");
const dialog = byId("unfilled");
let agreed = ""; // what goes as it is: asked once

const left = () => (mode() === "reply" ? [...new Set(byId("say").value.match(PLACE) ?? [])] : []);

function show() {
  const places = left();
  const before = [...box.querySelectorAll("button")].map((button) => button.textContent);
  if (places.join() === before.join()) return;
  box.hidden = places.length === 0;
  box.replaceChildren(...(places.length ? [`${box.dataset.words} `] : []), ...places.map(button));
}

function button(place) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "left__place";
  made.textContent = place;
  made.addEventListener("click", () => select(place));
  return made;
}

// Typing takes its place then.
export function select(place = left()[0]) {
  const say = byId("say");
  const at = place ? say.value.indexOf(place) : -1;
  if (at < 0) return;
  say.focus();
  say.setSelectionRange(at, at + place.length);
}

// Whether what is written may go. If not, it stays where it is, and why is said.
export function mayGo(text) {
  const over = text.length - most();
  if (over > 0) {
    const words = ngettext("This is longer than it may be, by %s letter. Shorten it, or send it in two.", "This is longer than it may be, by %s letters. Shorten it, or send it in two.", over);
    tellTrouble(interpolate(words, [over]));
    return false;
  }
  const places = left();
  if (!places.length || text === agreed) return true;
  dialog.querySelector("[data-places]").textContent = places.join(" ");
  dialog.showModal();
  dialog.querySelector("[data-fill]").focus();
  return false;
}

dialog.querySelector("[data-send]").addEventListener("click", () => {
  agreed = byId("say").value.trim();
  dialog.close();
  byId("composer").requestSubmit();
  agreed = "";
});
dialog.querySelector("[data-fill]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => select());
byId("say").addEventListener("input", show);
byId("composer").addEventListener("change", show);
byId("composer").addEventListener("submit", () => setTimeout(show));
setTimeout(show); // what was written before the page was loaded is put back by then
