// One socket that always comes back. Emits "event" (what the server said) and "state" (how it stands).
//
// `address` gives { url, protocols } for the next attempt; `position` gives what the page has already shown,
// so that the server sends exactly what was missed; without it the socket only listens.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const PING_EVERY = 25_000;
const ANSWER_WITHIN = 10_000;
const CONNECT_WITHIN = 12_000;

export const CONNECTING = "connecting";
export const ONLINE = "online";
export const OFFLINE = "offline";
export const REFUSED = "refused";

// Close codes after which trying again cannot help: the page has to be loaded anew.
const FINAL = new Set([4403, 4404]);

export class Connection extends EventTarget {
  #address;
  #position;
  #socket = null;
  #failures = 0;
  #timers = new Map();
  #generation = 0;
  #closed = false;
  #parts = [];
  state = CONNECTING;

  constructor({ address, position = null }) {
    super();
    this.#address = address;
    this.#position = position;
    window.addEventListener("online", () => this.#hurry());
    window.addEventListener("offline", () => this.#lose());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#hurry();
    });
  }

  async open() {
    this.#stop("retry");
    const generation = ++this.#generation;
    this.#to(navigator.onLine ? CONNECTING : OFFLINE);
    try {
      const { url, protocols } = await this.#address();
      if (generation === this.#generation) this.#attach(new WebSocket(url, protocols));
    } catch (error) {
      if (generation === this.#generation) this.#fail(error);
    }
  }

  // Leave the present socket, if any, and connect afresh.
  reopen() {
    this.#drop();
    this.#failures = 0;
    return this.open();
  }

  // Whether the command has been handed to an open socket.
  send(command) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(command));
    return true;
  }

  close() {
    this.#closed = true;
    this.#drop();
  }

  resume() {
    this.send({ type: "resume", ...this.#position() });
  }

  #attach(socket) {
    this.#socket = socket;
    this.#after("connect", CONNECT_WITHIN, () => this.#lose());
    socket.onopen = () => {
      this.#stop("connect");
      this.#ping();
      if (this.#position) this.resume();
      else this.#standing();
    };
    socket.onmessage = (message) => this.#receive(JSON.parse(message.data));
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#ended(event.code);
    };
  }

  #receive(event) {
    this.#stop("silence");
    if (event.type === "reconnect") return this.#leave(event.after);
    if (event.type === "messages.part") return this.#parts.push(...event.messages);
    if (event.type === "snapshot") this.#standing();
    if (event.type !== "pong") this.dispatchEvent(new CustomEvent("event", { detail: this.#assembled(event) }));
  }

  // What came in several frames, as one.
  #assembled(event) {
    if (event.type !== "snapshot" && event.type !== "messages.earlier") return event;
    return { ...event, messages: [...this.#parts.splice(0), ...event.messages] };
  }

  #standing() {
    this.#failures = 0;
    this.#to(ONLINE);
  }

  #ping() {
    this.#after("ping", PING_EVERY, () => {
      this.#check();
      this.#ping();
    });
  }

  // A half-open connection looks alive: ask, and give up on it if nothing comes back.
  #check() {
    if (this.send({ type: "ping" })) this.#after("silence", ANSWER_WITHIN, () => this.#lose());
  }

  #hurry() {
    if (this.#closed || this.state === REFUSED) return;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#check();
    else if (!this.#socket) this.reopen();
  }

  // The server is going away: come back when it said, not all at the same moment.
  #leave(after) {
    this.#drop();
    this.#to(CONNECTING);
    this.#after("retry", after * 1000 * (0.5 + Math.random()), () => this.open());
  }

  #ended(code) {
    if (FINAL.has(code)) {
      this.#drop();
      this.#to(REFUSED, code);
    } else {
      this.#lose();
    }
  }

  #fail(error) {
    if (error.status === 403 || error.status === 404) this.#to(REFUSED, error.status);
    else this.#lose();
  }

  #lose() {
    this.#drop();
    if (this.#closed || this.state === REFUSED) return;
    this.#to(navigator.onLine && this.#failures < 2 ? CONNECTING : OFFLINE);
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++);
    this.#after("retry", Math.random() * longest, () => this.open());
  }

  #drop() {
    this.#generation++;
    this.#parts = [];
    for (const name of ["ping", "silence", "connect", "retry"]) this.#stop(name);
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  #to(state, code = 0) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, code } }));
  }

  #after(name, delay, action) {
    this.#stop(name);
    this.#timers.set(name, setTimeout(action, delay));
  }

  #stop(name) {
    clearTimeout(this.#timers.get(name));
  }
}

export function socketUrl(path) {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
