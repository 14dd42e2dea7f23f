// The list as it is now: fetched again whenever it was said to have changed, until what is shown is from after that.

import { byId } from "../../chat/dom.js";
import { isSignIn } from "../trouble.js";

const PAUSE = 1_000; // between two fetches
const EASY = 6_000; // the same, while the server tells the rows ahead
const STILL = 10_000; // so long after it has told some
const REST = 5_000; // the same, after one that failed
let changes = 0; // how often it was said
let told = -Infinity; // when the server told rows ahead
let wake = () => {}; // ends an easy pause
let busy = false;
let outcome = ""; // of the fetch that is under way: "shown", "stale", "failed", or "over"

const isOurs = ({ requestConfig }) => requestConfig?.elt.id === "live-state";
const isList = (detail) => detail.target?.id === "list";
const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));

export function refresh() {
  changes += 1;
  if (!busy) catchUp();
}

export function goEasy() {
  told = Date.now();
}

// What the server told does not fit what is shown: an empty list, or rows that are not here.
export function hurry() {
  told = -Infinity;
  wake();
}

async function pause() {
  await wait(PAUSE);
  if (Date.now() - told < STILL) await Promise.race([wait(EASY - PAUSE), new Promise((go) => (wake = go))]);
}

// One fetch at a time: of two, the older might come last.
async function catchUp() {
  busy = true;
  outcome = "";
  for (let shown = -1; shown !== changes && outcome !== "over"; ) {
    const now = changes;
    await fetched();
    if (outcome === "shown") shown = now;
    if (outcome !== "stale") await (outcome === "failed" ? wait(REST) : pause());
  }
  busy = false;
}

// htmx tells trouble.js why it fails, not us.
async function fetched() {
  outcome = "failed";
  const list = { source: "#live-state", target: "#list", swap: "outerHTML" };
  await htmx.ajax("GET", `/staff/list/?${byId("list").dataset.query}`, list).catch(() => {});
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (isList(detail)) detail.requestConfig.changesBefore = changes;
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!isOurs(detail)) return;
  if (isSignIn(detail.xhr.responseURL)) outcome = "over";
  else if (!isAsked(detail.requestConfig.path)) {
    detail.shouldSwap = false; // somebody has narrowed the list meanwhile
    outcome = "stale";
  } else if (detail.shouldSwap) outcome = "shown";
});

const isAsked = (path) => path === `/staff/list/?${byId("list").dataset.query}`;

// What somebody has asked for themselves may have been read before the last change, and come after it.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!isList(detail) || isOurs(detail)) return;
  if (detail.requestConfig.changesBefore !== changes) refresh();
});
