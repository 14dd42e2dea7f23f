// What is asked before the chat, under the greeting. What is written there stays until the server has it; before
// what has to be answered is answered, nothing is sent, and what was written below waits where it was written.

import { byId, fromServer, newId, say } from "./dom.js";
import { freeze, goToWrong, isComplete, putBack, refuse, unmark, valuesOf } from "./form.js";

export class Introduction {
  #place = byId("introduction");
  #key = "";
  #html = "";
  #required = false;
  #sent = ""; // the id under which it was sent, until the server has said what became of it
  #held = false; // something was to be sent, and waits for the answers
  #outbox;
  #connection;
  #composer;
  #standing;
  email = ""; // of the customer, as far as it is known

  // `onDone()`: it was filled in, or passed over.
  constructor({ outbox, connection, composer, standing, onDone }) {
    this.#outbox = outbox;
    this.#connection = connection;
    this.#composer = composer;
    this.#standing = standing;
    this.onDone = onDone;
    this.#place.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!("sent" in this.#form.dataset) && isComplete(this.#form)) this.#finish(valuesOf(this.#form));
    });
    this.#place.addEventListener("click", ({ target }) => target.closest("[data-skip]") && this.#finish({}));
    for (const type of ["input", "change"]) this.#place.addEventListener(type, ({ target }) => this.#changed(target));
  }

  // `waiting` was sent before this page was loaded.
  open(conversation, asked, waiting) {
    this.#key = `causerie:customer:introduction:${conversation}`;
    this.#sent = waiting.find(({ type }) => type === "introduce")?.client_id ?? "";
    this.#held = false;
    this.#html = "";
    this.show(asked);
  }

  // `asked` as the session has it; null for nothing. What is asked already is not drawn anew: somebody may be writing.
  show(asked) {
    this.#required = asked?.required ?? false;
    const html = asked?.html ?? "";
    if (html !== this.#html || !html) this.#draw(html);
    this.settle();
    if (this.#held && this.bars) this.#standing.refusal = this.#form.dataset.first;
  }

  // Whether something has to be answered first.
  get bars() {
    return this.#required && this.#form !== null && !this.#sent;
  }

  // Whether what is written below may go. What stands here goes before it, as far as it is right.
  lets() {
    const form = this.#form;
    if (!form || this.#sent) return true;
    if (this.#required ? isComplete(form) : form.checkValidity()) this.#give(valuesOf(form));
    else if (this.#required) this.#hold();
    return !this.bars;
  }

  // The server has said that something has to be answered first.
  hold() {
    this.#held = true;
    if (this.bars) this.#hold();
    else this.#connection.reopen(); // it asks something that does not stand here yet
  }

  // What became of what was sent: `wrong` says of which field it was not right, and why.
  answered({ client_id: id, wrong }) {
    this.#outbox.take(id);
    if (id !== this.#sent) return;
    this.#sent = "";
    const form = this.#form;
    if (!form || !Object.keys(wrong).length) return this.#end();
    freeze(form, false);
    this.settle();
    if (!refuse(form, wrong)) this.#connection.reopen();
    else if (!isWriting()) goToWrong(form);
  }

  // Returns whether it was sent under this id. It was refused: what is asked now, the session says.
  refused(id) {
    if (!id || id !== this.#sent) return false;
    this.#sent = "";
    if (this.#form) freeze(this.#form, false);
    return true;
  }

  // `begun`: something has been said. Then nothing has to be answered any more, and what was passed over goes.
  settle(begun = false) {
    if (begun && this.bars) this.#end();
    const form = this.#form;
    this.#place.hidden = !form || Boolean(this.#sent) || (begun && !Object.keys(valuesOf(form)).length);
  }

  get #form() {
    return this.#place.querySelector("form");
  }

  #draw(html) {
    this.#html = html;
    this.#place.replaceChildren(fromServer(html));
    const form = this.#form;
    if (!form) return localStorage.removeItem(this.#key);
    putBack(form, JSON.parse(localStorage.getItem(this.#key) ?? "{}"), { over: true });
    if (this.#sent) freeze(form, true);
  }

  #changed(target) {
    unmark(target);
    localStorage.setItem(this.#key, JSON.stringify(valuesOf(this.#form)));
  }

  #hold() {
    this.#held = true;
    this.#standing.refusal = this.#form.dataset.first; // takes room, before a field is brought into view
    isComplete(this.#form); // says what is missing, and goes there
  }

  // What was held back goes now; else one goes on writing, or is told that one can.
  #finish(values) {
    const held = this.#held;
    const { thanks } = this.#form.dataset;
    this.#give(values);
    if (held) this.#composer.send();
    else say(thanks);
    this.onDone();
    // Where there is a keyboard, one goes on writing; on a touch screen that would bring one up.
    if (matchMedia("(pointer: fine)").matches) this.#composer.focus();
    else byId("main").focus();
  }

  #give(values) {
    this.#sent = newId();
    this.#held = false;
    this.email = values.email ?? this.email;
    this.#standing.refusal = "";
    this.#outbox.put({ type: "introduce", client_id: this.#sent, values });
    freeze(this.#form, true);
    this.settle();
  }

  #end() {
    this.#required = false;
    this.#draw("");
    this.settle();
  }
}

// Nobody who writes something else is taken away from it.
const isWriting = () => Boolean(document.activeElement?.matches("textarea") && document.activeElement.value);
