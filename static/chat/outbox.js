// What was sent and is not acknowledged yet. It survives a reload, and is repeated until the server has it.

const REPEAT_EVERY = 6_000;

export class Outbox {
  #key = "";
  #waiting = new Map();
  #send;

  // `send(command)` returns whether the command was handed to an open socket.
  constructor({ send }) {
    this.#send = send;
    setInterval(() => this.flush(), REPEAT_EVERY);
  }

  // What was put before the conversation was known belongs to the first one that is opened.
  open(conversation) {
    const early = this.#key ? [] : [...this.#waiting];
    this.#key = `causerie:outbox:${conversation}`;
    this.#waiting = new Map([...JSON.parse(localStorage.getItem(this.#key) ?? "[]"), ...early]);
    this.#keep();
    return [...this.#waiting.values()];
  }

  put(command) {
    this.#waiting.set(command.client_id, command);
    this.#keep();
    return this.#send(command);
  }

  // Returns the command, if it was waiting here.
  take(clientId) {
    const command = this.#waiting.get(clientId);
    if (this.#waiting.delete(clientId)) this.#keep();
    return command;
  }

  flush() {
    for (const command of this.#waiting.values()) {
      if (!this.#send(command)) return;
    }
  }

  #keep() {
    if (!this.#key) return;
    if (this.#waiting.size) localStorage.setItem(this.#key, JSON.stringify([...this.#waiting]));
    else localStorage.removeItem(this.#key);
  }
}
