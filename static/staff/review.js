// The review page by keyboard: 1 to 6 judge and lead on, C corrects, N and P go through the queue.

import { WRITES } from "../chat/dom.js";
import "./meanwhile.js";

const rows = () => [...document.querySelectorAll(".review-queue__row")];
const at = () => rows().findIndex((row) => row.hasAttribute("aria-current"));
const next = () => rows()[at() + 1];
const skip = document.getElementById("skip");
const remark = document.querySelector("#judging [name=remark]");

function lead() {
  if (!skip) return;
  skip.hidden = !next();
  if (next()) skip.href = next().href;
}
lead();
rows()[at()]?.scrollIntoView({ block: "nearest" });
document.addEventListener("staff:list-shown", lead);

const press = (id) => document.getElementById(id)?.click();
const KEYS = {
  c: () => press("correct"),
  n: () => next()?.click(),
  p: () => rows()[at() - 1]?.click(),
  x: () => press("pass-over"),
  o: () => press("open-conversation"),
  r: () => remark?.focus(),
  "?": () => document.getElementById("review-keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.key === "Escape" && event.target === remark) remark.blur();
  if (event.target.closest(WRITES) || document.querySelector("dialog:modal")) return;
  const verdict = document.querySelector(`.judging__verdict[data-key="${CSS.escape(event.key)}"]`);
  const known = Object.hasOwn(KEYS, event.key);
  if (!verdict && !known) return;
  event.preventDefault();
  if (verdict) verdict.click();
  else KEYS[event.key]();
});

document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  target.closest("[data-closes]")?.closest("dialog").close();
});

// A note is sent with a verdict, and Enter gives none: the first button would be pressed.
remark?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) event.preventDefault();
});
for (const filter of document.querySelectorAll("#review-filters select")) {
  filter.addEventListener("change", () => filter.form.requestSubmit());
}
