// The page of figures: its days are those of the reader's time zone, and its tables are drawn as charts.

import { WRITES } from "../chat/dom.js";
import { draw } from "./chart.js";

tellZone(document.querySelector(".insights"));
document.querySelectorAll("[data-chart]").forEach(draw);

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("topic");
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !search) return;
  if (event.target.closest(WRITES) || document.querySelector("dialog:modal")) return;
  event.preventDefault();
  search.focus();
});

/** The server counts days by a cookie; where it did not know this zone, the page is asked for once more. */
function tellZone(page) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || zone === page.dataset.zone) return;
  const told = document.cookie.split("; ").includes(`zone=${encodeURIComponent(zone)}`);
  document.cookie = `zone=${encodeURIComponent(zone)}; path=/staff/; max-age=31536000; samesite=lax`;
  if (!told && !new URLSearchParams(location.search).has("zone")) location.reload();
}
