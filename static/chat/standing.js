// How things stand, in words: the connection, who answers, what happens next, what could not be done.

import { byId } from "./dom.js";
import { CONNECTING, OFFLINE, ONLINE, REFUSED } from "./connection.js";
import { showPeople } from "./people.js";

export class Standing {
  #connection = CONNECTING;
  #conversation = { owner: "assistant", status: "open", person: "", notice: "" };
  #asking = false;
  #refusal = "";

  set connection(state) {
    this.#connection = state;
    this.#show();
  }

  set conversation(view) {
    this.#conversation = view;
    this.#show();
  }

  // A person has been asked for, and the server does not know yet.
  set asking(value) {
    this.#asking = value;
    this.#show();
  }

  // Why the last thing could not be done; shown until the customer does the next.
  set refusal(text) {
    this.#refusal = text;
    this.#show();
  }

  // Whoever has resolved the conversation talks to nobody any more.
  get withPerson() {
    return this.#conversation.owner === "person" && this.#conversation.status !== "resolved";
  }

  #show() {
    const { dot, words } = this.#header();
    byId("state-dot").dataset.state = dot;
    if (byId("state").textContent !== words) byId("state").textContent = words;
    // Whoever has a person to talk to cannot have the assistant try again.
    document.body.dataset.answers = this.withPerson ? "person" : "assistant";
    this.#showKind();
    this.#showNotice();
    this.#showPerson();
    showPeople(this.#conversation.people);
  }

  // By whom a message was left, the assistant goes on with: that one waits for nobody here.
  get #awaited() {
    return this.#conversation.status === "waiting" && this.#conversation.owner === "person";
  }

  // Who answers now; nobody does while a person is awaited, which the words beside it say.
  #showKind() {
    const words = this.withPerson ? gettext("A person") : gettext("AI assistant");
    byId("kind").hidden = this.#awaited;
    if (byId("kind").textContent !== words) byId("kind").textContent = words;
  }

  #header() {
    const { person } = this.#conversation;
    if (this.#connection === OFFLINE) return { dot: "offline", words: gettext("Offline") };
    if (this.#connection === REFUSED) return { dot: "offline", words: gettext("Not connected") };
    if (this.#connection !== ONLINE) return { dot: "connecting", words: gettext("Connecting…") };
    if (this.#awaited) return { dot: "waiting", words: gettext("Waiting for a person") };
    if (this.withPerson) return { dot: "person", words: joined(person) };
    return { dot: "online", words: gettext("Online") };
  }

  #showNotice() {
    const notice = byId("notice");
    const words = this.#noticeWords();
    const cut = this.#connection === OFFLINE || this.#connection === REFUSED;
    notice.hidden = !words;
    notice.classList.toggle("notice--warning", cut || Boolean(this.#refusal));
    if (notice.textContent !== words) notice.textContent = words;
  }

  #noticeWords() {
    if (this.#refusal) return this.#refusal;
    if (this.#connection === OFFLINE) {
      return gettext("You are offline. What you write is kept here and sent when you are back.");
    }
    if (this.#connection === REFUSED) {
      return gettext("This conversation could not be opened. Load the page again, or start a new conversation.");
    }
    return this.#conversation.notice;
  }

  #showPerson() {
    const words = this.#personWords();
    byId("person").disabled = Boolean(words);
    byId("person-label").textContent = words || gettext("Talk to a person");
  }

  // Why nobody can be asked for just now; nothing when somebody can.
  #personWords() {
    const { person } = this.#conversation;
    if (this.#awaited) return gettext("A person has been asked for");
    if (this.withPerson && person) return interpolate(gettext("You are talking to %(name)s"), { name: person }, true);
    if (this.withPerson) return gettext("You are talking to a person");
    return this.#asking ? gettext("Asking for a person…") : "";
  }
}

function joined(person) {
  if (!person) return gettext("A person has joined");
  return interpolate(gettext("%(name)s has joined"), { name: person }, true);
}
