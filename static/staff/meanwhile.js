// A list that somebody works through while others do so too. What has changed in it is said, and shown when they
// want it: nothing moves under their hands, and what they write stays.

import { byId, fromServer } from "../chat/dom.js";
import { isSignIn, tellSessionEnded } from "./trouble.js";

const EVERY = 8_000;
const news = byId("news");
let fresh = null; // the list as it is now
let over = false; // the session

const list = () => byId("meanwhile");
const rows = (part) => new Map([...part.querySelectorAll("[data-key]")].map((row) => [row.dataset.key, spoken(row)]));
const spoken = (row) => row.textContent.replaceAll(/\s+/g, " ").trim();

// Where the server does not answer, the next look may find it.
async function look() {
  if (over || document.visibilityState !== "visible") return;
  const response = await fetch(list().dataset.address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok) return;
  over = isSignIn(response.url);
  if (over) tellSessionEnded();
  else compare(fromServer(await response.text()));
}

function compare(part) {
  fresh = part.querySelector("#meanwhile");
  const [before, after] = [rows(list()), rows(fresh)];
  const added = [...after.keys()].filter((key) => !before.has(key)).length;
  const gone = [...before.keys()].filter((key) => !after.has(key)).length;
  const differs = [...after].some(([key, words]) => before.has(key) && before.get(key) !== words);
  say(byId("news-list"), inWords(added, gone, differs));
  say(byId("news-answer"), part.querySelector("#meanwhile-answer")?.textContent.trim() ?? "");
}

function inWords(added, gone, differs) {
  const said = [];
  if (added) said.push(interpolate(ngettext("%s new", "%s new", added), [added]));
  if (gone) said.push(interpolate(ngettext("%s no longer in this list", "%s no longer in this list", gone), [gone]));
  if (said.length === 0 && differs) said.push(gettext("Something in this list has changed"));
  return said.join(", ");
}

// Said once, and again only when it is something else.
function say(place, words) {
  if (place.textContent === words) return;
  place.textContent = words;
  byId("news-show").hidden = byId("news-list").textContent === "";
  news.hidden = byId("news-list").textContent === "" && byId("news-answer").textContent === "";
}

byId("news-show").addEventListener("click", () => {
  list().replaceWith(fresh);
  say(byId("news-list"), "");
  list().focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("staff:list-shown"));
});
byId("news-close").addEventListener("click", () => {
  news.hidden = true;
});
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
