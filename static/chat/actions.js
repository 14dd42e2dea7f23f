// What can be done with a message: one listener for the whole thread.

import { say } from "./dom.js";
import { openSource } from "./sources.js";

// `handlers`: functions by the name of an action, called with (item, control).
export function listenToActions(list, handlers) {
  const known = { copy, source: (item, control) => openSource(control, item), ...handlers };
  list.addEventListener("click", (event) => {
    const control = event.target.closest("[data-action], a.cite");
    const item = control?.closest("li[data-id], .thread__item");
    if (!control || !item) return;
    const action = control.matches("a.cite") ? "source" : control.dataset.action;
    if (!(action in known)) return;
    event.preventDefault();
    known[action](item, control);
  });
}

async function copy(item, control) {
  const words = document.createElement("div");
  words.append(...[...item.querySelectorAll(".message__body, .deck")].map((part) => part.cloneNode(true)));
  for (const part of words.querySelectorAll(".cite, .deck__buttons")) part.remove();
  try {
    await navigator.clipboard.writeText(readable(words));
    confirm(control, gettext("Copied"));
  } catch {
    confirm(control, gettext("Copying is not allowed here"));
  }
}

// `innerText` needs a place in the page to know where lines break.
function readable(element) {
  element.className = "visually-hidden";
  document.body.append(element);
  const text = element.innerText.trim();
  element.remove();
  return text;
}

function confirm(control, words) {
  say(words);
  const before = control.title;
  control.title = words;
  control.dataset.done = words;
  setTimeout(() => {
    control.title = before;
    delete control.dataset.done;
  }, 1_600);
}
