// The controls of the conversation that is open, pressed from elsewhere: by a shortcut, or out of the palette.

import { byId } from "../../chat/dom.js";

// Whether there was anything to press. `value`: for what takes one.
export function pressAt(selector, value = "") {
  const element = document.querySelector(selector);
  if (!element || element.disabled) return false;
  press(element, value);
  return true;
}

export function press(element, value = "") {
  if (element.matches("details")) unfold(element);
  else if (element.matches("select")) choose(element, value);
  else element.click();
  if (element.name === "mode") byId("say").focus();
}

function unfold(menu) {
  showFacts(menu);
  menu.open = true;
  menu.querySelector(".menu__panel button, .menu__panel input")?.focus();
}

// Without a value, it is for whoever sits there to choose.
function choose(select, value) {
  showFacts(select);
  select.focus();
  if (!value) return;
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

// Where there is no room for a third column, the facts are opened first.
function showFacts(element) {
  const hidden = element.closest(".context") && !element.checkVisibility();
  if (hidden) document.querySelector("[data-toggle-facts]").click();
}
