// What was sent and is not acknowledged yet. It survives a reload, and is repeated until the server has it.

const REPEAT_EVERY = 6_000;

export class Outbox {
  #who;
  #key = "";
  #waiting = new Map();
  #send;

  // `send(command)` returns whether the command was handed to an open socket. `who` writes: what a customer
  // leaves unsent must never be sent by a member of staff in another tab of the same browser.
  constructor({ send, who }) {
    this.#send = send;
    this.#who = who;
    setInterval(() => this.flush(), REPEAT_EVERY);
  }

  // What was put before the conversation was known belongs to the first one that is opened.
  open(conversation) {
    const early = this.#key ? [] : [...this.#waiting];
    this.#key = `causerie:${this.#who}:outbox:${conversation}`;
    this.#waiting = new Map([...this.#kept(), ...early]);
    this.#keep((kept) => early.forEach(([name, command]) => kept.set(name, command)));
    return [...this.#waiting.values()];
  }

  // `name`: of a command without an id of its own, which waits here once however often it is put.
  put(command, name = command.client_id) {
    this.#waiting.set(name, command);
    this.#keep((kept) => kept.set(name, command));
    return this.#send(command);
  }

  has(name) {
    return this.#waiting.has(name);
  }

  // Returns the command, if it was waiting here.
  take(name) {
    const command = this.#waiting.get(name);
    if (this.#waiting.delete(name)) this.#keep((kept) => kept.delete(name));
    return command;
  }

  flush() {
    for (const command of this.#waiting.values()) {
      if (!this.#send(command)) return;
    }
  }

  #kept() {
    return new Map(JSON.parse(localStorage.getItem(this.#key) ?? "[]"));
  }

  // Another tab keeps what it has not sent in the same place: only our own part is changed.
  #keep(change) {
    if (!this.#key) return;
    const kept = this.#kept();
    change(kept);
    if (kept.size) localStorage.setItem(this.#key, JSON.stringify([...kept]));
    else localStorage.removeItem(this.#key);
  }
}
