// Rows that the server tells before the list is fetched: to everybody who looks at the same one, the same.

import { tellTimes } from "../ago.js";
import { byId, fromServer } from "../../chat/dom.js";

const boxOf = (item) => item.querySelector("[name=conversation]");

// "1795984268898-0": a moment in ms, and a number within it.
function isNewer(one, other) {
  const [[moment, number], [otherMoment, otherNumber]] = [one, other].map((id) => id.split("-").map(Number));
  return moment > otherMoment || (moment === otherMoment && number >= otherNumber);
}

// Returns whether they are shown. What is not, or is wrong here, the list that is fetched puts right.
export function showAhead({ query, heard, order, rows }) {
  const list = byId("list").dataset;
  const shown = new Map([...document.querySelectorAll("#rows .rows__row")].map((item) => [boxOf(item).value, item]));
  if (query !== list.query || !heard || !isNewer(heard, list.heard || "0-0")) return false;
  if (shown.size === 0 || order.length === 0) return false; // the words that stand there instead are the list's
  if (order.some((key) => !rows[key] && !shown.has(key))) return false;
  const focused = document.activeElement;
  for (const [key, item] of shown) if (!order.includes(key)) item.remove();
  for (const key of order.filter((one) => rows[one])) {
    const item = drawn(rows[key], shown.get(key));
    shown.get(key)?.replaceWith(item);
    shown.set(key, item);
  }
  putInOrder(order.map((key) => shown.get(key)));
  tellTimes(byId("rows"));
  if (document.activeElement !== focused) byId(focused.id)?.focus({ preventScroll: true });
  return true;
}

// What only this page knows of a row stays: whether it is selected, and that a note in it calls its reader.
function drawn(html, former) {
  const item = fromServer(html).querySelector(".rows__row");
  if (!former) return item;
  boxOf(item).checked = boxOf(former).checked;
  const called = former.querySelector(".badge--mention");
  if (called) item.querySelector(".row__state").append(called.cloneNode(true));
  return item;
}

// Only what stands elsewhere is moved: what is moved loses the keyboard.
function putInOrder(items) {
  let here = byId("rows").firstElementChild;
  for (const item of items) {
    if (item === here) here = here.nextElementSibling;
    else byId("rows").insertBefore(item, here);
  }
}
