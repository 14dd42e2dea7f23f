// Where one writes: grows to six lines, Enter sends, Shift+Enter breaks, what is unsent survives a reload.

import { byId, say } from "./dom.js";

const TYPING_EVERY = 3_000;
const COUNT_FROM = 0.9;

export class Composer {
  #text = byId("say");
  #send = byId("send");
  #stop = byId("stop");
  #count = byId("count");
  #who;
  #key = "";
  #typedAt = 0;
  #answering = false;
  #tray;
  #most;
  #mayGo;

  // `who` writes: drafts of customers and of staff in one browser are kept apart. `tray` holds the files that go
  // with the message, where there may be any. `most()`: how many letters; `mayGo(text)`: false keeps it here.
  constructor({ who, onSay, onStop, onTyping, tray = null, most = () => byId("say").maxLength, mayGo = () => true }) {
    this.#who = who;
    this.#tray = tray;
    this.#most = most;
    this.#mayGo = mayGo;
    if (tray) tray.onChange = () => this.#refresh();
    this.onSay = onSay;
    this.onTyping = onTyping;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("keydown", (event) => this.#onKey(event));
    this.#text.addEventListener("input", () => this.#onInput());
    this.#stop?.addEventListener("click", onStop);
  }

  open(conversation) {
    this.#key = `causerie:${this.#who}:draft:${conversation}`;
    this.write(this.#text.value || localStorage.getItem(this.#key) || "");
    this.#tray?.open(conversation);
  }

  write(text) {
    this.#text.value = text;
    this.#refresh();
  }

  // What could not be sent, before what has been written meanwhile.
  putBack(text) {
    this.write([text, this.#text.value].filter(Boolean).join("\n"));
  }

  // What stands there, where something does.
  send() {
    this.#submit();
  }

  focus() {
    this.#text.focus();
  }

  set answering(value) {
    this.#answering = value;
    this.#refresh();
  }

  #onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #onInput() {
    this.#refresh();
    if (this.#text.value && Date.now() - this.#typedAt > TYPING_EVERY) {
      this.#typedAt = Date.now();
      this.onTyping();
    }
  }

  #submit() {
    const text = this.#text.value.trim();
    const files = this.#tray?.count ?? 0;
    if (!text && !files) return;
    if (files && !this.#tray.ready) return say(gettext("A file is still on its way. Please wait, or remove it."));
    if (!this.#mayGo(text)) return;
    this.write("");
    this.focus();
    this.onSay(text, files ? this.#tray.take() : []);
  }

  #refresh() {
    const text = this.#text.value;
    if (this.#key) this.#keep(text);
    this.#grow();
    const files = this.#tray?.count ?? 0;
    const stoppable = this.#answering && !text.trim() && !files && this.#stop !== null;
    const hadFocus = document.activeElement === (stoppable ? this.#send : this.#stop);
    this.#send.hidden = stoppable;
    this.#send.disabled = (!text.trim() && !files) || (files > 0 && !this.#tray.ready);
    if (this.#stop) this.#stop.hidden = !stoppable;
    if (hadFocus) this.focus();
    this.#showCount(text);
  }

  #keep(text) {
    if (text) localStorage.setItem(this.#key, text);
    else localStorage.removeItem(this.#key);
  }

  #grow() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }

  #showCount(text) {
    if (!this.#count) return;
    const most = this.#most();
    this.#count.hidden = text.length < most * COUNT_FROM;
    this.#count.textContent = this.#count.hidden ? "" : `${most - text.length}`;
  }
}
