// The way back: the messages before those that are shown, fetched when one scrolls up to them or asks for them.

import { fromTemplate, say } from "./dom.js";

export class Earlier {
  #list;
  #frame;
  #ask;
  #asked = false;
  #reached;
  // No message before this number is shown, as long as there are any; 0: everything is.
  oldest = 0;
  item = null;

  // `ask(before)` returns whether the command was handed to an open socket.
  constructor({ list, ask }) {
    this.#list = list;
    this.#frame = list.closest(".thread-frame");
    this.#ask = ask;
    this.#reached = new IntersectionObserver((seen) => seen.at(-1).isIntersecting && this.fetch(), {
      root: this.#frame,
    });
  }

  // What is shown begins with `messages`; `more`: there are others before them.
  begin({ messages, more }) {
    this.#asked = false;
    this.oldest = more ? messages[0].seq : 0;
    if (more) this.#show();
    else this.#hide();
  }

  // The socket was lost, and what was asked for over it.
  again() {
    this.begin({ messages: [{ seq: this.oldest }], more: this.oldest > 0 });
  }

  // Add what was asked for, by `add`, and keep in view what is in view.
  prepend({ before, messages, earlier }, add) {
    if (before !== this.oldest) return;
    this.#keepPlace(() => {
      this.begin({ messages, more: earlier });
      add();
    });
    say(gettext("Earlier messages are shown."));
  }

  #show() {
    if (!this.item) {
      this.item = fromTemplate("earlier-template");
      this.item.firstElementChild.addEventListener("click", () => this.fetch());
    }
    if (this.#list.firstElementChild !== this.item) this.#list.prepend(this.item);
    this.#reached.unobserve(this.item);
    this.#reached.observe(this.item);
  }

  #hide() {
    if (!this.item) return;
    const focused = this.item.contains(document.activeElement);
    this.#reached.unobserve(this.item);
    this.item.remove();
    this.item = null;
    if (focused) this.#frame.focus({ preventScroll: true });
  }

  // Returns whether something is asked for: a lost socket asks again when it is back (`again`).
  fetch() {
    if (!this.#asked && this.oldest) this.#asked = this.#ask(this.oldest);
    return Boolean(this.#asked);
  }

  #keepPlace(change) {
    const anchor = this.#list.querySelector(":scope > [data-id]");
    const before = anchor?.getBoundingClientRect().top;
    this.#frame.style.overflowAnchor = "none"; // or the browser moves it too
    change();
    if (anchor) this.#frame.scrollTop += anchor.getBoundingClientRect().top - before;
    requestAnimationFrame(() => {
      this.#frame.style.overflowAnchor = "";
    });
  }
}
