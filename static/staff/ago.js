// How long ago, and since when, in the reader's language; kept current while the page is open.

import { locale, ordinal } from "../locale.js";

const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function ago(moment) {
  const seconds = (moment - Date.now()) / 1_000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return gettext("now");
}

function since(moment) {
  const seconds = Math.max(0, (Date.now() - moment) / 1_000);
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? ["minute", 60];
  const style = { style: "unit", unit, unitDisplay: "narrow" };
  return new Intl.NumberFormat(locale, style).format(Math.max(1, Math.trunc(seconds / length)));
}

// "12 min left", "5 min late".
function due(moment, element) {
  const seconds = (moment - Date.now()) / 1_000;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
  const style = { style: "unit", unit, unitDisplay: "short" };
  const amount = new Intl.NumberFormat(locale, style).format(Math.max(1, Math.trunc(Math.abs(seconds) / length)));
  element.parentElement.toggleAttribute("data-late", seconds < 0);
  return interpolate(seconds < 0 ? gettext("%s late") : gettext("%s left"), [amount]);
}

export function tellTimes(root = document) {
  const ways = { "[data-ago]": ago, "[data-since]": since, "[data-due]": due, "[data-date]": (moment) => ordinal(date.format(moment)) };
  for (const [selector, words] of Object.entries(ways)) {
    for (const element of root.querySelectorAll(selector)) {
      const moment = new Date(element.dateTime);
      element.textContent = words(moment, element);
      element.title = date.format(moment);
    }
  }
}

tellTimes();
setInterval(tellTimes, 30_000);
document.addEventListener("htmx:load", (event) => tellTimes(event.target));
