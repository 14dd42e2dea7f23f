// The messages of a conversation, kept in the order of their `seq`; a message that changed replaces itself.

import { fromServer, fromTemplate } from "./dom.js";
import { Earlier } from "./earlier.js";
import { LiveTurn } from "./turn.js";
import { localTimes, markDays } from "./time.js";
import { nameZones } from "./zone.js";

// A picture that is not there any more is not shown.
const withoutPicture = ({ target }) => target.matches(".deck__picture") && target.remove();

export class Thread {
  seq = 0;

  #earlier;

  // `askEarlier(before)` sends the command of that name.
  constructor({ list, scroll, askEarlier }) {
    this.list = list;
    this.scroll = scroll;
    this.turn = new LiveTurn(this);
    this.#earlier = new Earlier({ list, ask: askEarlier });
    list.addEventListener("error", withoutPicture, true);
  }

  position() {
    return { seq: this.seq, ...this.turn.position() };
  }

  clear() {
    this.seq = 0;
    this.turn.remove();
    this.#earlier.begin({ messages: [], more: false });
    this.list.replaceChildren();
  }

  // What is shown after this equals what a fresh snapshot would show.
  restore(snapshot) {
    this.scroll.hold(() => {
      if (snapshot.whole) this.#begin(snapshot);
      else this.#earlier.again();
      for (const message of snapshot.messages) this.#place(message);
      if (snapshot.turn) this.turn.restore(snapshot.turn);
      else this.turn.remove();
      this.#settle();
      if (snapshot.failed) this.fail(snapshot.failed.text, snapshot.failed.retryable);
    }, snapshot.whole && this.seq === 0);
    this.seq = Math.max(this.seq, snapshot.seq);
  }

  // Returns whether there is something before what is shown, and it is on its way.
  askEarlier() {
    return this.#earlier.fetch();
  }

  // What `askEarlier` brought.
  prepend(event) {
    this.#earlier.prepend(event, () => {
      for (const message of event.messages) this.#place(message);
      this.#settle();
    });
  }

  // Returns true when the message had not been shown before.
  post(message) {
    this.seq = Math.max(this.seq, message.changed_seq);
    return this.scroll.hold(() => {
      const isNew = this.#place(message);
      this.#settle();
      return isNew;
    }, message.kind === "customer" && this.#pending(message.client_id) !== null);
  }

  complete(message) {
    return this.scroll.hold(() => {
      this.turn.remove();
      return this.post(message);
    });
  }

  expect(clientId, text) {
    const item = fromTemplate("pending-template");
    item.dataset.client = clientId;
    item.querySelector(".message__body").textContent = text;
    item.querySelector(".message__body").hidden = !text;
    this.scroll.hold(() => this.#append(item), true);
    return item;
  }

  fail(text, retryable) {
    this.scroll.hold(() => {
      this.turn.remove();
      this.list.querySelector(".thread__item--failed")?.remove();
      const item = fromTemplate("failed-template");
      item.querySelector("[data-text]").textContent = text;
      item.querySelector("[data-action]").hidden = !retryable;
      this.#append(item);
    });
  }

  typing(text) {
    this.list.querySelector(".thread__item--typing")?.remove();
    if (!text) return;
    const item = fromTemplate("typing-template");
    item.querySelector("[data-text]").textContent = text;
    this.scroll.hold(() => this.#append(item));
  }

  isEmpty() {
    return this.list.querySelector("[data-id], .thread__item--pending") === null;
  }

  // Somebody has said something, and it is stored.
  hasWords() {
    return this.list.querySelector('[data-id]:not([data-kind="event"], [data-kind="log"])') !== null;
  }

  // What the newest message asks for, unless it is being answered.
  asks() {
    const waits = this.list.querySelector(".thread__item--pending") === null;
    const asking = waits && this.list.querySelector(":scope > [data-newest] [data-asks]");
    return asking ? asking.dataset.asks : "";
  }

  item(id) {
    return this.list.querySelector(`:scope > [data-id="${id}"]`);
  }

  #pending(clientId) {
    return clientId && this.list.querySelector(`:scope > [data-client="${clientId}"]:not([data-id])`);
  }

  #begin({ messages, earlier }) {
    this.#forgetAllBut(messages);
    this.#earlier.begin({ messages, more: earlier });
  }

  #place(message) {
    if (message.seq < this.#earlier.oldest) return this.#leaveOut(message);
    const shown = this.item(message.id);
    if (shown && Number(shown.dataset.changed) >= message.changed_seq) return false;
    const item = shown ?? this.#pending(message.client_id) ?? this.#insert(message);
    this.#fill(item, message);
    return !shown;
  }

  // It comes when what stands before it is shown.
  #leaveOut(message) {
    this.#pending(message.client_id)?.remove();
    return false;
  }

  #fill(item, message) {
    const focused = item.contains(document.activeElement) ? document.activeElement.dataset : null;
    // What a form asks for does not change, and what stands in it is the customer's.
    const form = item.querySelector(".chat-form[data-ready]");
    const written = form?.contains(document.activeElement) ? document.activeElement : null;
    const kept = [...item.querySelectorAll(":scope > .rating")];
    item.className = "thread__item";
    Object.assign(item.dataset, { id: message.id, seq: message.seq, changed: message.changed_seq });
    Object.assign(item.dataset, { kind: message.kind, at: message.created_at });
    // What is kept is never taken out, not even for a moment: whoever is writing in it would lose the place.
    for (const child of [...item.childNodes]) if (!kept.includes(child)) child.remove();
    const fresh = fromServer(message.html);
    if (form) fresh.querySelector(".chat-form")?.replaceWith(form);
    item.prepend(fresh);
    if (written) written.focus({ preventScroll: true });
    localTimes(item);
    nameZones(item);
    window.htmx?.process(item);
    if (focused?.action) this.#refocus(item, focused);
  }

  #refocus(item, { action, score, number }) {
    const same = [...item.querySelectorAll(`[data-action="${action}"]`)].find(
      (control) => control.dataset.score === score && control.dataset.number === number,
    );
    same?.focus();
  }

  #insert(message) {
    const item = document.createElement("li");
    const later = [...this.list.querySelectorAll(":scope > [data-seq]")].findLast(
      (other) => Number(other.dataset.seq) < message.seq,
    );
    const before = later ?? this.#earlier.item;
    if (before) before.after(item);
    else this.list.prepend(item);
    return item;
  }

  #append(item) {
    if (item.matches(".thread__item--turn, .thread__item--typing")) this.list.append(item);
    else (this.turn.item ?? this.list.querySelector(".thread__item--typing"))?.before(item);
    if (!item.isConnected) this.list.append(item);
  }

  showTurn(item) {
    this.#append(item);
  }

  #forgetAllBut(messages) {
    const wanted = new Set(messages.map((message) => String(message.id)));
    for (const item of this.list.querySelectorAll(":scope > [data-id]")) {
      if (!wanted.has(item.dataset.id)) item.remove();
    }
  }

  // After any change: day lines, the one answer that may be tried again, no stale failure.
  #settle() {
    const items = [...this.list.querySelectorAll(":scope > [data-id]")];
    const newest = items.findLast((item) => !["event", "log"].includes(item.dataset.kind));
    for (const item of items) item.toggleAttribute("data-newest", item === newest && !this.turn.item);
    for (const failed of this.list.querySelectorAll(".thread__item--failed")) {
      if (failed.nextElementSibling?.dataset.id || this.turn.item) failed.remove();
    }
    markDays(this.list);
  }
}
