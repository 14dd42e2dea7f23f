// Messages that were sent and are not in the thread yet: what they wait for, and what becomes of a refused one.

import { ONLINE } from "./connection.js";
import { say } from "./dom.js";

// Refusals that pass: the message stays in the outbox and is sent again by itself.
const PASSING = new Set(["too_fast", "unavailable"]);

export class Pending {
  #thread;
  #outbox;
  #connection;
  #files = new Map(); // by client id: what went with a message

  constructor({ thread, outbox, connection }) {
    this.#thread = thread;
    this.#outbox = outbox;
    this.#connection = connection;
    connection.addEventListener("state", () => this.#tellAll());
  }

  // `files` goes with it; after a reload only how many there are is known.
  show(command, files = []) {
    const item = this.#thread.expect(command.client_id, command.text);
    this.#files.set(command.client_id, files);
    if (command.files?.length) item.querySelector("article").insertBefore(filesLine(command, files), item.querySelector(".message__status"));
    status(item).textContent = this.#words();
  }

  // Returns whether it was about a message here. One that can never be sent may be edited.
  refuse({ code, text, client_id: clientId }) {
    const item = clientId && this.#thread.list.querySelector(`.thread__item--pending[data-client="${clientId}"]`);
    if (!PASSING.has(code)) this.#outbox.take(clientId);
    if (!item) return false;
    if (!PASSING.has(code)) {
      item.classList.add("thread__item--refused");
      item.querySelector("[data-action=edit]").hidden = false;
    }
    status(item).textContent = text;
    say(text);
    return true;
  }

  // The words and the files of a refused message, which leaves the thread.
  takeBack(item) {
    const text = item.querySelector(".message__body").textContent;
    const files = this.#files.get(item.dataset.client) ?? [];
    item.remove();
    return { text, files };
  }

  #tellAll() {
    const waiting = ".thread__item--pending:not(.thread__item--refused)";
    for (const item of this.#thread.list.querySelectorAll(waiting)) status(item).textContent = this.#words();
  }

  #words() {
    return this.#connection.state === ONLINE ? gettext("Sending…") : gettext("Waiting for connection");
  }
}

function filesLine({ files: ids, text }, files) {
  const line = document.createElement("p");
  line.className = "message__files";
  const many = interpolate(ngettext("%s file", "%s files", ids.length), [ids.length]);
  line.textContent = files.map(({ name }) => name).join(", ") || many;
  return line;
}

const status = (item) => item.querySelector("[data-status]");
