// One file on its way to the server: tells how far it is, can be cancelled, and comes back after a lost
// connection. The same id each time, so that what has arrived is stored once.

import { newId } from "./dom.js";

const ATTEMPTS = 5;
const FIRST_WAIT = 1_000;
const BUSY = 503;
const EXPIRED = 401;

export const SENDING = "sending";
export const WAITING = "waiting"; // for the connection, or for its turn
export const DONE = "done";
export const LOST = "lost"; // until somebody tries again
export const REFUSED = "refused";

// Emits "change". `result` is what the server says of the file, `refusal` why it does not take it.
export class Upload extends EventTarget {
  #file;
  #address;
  #token;
  #request = null;
  #wake = null;
  #cancelled = false;
  #id = newId();
  state = SENDING;
  progress = 0;
  result = null;
  refusal = "";

  // `token(fresh)` gives the connect token, another one when the last has expired.
  constructor({ file, address, token }) {
    super();
    this.#file = file;
    this.#address = address;
    this.#token = token;
  }

  async start() {
    let expired = false;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { status, said } = await this.#send(expired).catch(() => ({ status: 0 }));
      if (this.#cancelled) return;
      if (status === 201) return this.#to(DONE, { result: said, progress: 1 });
      if (![0, BUSY, EXPIRED].includes(status)) return this.#to(REFUSED, { refusal: said?.text ?? "" });
      expired = status === EXPIRED;
      this.#to(WAITING, { progress: 0 });
      if (!expired) await this.#pause(FIRST_WAIT * 2 ** attempt);
      if (this.#cancelled) return;
    }
    this.#to(LOST, {});
  }

  cancel() {
    this.#cancelled = true;
    this.#request?.abort();
    this.#wake?.();
  }

  async #send(fresh) {
    const token = await this.#token(fresh);
    this.#to(SENDING, {});
    return new Promise((resolve, reject) => {
      const request = (this.#request = new XMLHttpRequest());
      request.open("POST", this.#address);
      request.setRequestHeader("Authorization", `Bearer ${token}`);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.setRequestHeader("X-File-Name", encodeURIComponent(this.#file.name.slice(-120)));
      request.setRequestHeader("X-Client-Id", this.#id);
      request.upload.onprogress = ({ loaded, total }) => this.#to(SENDING, { progress: total ? loaded / total : 0 });
      request.onload = () => resolve({ status: request.status, said: read(request.responseText) });
      request.onerror = request.onabort = request.ontimeout = reject;
      request.send(this.#file);
    });
  }

  // Sooner when the browser says that it is online again.
  #pause(time) {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        window.removeEventListener("online", wake);
        resolve();
      };
      const timer = setTimeout(wake, time);
      this.#wake = wake;
      window.addEventListener("online", wake);
    });
  }

  #to(state, facts) {
    Object.assign(this, { state, ...facts });
    this.dispatchEvent(new Event("change"));
  }
}

// A proxy may answer with a page.
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
