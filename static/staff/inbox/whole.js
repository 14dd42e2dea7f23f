// Beyond the page: all that the list shows, offered when all of a page are selected and there are more.

import { byId } from "../../chat/dom.js";
import { openDialog } from "./open-menus.js";
import { none } from "./selecting.js";

const bar = byId("together");
const place = byId("whole");
const field = byId("whole-list"); // the address of the list, when all of it is meant
let asked = null; // for which list it was asked how many there are

const isOn = () => "whole" in bar.dataset;
const query = () => byId("list").dataset.query;

function turn(on) {
  bar.toggleAttribute("data-whole", on);
  field.disabled = !on;
  field.value = on ? place.firstElementChild.dataset.of : "";
  for (const part of place.querySelectorAll("[data-whole-on]")) part.hidden = !on;
  for (const part of place.querySelectorAll("[data-whole-off]")) part.hidden = on;
}

// Of a list that others change, how many there are is asked for each time.
function offer(number) {
  if (asked === query()) return tell(number);
  asked = query();
  htmx.ajax("GET", `${place.dataset.address}?${asked}`, { source: "#whole", target: "#whole", swap: "innerHTML" });
}

function tell(number) {
  const words = interpolate(ngettext("The one on this page is selected.", "All %s on this page are selected.", number), [number]);
  if (byId("page-selected")) byId("page-selected").textContent = words;
  if (isOn()) byId("selected").textContent = place.firstElementChild.dataset.selected;
}

bar.addEventListener("selected", ({ detail: { all, number } }) => {
  if (isOn() && !all) turn(false);
  const more = all && "more" in byId("list").dataset;
  place.hidden = !more;
  if (more) offer(number);
  else asked = null;
  if (number > 0 && !byId("list-work-now")) byId("list-work").textContent = "";
});

place.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-whole]");
  if (!button) return;
  const on = button.dataset.whole === "on";
  turn(on);
  tellAgain();
  byId(on ? "select-page" : "select-whole").focus();
});

function tellAgain() {
  const number = document.querySelectorAll("#rows [name=conversation]:checked").length;
  byId("selected").textContent = interpolate(ngettext("%s selected", "%s selected", number), [number]);
  tell(number);
}

// Another list: heard before what stays selected in it is settled.
document.addEventListener(
  "htmx:afterSettle",
  ({ target }) => {
    if (target.id === "list" && isOn() && asked !== query()) turn(false);
  },
  true,
);
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target === place) tellAgain();
  if (target.id === "asked") openDialog(byId("sure"));
});

// To all of a list nothing is done unasked.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt === bar && isOn()) detail.path = bar.dataset.sure;
});
document.addEventListener("submit", ({ target }) => {
  const dialog = target.closest("#sure");
  if (!dialog) return;
  dialog.close();
  none();
});
