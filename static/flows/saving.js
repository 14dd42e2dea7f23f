// The draft is saved by itself. What the server has not got yet is kept in the browser; whoever edits sees how it
// stands in one line, and decides when somebody else has changed the flow meanwhile.

import { byId, later, tell } from "./dom.js";
import { Refused, SignedOut, Unreached, ask, page } from "./server.js";
import { locale } from "../locale.js";

const WAIT = 700; // ms after the last change
const AGAIN = 5_000; // ms, while the server is not reached

export class Saving {
  constructor({ store, number, onProblems }) {
    Object.assign(this, { store, number, onProblems });
    this.key = `causerie:flow:${store.graph.key}`;
    this.saved = store.graph;
    this.running = false;
    this.stuck = false; // a conflict, or what cannot be read: nothing is sent until somebody has decided
    this.soon = later(WAIT, () => this.send());
    this.again = later(AGAIN, () => this.send());
    store.addEventListener("graph", () => this.changed());
    addEventListener("online", () => this.send());
    addEventListener("beforeunload", (event) => this.isBehind && this.stuck && event.preventDefault());
    addEventListener("pagehide", () => this.isBehind && this.keep());
    byId("flow-conflict").addEventListener("close", (event) => this.decide(event.target.returnValue));
  }

  // An earlier version that is looked at is nobody's change.
  get isBehind() {
    return !this.store.readOnly && this.store.graph !== this.saved;
  }

  changed() {
    if (this.store.readOnly) return;
    if (!this.isBehind && !this.running) return this.rest(); // undone again, before it was sent
    this.keep();
    if (!this.stuck || this.stuck === "unread") {
      this.say("waiting", gettext("Not saved yet"));
      this.soon();
    }
  }

  say(state, text, spoken = false) {
    const line = byId("flow-saved");
    line.dataset.state = state;
    line.querySelector("[data-text]").textContent = text;
    if (spoken) tell(text);
  }

  keep() {
    const kept = { graph: this.store.graph, seen: this.number, at: Date.now() };
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A full or forbidden store: the server still gets it.
    }
  }

  // What an earlier visit could not send, if there is any.
  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  async send() {
    if (this.running || !this.isBehind || this.store.readOnly || this.stuck === "conflict") return;
    this.running = true;
    const graph = this.store.graph;
    this.say("saving", gettext("Saving…"));
    try {
      const said = await ask("PUT", page("draft/"), { graph, seen: this.number });
      this.arrived(graph, said);
    } catch (error) {
      this.failed(error);
    } finally {
      this.running = false;
    }
    if (this.isBehind && !this.stuck) this.soon();
  }

  arrived(graph, said) {
    this.number = said.number;
    this.saved = graph;
    this.stuck = false;
    this.onProblems(said.problems);
    this.store.tell("saved", said);
    if (this.isBehind) return this.keep();
    const time = new Date().toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
    this.rest(interpolate(gettext("Saved at %s"), [time]));
  }

  // The server has all of it.
  rest(text = gettext("Saved")) {
    this.soon.cancel();
    this.again.cancel();
    localStorage.removeItem(this.key);
    this.stuck = false;
    this.say("saved", text);
  }

  failed(error) {
    if (error instanceof Unreached) {
      this.again();
      return this.say("offline", gettext("Offline: kept in this browser, sent later"), true);
    }
    if (error instanceof SignedOut) return this.say("offline", gettext("Kept in this browser until you have signed in"), true);
    if (!(error instanceof Refused)) throw error;
    if (error.status === 409) return this.conflict(error.said);
    this.stuck = "unread";
    this.onProblems(error.said.problems ?? []);
    this.say("failed", interpolate(gettext("Not saved: %s"), [error.message]), true);
  }

  conflict(said) {
    this.stuck = "conflict";
    this.theirs = said;
    this.say("failed", gettext("Not saved: somebody else has changed it"), true);
    const dialog = byId("flow-conflict");
    dialog.querySelector("[data-who]").textContent = said.error;
    dialog.showModal();
  }

  // "mine": over theirs, knowingly; "theirs": what I did is gone; else later.
  decide(wish) {
    if (wish === "mine") {
      this.number = this.theirs.number;
      this.stuck = false;
      return this.send();
    }
    if (wish === "theirs") {
      localStorage.removeItem(this.key);
      this.saved = this.store.graph;
      location.reload();
    }
  }

  // Everything is with the server when this is done; false where it is not.
  async settled() {
    this.soon.cancel();
    for (let tries = 0; this.running && tries < 100; tries++) await new Promise((done) => setTimeout(done, 50));
    await this.send();
    return !this.isBehind;
  }
}
