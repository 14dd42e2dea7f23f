// Putting words where somebody writes, as if they had been typed.

import { byId } from "../../chat/dom.js";

export function put(text, start, end) {
  const say = byId("say");
  say.focus();
  say.setRangeText(text, start, end, "end");
  say.dispatchEvent(new Event("input", { bubbles: true }));
}

export const mode = () => document.querySelector("[name=mode]:checked").value;

// How long what is written may be, as it stands.
export function most() {
  const { mostReply, mostNote } = byId("say").dataset;
  return Number(mode() === "note" ? mostNote : mostReply);
}
