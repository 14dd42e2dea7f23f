// A run that is under way is shown as it goes, while somebody looks at it.

const EVERY = 1_500;
const live = document.getElementById("run");
const said = document.getElementById("run-said");
const isOpen = () => live.querySelector("[data-open]")?.dataset.open === "yes";

function refresh() {
  if (isOpen() && document.visibilityState === "visible" && !live.querySelector("button:active, details[open]"))
    htmx.trigger(live, "refresh");
}

// Screen readers hear the end, and not every step of the way.
live.addEventListener("htmx:afterSwap", () => {
  if (!isOpen()) said.textContent = live.querySelector("[data-run-said]").textContent.trim();
});
document.addEventListener("visibilitychange", refresh);
setInterval(refresh, EVERY);
