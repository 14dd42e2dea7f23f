// Until when something is put off, by the reader's own clock.

import { locale } from "../../locale.js";
import { closeMenu } from "./open-menus.js";

const MORNING = 9;
const day = new Intl.DateTimeFormat(locale, { weekday: "short", hour: "numeric", minute: "2-digit" });

function morning(days) {
  const moment = new Date();
  moment.setDate(moment.getDate() + days);
  moment.setHours(MORNING, 0, 0, 0);
  return moment;
}

const WAYS = {
  hour: () => new Date(Date.now() + 3_600_000),
  tomorrow: () => morning(1),
  monday: () => morning(((8 - new Date().getDay()) % 7) || 7),
};

function until(element, said) {
  const way = element.dataset.putOff;
  if (way === "customer") return "";
  if (way !== "at") return WAYS[way]().toISOString();
  const moment = new Date(said);
  return Number.isNaN(moment.getTime()) ? "?" : moment.toISOString(); // which is refused in words
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const element = detail.elt.dataset.putOff ? detail.elt : detail.triggeringEvent?.submitter;
  if (!element?.dataset.putOff) return;
  detail.parameters.until = until(element, detail.parameters.until);
  closeMenu(element.closest("details"));
});

// What “tomorrow” is, said beside it as soon as somebody looks.
document.addEventListener(
  "toggle",
  ({ target }) => {
    for (const item of target.querySelectorAll?.("[data-put-off]") ?? []) {
      const hint = item.querySelector(".menu__hint");
      if (hint) hint.textContent = WAYS[item.dataset.putOff] ? day.format(WAYS[item.dataset.putOff]()) : "";
    }
  },
  true,
);
