// What runs is followed by its page; where nothing does, it looks now and then whether something has begun.
// `data-running` marks what runs, `data-said` what screen readers hear of it when it changes.

const RUNNING = 1_500;
const RESTING = 10_000;
const live = document.getElementById("training-live");
const said = document.getElementById("training-said");
const running = () => live.querySelector("[data-running]");
const words = () => live.querySelector("[data-said]")?.dataset.said ?? "";
let was = words();
let timer = 0;

function wait() {
  clearTimeout(timer);
  timer = setTimeout(refresh, running() ? RUNNING : RESTING);
}

function refresh() {
  if (document.visibilityState === "visible" && !isBusy()) htmx.trigger(live, "refresh");
  wait();
}

// Nothing is taken away under somebody's hand.
function isBusy() {
  return live.querySelector("button:active, a:active") !== null || live.contains(document.activeElement);
}

// Screen readers hear that one began or ended, and not the list each time.
function tell() {
  const now = words();
  if (now !== was) said.textContent = now;
  was = now;
  wait();
}

live.addEventListener("htmx:afterSwap", tell);
document.addEventListener("visibilitychange", refresh);
wait();
