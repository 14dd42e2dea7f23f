// The bell of every staff page: fetched anew when the socket says that there is something, and said aloud by the
// browser where that was chosen, once over all tabs.

import { Connection, ONLINE, socketUrl } from "../chat/connection.js";
import { byId } from "../chat/dom.js";
import "./ago.js";

const KEY = "causerie:staff:told"; // the newest that was said aloud, by its second
const bell = byId("bell");
let wasOpen = false;
let focused = "";
let first = true; // what waits when a page is opened is shown, not said

export function refreshBell() {
  htmx.trigger(bell, "refresh");
}

bell.addEventListener("htmx:beforeSwap", () => {
  wasOpen = bell.querySelector("details")?.open ?? false;
  focused = bell.contains(document.activeElement) ? (document.activeElement.dataset.told ?? "summary") : "";
});
bell.addEventListener("htmx:afterSettle", () => {
  const menu = bell.querySelector("details");
  if (!menu) return;
  menu.open = wasOpen;
  if (focused) (bell.querySelector(`[data-told="${focused}"]`) ?? menu.querySelector("summary")).focus();
  for (const place of document.querySelectorAll("[data-bell-count]")) place.textContent = menu.dataset.count && `(${menu.dataset.count})`;
  byId("account-menu").toggleAttribute("data-unread", Boolean(menu.dataset.count));
  sayAloud();
});

function sayAloud() {
  const told = [...bell.querySelectorAll("[data-told]")];
  const newest = Math.max(0, ...told.map((one) => Number(one.dataset.at)));
  const before = Number(localStorage.getItem(KEY) ?? 0);
  const fresh = told.filter((one) => one.dataset.aloud && Number(one.dataset.at) > before);
  if (newest > before) localStorage.setItem(KEY, String(newest));
  if (!first && document.visibilityState === "hidden") fresh.forEach(show);
  first = false;
}

function show(control) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const notice = new Notification(control.dataset.aloud, { tag: `causerie-${control.dataset.told}` });
  notice.onclick = () => {
    window.focus();
    bell.querySelector(`[data-told="${control.dataset.told}"]`)?.click();
    notice.close();
  };
}

// Pages with the list of conversations have a socket already, which says the same.
if (byId("list")) {
  document.addEventListener("staff:told", refreshBell);
} else {
  const connection = new Connection({
    address: async () => ({ url: socketUrl("/ws/staff/bell/"), protocols: ["causerie.v1"] }),
  });
  let everOnline = false;
  connection.addEventListener("state", ({ detail }) => {
    if (detail.state === ONLINE && everOnline) refreshBell();
    everOnline ||= detail.state === ONLINE;
  });
  connection.addEventListener("event", ({ detail }) => detail.type === "notices.changed" && refreshBell());
  connection.open();
}
