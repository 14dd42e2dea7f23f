// The list of conversations, live: the socket says that something changed, the list is fetched again.

import { Connection, ONLINE, socketUrl } from "../chat/connection.js";
import { byId } from "../chat/dom.js";
import "./ago.js";
import "./inbox/keys.js";
import "./inbox/open-menus.js";
import "./inbox/put-off.js";
import "./inbox/selecting.js";
import { tellState } from "./trouble.js";

const FETCH_EVERY = 1_000;
const current = byId("conversation")?.dataset.conversation;
let fetching = 0;
let wanted = false;

function query() {
  return byId("list").dataset.query;
}

async function refresh() {
  if (Date.now() - fetching < FETCH_EVERY) {
    if (!wanted) setTimeout(refresh, FETCH_EVERY);
    wanted = true;
    return;
  }
  fetching = Date.now();
  wanted = false;
  const list = { target: "#list", swap: "outerHTML" };
  await htmx.ajax("GET", `/staff/list/?${query()}`, list).catch(() => {}); // htmx tells trouble.js why, not us
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
  showMentions();
  showNarrowed();
});

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

const connection = new Connection({
  address: async () => ({ url: socketUrl("/ws/staff/inbox/"), protocols: ["causerie.v1"] }),
});
let everOnline = false;
connection.addEventListener("state", ({ detail }) => {
  tellState(byId("live-state"), detail);
  if (detail.state === ONLINE && everOnline) {
    refresh();
    document.dispatchEvent(new CustomEvent("staff:told"));
  }
  everOnline ||= detail.state === ONLINE;
});
connection.addEventListener("event", ({ detail }) => {
  if (detail.type === "inbox.changed") refresh();
  if (detail.type === "notices.changed") document.dispatchEvent(new CustomEvent("staff:told"));
});
connection.open();
mark();
