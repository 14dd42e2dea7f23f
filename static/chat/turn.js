// The answer being written: a line of progress, then its text as text, until the stored message replaces it.

import { fromTemplate } from "./dom.js";

// The server counts characters; JavaScript counts UTF-16 units.
const characters = (text) => Array.from(text);

export class LiveTurn {
  item = null;
  id = null;
  attempt = 0;
  shown = 0;

  constructor(thread) {
    this.thread = thread;
  }

  position() {
    return this.id === null ? {} : { turn: this.id, attempt: this.attempt, offset: this.shown };
  }

  begin({ turn, attempt }) {
    if (turn === this.id && attempt <= this.attempt) return;
    this.#show(turn);
    this.attempt = attempt;
    this.shown = 0;
    this.#text().textContent = "";
    this.#text().hidden = true;
  }

  restore(view) {
    this.begin({ turn: view.id, attempt: view.attempt });
    if (view.progress) this.progress({ turn: view.id, text: view.progress });
    this.delta({ turn: view.id, attempt: view.attempt, offset: view.offset, text: view.text });
  }

  progress({ turn, text }) {
    this.#show(turn);
    this.thread.scroll.hold(() => {
      this.item.querySelector("[data-progress]").textContent = text;
    });
  }

  reading({ turn, titles }) {
    if (turn !== this.id || !titles.length) return;
    const line = this.item.querySelector("[data-reading]");
    line.textContent = titles.join(" · ");
    line.hidden = false;
  }

  // Returns false when text before this delta is missing: the caller asks for it.
  delta({ turn, attempt, offset, text }) {
    if (turn === this.id && attempt < this.attempt) return true;
    if (turn !== this.id || attempt > this.attempt) this.begin({ turn, attempt });
    if (offset > this.shown) return false;
    if (text) this.#write(offset, text);
    return true;
  }

  remove() {
    this.item?.remove();
    this.item = null;
    this.id = null;
    this.attempt = 0;
    this.shown = 0;
  }

  // Whatever stood from `offset` on is replaced: after a restart the same words may come once more.
  #write(offset, text) {
    this.thread.scroll.hold(() => {
      this.item.querySelector(".progress").hidden = true;
      this.item.querySelector("[data-reading]").hidden = true;
      this.#text().hidden = false;
      if (offset < this.shown) this.#text().textContent = characters(this.#text().textContent).slice(0, offset).join("");
      this.#text().append(text);
      this.shown = offset + characters(text).length;
    });
  }

  #show(turn) {
    if (this.id === turn) return;
    this.remove();
    this.id = turn;
    this.item = fromTemplate("turn-template");
    this.thread.scroll.hold(() => this.thread.showTurn(this.item));
  }

  #text() {
    return this.item.querySelector("[data-text]");
  }
}
