// What was done just now is closed; the keyboard goes on to the next message, or else to the page.

import { byId } from "../chat/dom.js";

document.addEventListener("click", ({ target }) => {
  const closed = target.closest("[data-close-message]")?.parentElement;
  if (!closed) return;
  closed.remove();
  (document.querySelector("[data-close-message]") ?? byId("main")).focus();
});
