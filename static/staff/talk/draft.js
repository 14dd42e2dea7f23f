// A reply that is suggested: put where one writes, sent, or dismissed. Nothing of it is sent by itself.

import { byId, say } from "../../chat/dom.js";
import { put } from "./writing.js";

const box = byId("draft");
let known = "";

const shown = () => box.querySelector("[data-draft]")?.dataset.draft ?? "";

export const lookForDraft = () => htmx.trigger(box, "refresh");

export function listenToDraft({ choose, send }) {
  box.addEventListener("click", ({ target }) => {
    const use = target.closest("[data-draft-use]");
    if (use) write(use.dataset.text, choose);
    const sent = target.closest("[data-draft-send]");
    if (sent) {
      box.replaceChildren(); // it must not go twice
      send(sent.dataset.text);
      byId("say").focus();
    }
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest("details[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else byId("say").focus();
  });
  box.addEventListener("htmx:beforeSwap", ({ detail }) => {
    // The same one once more: whoever reads it, or chooses a reason, is not disturbed.
    if (shown() && detail.serverResponse.includes(`data-draft="${shown()}"`)) detail.shouldSwap = false;
  });
  box.addEventListener("htmx:afterSettle", tell);
}

// As a reply, behind what is written already; a note that was begun goes before it, and is read before it is sent.
function write(text, choose) {
  const field = byId("say");
  choose("reply");
  const before = field.value && !field.value.endsWith("\n") ? "\n" : "";
  put(before + text, field.value.length, field.value.length);
}

// Screen readers hear once that there is one, wherever the keyboard is.
function tell() {
  const now = shown();
  if (now && now !== known) say(gettext("A reply is suggested above the place where you write."));
  known = now;
  const lost = document.activeElement === document.body && box.dataset.held;
  if (lost) byId("say").focus();
}

box.addEventListener("focusin", () => (box.dataset.held = "yes"));
box.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && delete box.dataset.held);
