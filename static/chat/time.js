// Times in the reader's own zone, and a line where a new day begins.

import { locale, ordinal } from "../locale.js";
import { fromTemplate } from "./dom.js";

const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const date = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const dateWithYear = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

export function localTimes(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(element.dateTime);
    element.textContent = clock.format(moment);
    element.title = ordinal(full.format(moment));
  }
}

const startOfDay = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());

function dayName(moment) {
  const days = Math.round((startOfDay(moment) - startOfDay(new Date())) / 86_400_000);
  if (days === 0 || days === -1) return capitalised(relative.format(days, "day"));
  const sameYear = moment.getFullYear() === new Date().getFullYear();
  return capitalised(ordinal((sameYear ? date : dateWithYear).format(moment)));
}

const capitalised = (text) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

export function markDays(list) {
  for (const line of list.querySelectorAll(".thread__day")) line.remove();
  let previous = null;
  for (const item of list.querySelectorAll(":scope > [data-at]")) {
    const moment = new Date(item.dataset.at);
    const day = startOfDay(moment).getTime();
    if (day !== previous) item.before(dayLine(moment));
    previous = day;
  }
}

function dayLine(moment) {
  const line = fromTemplate("day-template");
  line.querySelector("[data-text]").textContent = dayName(moment);
  return line;
}
