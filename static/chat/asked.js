// What the assistant has just asked for, where the browser can help to say it: a calendar for a day, the right
// keyboard for an address or a number. What is picked is written into the message, and can be changed there.

import { byId } from "./dom.js";

const FIELDS = { date: "date", moment: "datetime-local", time: "time" };
const KEYBOARDS = { email: "email", phone: "tel", number: "decimal" };
const AUTOFILL = { email: "email", phone: "tel" };
const LABELS = {
  date: () => gettext("Pick the day, or write it"),
  moment: () => gettext("Pick the day and time, or write them"),
  time: () => gettext("Pick the time, or write it"),
};

export class Asked {
  #kind = "";
  #text = byId("say");
  #part = byId("asked");
  #field = byId("asked-field");

  // `onPicked(words)`
  constructor({ onPicked }) {
    this.#field.addEventListener("change", () => this.#field.value && onPicked(this.#words()));
  }

  // "" for nothing that is better given otherwise.
  set kind(value) {
    if (value === this.#kind) return;
    this.#kind = value;
    this.#text.inputMode = KEYBOARDS[value] ?? "";
    this.#text.autocomplete = AUTOFILL[value] ?? "off";
    this.#part.hidden = !(value in FIELDS);
    this.#field.value = "";
    if (this.#part.hidden) return;
    this.#field.type = FIELDS[value];
    byId("asked-label").textContent = LABELS[value]();
  }

  // As somebody would write it: the server reads words.
  #words() {
    if (this.#kind === "time") return this.#field.value;
    const [day, time] = this.#field.value.split("T");
    const { lang } = document.documentElement;
    const written = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00Z`));
    const shown = lang === "fr" ? written.replace(/^1 /, "1er ") : written;
    return time ? interpolate(gettext("%(day)s at %(time)s"), { day: shown, time }, true) : shown;
  }
}
