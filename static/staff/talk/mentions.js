// “@” in a note opens the list of colleagues; a note that calls whoever reads here stands out, and is seen.

import { byId, say as announce } from "../../chat/dom.js";
import { folded } from "./folding.js";
import { Options } from "./options.js";
import { mode, put } from "./writing.js";

const BEGUN = /(?:^|[\s([{"'«“‘,;:])@([\p{L}\p{N}_.+-]*)$/u;
const MOST = 8;
const say = byId("say");
const list = byId("mention-list");
const options = new Options({ list, control: say, onChoose: insert });
const { me } = byId("conversation").dataset;

// What has been written of a name, up to the caret; null where none is begun.
function begun() {
  if (mode() !== "note" || say.selectionStart !== say.selectionEnd) return null;
  return BEGUN.exec(say.value.slice(0, say.selectionStart))?.[1] ?? null;
}

function refresh() {
  const name = begun();
  if (name === null) return shut();
  const wanted = folded(name);
  const fits = (option) => folded(option.dataset.words).split(/\s+/).some((word) => word.startsWith(wanted));
  const many = options.narrow(fits, MOST);
  if (!many) return shut();
  if (list.hidden) announce(interpolate(ngettext("%s colleague. Arrows choose, Enter takes one.", "%s colleagues. Arrows choose, Enter takes one.", many), [many]));
  list.hidden = false;
  say.setAttribute("aria-controls", list.id);
  return undefined;
}

function shut() {
  if (list.hidden) return;
  list.hidden = true;
  options.mean(null);
  say.removeAttribute("aria-controls");
}

function insert(option) {
  const end = say.selectionStart;
  put(`@${option.dataset.name} `, end - begun().length - 1, end);
  shut();
}

const KEYS = {
  ArrowDown: () => options.move(1),
  ArrowUp: () => options.move(-1),
  Enter: () => options.choose(),
  Tab: () => options.choose(),
  Escape: shut,
};

// Before the composer hears of it, which would send what is written.
byId("composer").addEventListener(
  "keydown",
  (event) => {
    if (list.hidden || event.isComposing || event.shiftKey || event.target !== say || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  },
  { capture: true },
);
say.addEventListener("input", refresh);
say.addEventListener("click", refresh);
say.addEventListener("blur", shut);
byId("composer").addEventListener("change", shut);

// As the server marked it, which does not know who reads.
new MutationObserver(() => {
  for (const one of byId("thread").querySelectorAll(`.mention[data-user="${me}"]`)) one.classList.add("mention--me");
}).observe(byId("thread"), { childList: true, subtree: true });

// A note that has just come calls whoever has this page before them: saying again how far the page is marks it
// as seen. A page in the background does so when it is looked at.
export function seeMentions(item, connection) {
  if (!item?.querySelector(`.mention[data-user="${me}"]`)) return;
  if (!document.hidden) connection.resume();
  else document.addEventListener("visibilitychange", () => connection.resume(), { once: true });
}
