// How things stand, in words: the connection, who answers, what happens next.

import { byId } from "./dom.js";
import { CONNECTING, OFFLINE, ONLINE, REFUSED } from "./connection.js";

export class Standing {
  #connection = CONNECTING;
  #conversation = { owner: "assistant", status: "open", person: "", notice: "" };

  connection(state) {
    this.#connection = state;
    this.#show();
  }

  conversation(view) {
    this.#conversation = view;
    this.#show();
  }

  get withPerson() {
    return this.#conversation.owner === "person";
  }

  get open() {
    return this.#conversation;
  }

  #show() {
    const { dot, words } = this.#header();
    byId("state-dot").dataset.state = dot;
    if (byId("state").textContent !== words) byId("state").textContent = words;
    this.#showNotice();
    this.#showPerson();
  }

  #header() {
    const { owner, status, person } = this.#conversation;
    if (this.#connection === OFFLINE) return { dot: "offline", words: gettext("Offline") };
    if (this.#connection === REFUSED) return { dot: "offline", words: gettext("Not connected") };
    if (this.#connection !== ONLINE) return { dot: "connecting", words: gettext("Connecting…") };
    if (status === "waiting") return { dot: "waiting", words: gettext("Waiting for a person") };
    if (owner === "person") return { dot: "person", words: joined(person) };
    return { dot: "online", words: gettext("Online") };
  }

  #showNotice() {
    const notice = byId("notice");
    const words = this.#noticeWords();
    notice.hidden = !words;
    notice.classList.toggle("notice--warning", this.#connection === OFFLINE || this.#connection === REFUSED);
    if (notice.textContent !== words) notice.textContent = words;
  }

  #noticeWords() {
    if (this.#connection === OFFLINE) {
      return gettext("You are offline. What you write is kept here and sent when you are back.");
    }
    if (this.#connection === REFUSED) {
      return gettext("This conversation could not be opened. Load the page again, or start a new conversation.");
    }
    return this.#conversation.notice;
  }

  #showPerson() {
    const { owner, status, person } = this.#conversation;
    const asked = owner === "person" || status === "waiting";
    byId("person").disabled = asked;
    byId("person-label").textContent = asked ? askedWords(status, person) : gettext("Talk to a person");
  }
}

function joined(person) {
  if (!person) return gettext("A person has joined");
  return interpolate(gettext("%(name)s has joined"), { name: person }, true);
}

function askedWords(status, person) {
  if (status === "waiting") return gettext("A person has been asked for");
  if (!person) return gettext("You are talking to a person");
  return interpolate(gettext("You are talking to %(name)s"), { name: person }, true);
}
