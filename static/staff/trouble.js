// What went wrong with a request or a socket, and what to do about it, said at the foot of any staff page.

import { OFFLINE, REFUSED } from "../chat/connection.js";
import { byId } from "../chat/dom.js";

const SESSION_ENDED = 4403;
const box = byId("trouble");
const link = box.querySelector("[data-sign-in]");

export function tellTrouble(text) {
  box.querySelector("[data-text]").textContent = text;
  link.hidden = true;
  box.hidden = false;
}

// The way back leads to this page; what was written is still in it then.
export function tellSessionEnded() {
  tellTrouble(gettext("Your session has ended. What you were writing is kept."));
  link.search = new URLSearchParams({ next: window.location.pathname + window.location.search });
  link.hidden = false;
}

// How a socket stands: `place` says that it is tried again, the box that this would not help.
export function tellState(place, { state, code }) {
  place.textContent = state === OFFLINE ? gettext("Offline, trying again…") : "";
  if (state !== REFUSED) return;
  if (code === SESSION_ENDED) tellSessionEnded();
  else tellTrouble(gettext("This conversation is no longer there."));
}

// Whoever is signed out is sent to the sign-in page, which must not be shown in the middle of this one.
export function isSignIn(address) {
  return address !== "" && new URL(address, window.location.href).pathname === link.pathname;
}

export function tellAnswer(status) {
  tellTrouble(words(status));
}

export function words(status) {
  if (status === 403) return gettext("This was refused. Load the page again; if that does not help, ask an admin.");
  if (status === 404) return gettext("This is no longer there. Load the page again.");
  if (status >= 500) return gettext("Something went wrong on our side. Try again in a moment.");
  return gettext("This could not be done. Load the page again, then try once more.");
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isSignIn(event.detail.xhr.responseURL)) return;
  event.detail.shouldSwap = false;
  tellSessionEnded();
});
document.addEventListener("htmx:responseError", ({ detail }) => tellAnswer(detail.xhr.status));
document.addEventListener("htmx:sendError", () => {
  tellTrouble(gettext("The server could not be reached. Check your connection, then try again."));
});
document.addEventListener("htmx:afterSwap", () => {
  box.hidden = true;
});
box.querySelector("[data-close]").addEventListener("click", () => {
  box.hidden = true;
});
