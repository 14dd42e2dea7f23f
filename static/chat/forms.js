// The form that is asked for now, in the thread: what is typed survives whatever happens to the page, and it is sent
// once, through the outbox like a message.

import { freeze, goToWrong, isComplete, linesOf, putBack, unmark, valuesOf } from "./form.js";

export class Forms {
  #list;
  #key = "";
  #sent = new Map(); // by client id: the message whose form was sent, until the server has it
  #awaits = false; // an answer to a form comes: where it is wrong, the keyboard goes there

  // `onSend(message, values, text)` returns the client id under which it was sent.
  constructor({ list, onSend }) {
    this.#list = list;
    list.addEventListener("submit", (event) => this.#submit(event, onSend));
    for (const type of ["input", "change"]) list.addEventListener(type, (event) => this.#changed(event));
  }

  open(conversation, waiting) {
    this.#key = `causerie:customer:form:${conversation}`;
    this.#sent = new Map(waiting.map((command) => [command.client_id, String(command.message)]));
    this.#awaits = false;
  }

  // It was refused for good: what stands in the form may be changed and sent again.
  refused(clientId) {
    this.#sent.delete(clientId);
    this.settle();
  }

  // After anything that may have brought another form, or drawn this one anew.
  settle() {
    const form = this.#live();
    if (!form) return this.#forgetAnswered();
    if (!("ready" in form.dataset)) this.#begin(form);
    freeze(form, [...this.#sent.values()].includes(form.dataset.form));
  }

  #live() {
    return this.#list.querySelector(":scope > [data-newest] .chat-form");
  }

  #begin(form) {
    form.dataset.ready = "";
    const { message, values = {} } = this.#kept();
    // After a question in between the same is asked for in another message.
    putBack(form, values, { over: message === form.dataset.form });
    if (this.#awaits && !isWriting()) goToWrong(form);
    this.#awaits = false;
  }

  // What was typed is not kept for ever where words have answered.
  #forgetAnswered() {
    if (this.#list.querySelector(":scope > [data-newest][data-kind=assistant]")) localStorage.removeItem(this.#key);
  }

  #submit(event, onSend) {
    const form = event.target.closest(".chat-form");
    if (!form) return;
    event.preventDefault();
    if ("sent" in form.dataset || !isComplete(form)) return;
    const id = onSend(Number(form.dataset.form), valuesOf(form), linesOf(form));
    this.#sent.set(id, form.dataset.form);
    this.#awaits = true;
    localStorage.removeItem(this.#key);
    freeze(form, true);
  }

  #changed(event) {
    const form = event.target.closest(".chat-form");
    if (!form || !this.#key) return;
    unmark(event.target);
    localStorage.setItem(this.#key, JSON.stringify({ message: form.dataset.form, values: valuesOf(form) }));
  }

  #kept() {
    return JSON.parse((this.#key && localStorage.getItem(this.#key)) || "{}");
  }
}

// Nobody who writes something else is taken away from it.
const isWriting = () => Boolean(document.activeElement?.matches("textarea") && document.activeElement.value);
