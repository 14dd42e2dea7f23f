// The page of jobs follows what happens, while somebody looks at it.

const EVERY = 4_000;
const live = document.getElementById("jobs");
const said = document.getElementById("jobs-said");
const words = () => live.querySelector("[data-jobs-said]")?.textContent.trim() ?? "";
let told = words();

function refresh() {
  if (document.visibilityState === "visible" && !isBusy()) htmx.trigger(live, "refresh");
}

// Nothing is taken away under somebody's hand: an open explanation, or a button that is being pressed.
function isBusy() {
  return live.querySelector("details[open], button:active") !== null;
}

// Screen readers hear that the worker stopped or came back, and not the list each time.
function tell() {
  if (words() !== told) said.textContent = told = words();
}

live.addEventListener("htmx:afterSwap", tell);
document.addEventListener("visibilitychange", refresh);
setInterval(refresh, EVERY);
