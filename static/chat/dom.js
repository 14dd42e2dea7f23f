// The two ways into the page: a template of ours, or a partial that the server rendered and sanitised.

export const byId = (id) => document.getElementById(id);

// Where no shortcut is heard. A dialog keeps the keyboard for a moment after it was closed: then one is.
export const WRITES = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog[open]";

export function fromTemplate(id) {
  return byId(id).content.firstElementChild.cloneNode(true);
}

// Only ever called with `MessageView.html`, and by staff’s pages with a part of a page of ours.
export function fromServer(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

export function say(text) {
  const announcer = byId("announcer");
  announcer.textContent = "";
  // Emptied first, and filled in another task, so that the same words are read again.
  setTimeout(() => {
    announcer.textContent = text;
  }, 50);
}

// What is read out of a message: its words or its files, and what stands on its cards.
export function spoken(item) {
  const first = item.querySelector(".message__body, .files, .event-line");
  const parts = [first, ...item.querySelectorAll(".deck__picture, .deck__title, .deck__text")];
  return parts.filter(Boolean).map((part) => (part.alt ?? part.textContent).trim()).join(" ").trim();
}

// `crypto.randomUUID` exists only on HTTPS and localhost; a shop may run on its own network without either.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
