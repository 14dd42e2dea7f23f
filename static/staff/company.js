// Who else has this conversation open, and who of them is writing.

import { byId } from "../chat/dom.js";
import { locale } from "../locale.js";

const FORGET_AFTER = 6_000; // ms without another sign: what is written is told every three seconds
const box = byId("company");
const names = new Intl.ListFormat(locale, { type: "conjunction" });

export class Company {
  #here = [];
  #writing = new Map(); // id → { name, what, timer }

  // Nobody is known to be there: the connection has gone.
  clear() {
    this.here({ people: [] });
  }

  here({ people }) {
    this.#here = people;
    const there = new Set(people.map(({ id }) => id));
    for (const id of this.#writing.keys()) if (!there.has(id)) this.#forget(id);
    this.#show();
  }

  writing({ id, name, what }) {
    this.#forget(id);
    const timer = setTimeout(() => this.wrote(id), FORGET_AFTER);
    this.#writing.set(id, { name, what, timer });
    this.#show();
  }

  // What they wrote is there; or they have stopped. Without an id: whoever it was.
  wrote(id) {
    for (const one of id ? [id] : [...this.#writing.keys()]) this.#forget(one);
    this.#show();
  }

  #forget(id) {
    clearTimeout(this.#writing.get(id)?.timer);
    this.#writing.delete(id);
  }

  #show() {
    const words = [...this.#writing.values()].map(writes);
    const others = this.#here.filter(({ id }) => !this.#writing.has(id)).map(({ name }) => name);
    if (others.length) words.push(looks(others));
    const text = words.join(" · ");
    box.toggleAttribute("data-writing", this.#writing.size > 0);
    if (box.textContent !== text) box.textContent = text;
  }
}

function writes({ name, what }) {
  const words = what === "note" ? gettext("%(name)s is writing a note…") : gettext("%(name)s is writing a reply…");
  return interpolate(words, { name }, true);
}

function looks(others) {
  const words = ngettext("%(names)s is looking at this", "%(names)s are looking at this", others.length);
  return interpolate(words, { names: names.format(others) }, true);
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-quicker-closes]")) byId("quicker").replaceChildren();
});
