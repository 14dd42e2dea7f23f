// A conversation that is opened at a message, “#message-17”: what stands before it is fetched until it is there.

import { say } from "../../chat/dom.js";

const PLACE = /^#message-(\d+)$/;
const MARKED = 4_000; // milliseconds
const MOST_PAGES = 100; // that are asked for on the way back

export class Finding {
  #thread;
  #scroll;
  #wanted = "";
  #asked = 0;

  constructor({ thread, scroll }) {
    this.#thread = thread;
    this.#scroll = scroll;
    this.begin();
    window.addEventListener("hashchange", () => this.begin() && this.look());
  }

  // What the address names now.
  begin() {
    this.#wanted = PLACE.exec(window.location.hash)?.[1] ?? "";
    this.#asked = 0;
    return this.#wanted;
  }

  // After each page of messages: there it is, or further back.
  look() {
    if (!this.#wanted) return;
    const item = this.#thread.item(this.#wanted);
    if (item) this.#show(item);
    else if (this.#asked++ < MOST_PAGES && this.#thread.askEarlier()) return;
    else this.#giveUp();
    this.#wanted = "";
  }

  #show(item) {
    for (const fold of item.querySelectorAll("details.replaced")) fold.open = true;
    this.#scroll.to(item);
    item.classList.add("thread__item--sought");
    setTimeout(() => item.classList.remove("thread__item--sought"), MARKED);
    const message = item.querySelector(".message") ?? item;
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
  }

  #giveUp() {
    this.#scroll.toEnd();
    say(gettext("That message is not here any more."));
  }
}
