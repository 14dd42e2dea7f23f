// The list of conversations, live: the socket says that something changed, the list is fetched again.

import { Connection, ONLINE, socketUrl } from "../chat/connection.js";
import { byId } from "../chat/dom.js";
import "./ago.js";
import { showAhead } from "./inbox/ahead.js";
import { goEasy, hurry, refresh } from "./inbox/fresh.js";
import "./inbox/keys.js";
import "./inbox/open-menus.js";
import "./inbox/put-off.js";
import "./inbox/selecting.js";
import "./inbox/whole.js";
import { tellState } from "./trouble.js";

const current = byId("conversation")?.dataset.conversation;

function query() {
  return byId("list").dataset.query;
}

// The same list, but with the keyboard where it was, the same place in view and the open row marked.
let focused = "";
let top = 0;
document.addEventListener("htmx:beforeSwap", () => {
  focused = byId("list").contains(document.activeElement) ? document.activeElement.id : "";
  top = byId("rows")?.scrollTop ?? 0;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "list") return;
  mark();
  if (focused) byId(focused)?.focus({ preventScroll: true });
  if (byId("rows")) byId("rows").scrollTop = top;
  keepAddress();
  look();
  showMentions();
  showNarrowed();
});

// The server tells the rows of the list that is looked at as soon as they change.
let looked = null;
function look() {
  if (connection.state !== ONLINE || looked === query()) return;
  looked = query();
  connection.send({ type: "look", query: looked });
}

function mark() {
  byId(`row-${current}`)?.setAttribute("aria-current", "page");
}

function keepAddress() {
  const address = `${window.location.pathname}${query() ? `?${query()}` : ""}`;
  window.history.replaceState(null, "", address);
}

function showMentions() {
  const { mentions } = byId("list").dataset;
  byId("mentions-count").hidden = !mentions;
  byId("mentions-count").firstElementChild.textContent = `@${mentions}`;
}

// How much narrows the list, on the button of the filters; and where else the address of the list stands.
function showNarrowed() {
  const count = byId("narrowed");
  count.textContent = byId("list").dataset.narrowed;
  count.hidden = count.textContent === "0";
  for (const link of document.querySelectorAll("a[data-here]")) link.search = query();
}

// The list that is shown says how far it has heard: the server tells what it has missed since.
const connection = new Connection({
  address: async () => ({
    url: socketUrl(`/ws/staff/inbox/?since=${byId("list").dataset.heard}`),
    protocols: ["causerie.v1"],
  }),
});
let everOnline = false;
connection.addEventListener("state", ({ detail }) => {
  tellState(byId("live-state"), detail);
  if (detail.state === ONLINE && everOnline) document.dispatchEvent(new CustomEvent("staff:told"));
  everOnline ||= detail.state === ONLINE;
  if (detail.state !== ONLINE) looked = null;
  look();
});
connection.addEventListener("event", ({ detail }) => {
  if (detail.type === "inbox.changed") refresh();
  if (detail.type === "inbox.rows") tellRows(detail);
  if (detail.type === "inbox.gathered" && "gathered" in byId("list").dataset) refresh();
  if (detail.type === "notices.changed") document.dispatchEvent(new CustomEvent("staff:told"));
});

function tellRows(detail) {
  if (!showAhead(detail)) return hurry();
  mark();
  goEasy();
}
connection.open();
mark();
