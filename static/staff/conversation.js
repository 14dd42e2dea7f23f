// One conversation as staff see it: the customer's thread, live, and a composer for replies and notes.

import { listenToActions } from "../chat/actions.js";
import { Composer } from "../chat/composer.js";
import { Connection, ONLINE, socketUrl } from "../chat/connection.js";
import { byId, newId, say, spoken } from "../chat/dom.js";
import { Outbox } from "../chat/outbox.js";
import { Pending } from "../chat/pending.js";
import { Scroll } from "../chat/scroll.js";
import { Thread } from "../chat/thread.js";
import { Company } from "./company.js";
import { Notes } from "./notes.js";
import { listenToDraft, lookForDraft } from "./talk/draft.js";
import { Finding } from "./talk/finding.js";
import { seeMentions } from "./talk/mentions.js";
import { mayGo } from "./talk/places.js";
import "./talk/ready.js";
import { mode, most } from "./talk/writing.js";
import { tellState, tellTrouble } from "./trouble.js";

const { conversation, note, me } = byId("conversation").dataset;
const who = `staff-${me}`; // of two people at one desk, neither finds or sends the other's words
const scroll = new Scroll({ frame: byId("thread-frame"), pill: byId("new-answer") });
const askEarlier = (before) => connection.send({ type: "earlier", before });
const thread = new Thread({ list: byId("thread"), scroll, askEarlier });
const connection = new Connection({
  address: async () => ({ url: socketUrl(`/ws/staff/${conversation}/`), protocols: ["causerie.v1"] }),
  position: () => thread.position(),
});
const outbox = new Outbox({ who, send: (command) => connection.state === ONLINE && connection.send(command) });
const pending = new Pending({ thread, outbox, connection });
const composer = new Composer({
  who,
  onSay: (text) => (mode() === "note" ? notes.keep(text) : reply(text)),
  onStop: () => {},
  onTyping: () => connection.send({ type: "typing", what: mode() }),
  most,
  mayGo,
});
const notes = new Notes({ address: note, onLost: putBack });
const company = new Company();
const finding = new Finding({ thread, scroll });
let typingTimer = 0;
let shownState = 0;

function choose(name) {
  document.querySelector(`[name=mode][value=${name}]`).checked = true;
  byId("composer").dataset.mode = name;
  byId("say").placeholder = byId("say").dataset[name];
  hint();
}

// Where a colleague answers, what a reply does to that is said before it is sent.
function hint() {
  const { dataset } = byId("hint");
  byId("hint").textContent = (mode() === "reply" && byId("head").dataset.hint) || dataset[mode()];
}

function reply(text) {
  // Whoever answers instead by the time it arrives is let first: see handoff.py.
  const command = { type: "message", client_id: newId(), text, instead_of: Number(byId("head").dataset.answers) };
  pending.show(command);
  outbox.put(command);
}

// As a note, whatever has been chosen meanwhile: it must not go to the customer by the next Enter.
function putBack(text) {
  choose("note");
  composer.putBack(text);
}

function showState(seq) {
  if (seq <= shownState) return;
  shownState = seq;
  htmx.trigger("#head", "refresh");
  lookForDraft();
}

function announce({ kind, id }) {
  scroll.offer();
  if (kind !== "note") say(spoken(thread.item(id)));
}

const handlers = {
  snapshot(event) {
    byId("loading")?.remove();
    thread.restore(event);
    for (const message of event.messages) outbox.take(message.client_id);
    if (shownState) showState(event.conversation.seq);
    shownState = event.conversation.seq;
    outbox.flush();
    finding.look();
  },
  "messages.earlier"(event) {
    thread.prepend(event);
    finding.look();
  },
  "message.posted"({ message }) {
    outbox.take(message.client_id);
    if (message.kind === "customer") thread.typing("");
    if (message.kind === "customer") lookForDraft();
    if (message.kind === "person" || message.kind === "note") company.wrote();
    if (thread.post(message)) announce(message);
    if (message.kind === "note") seeMentions(thread.item(message.id), connection);
  },
  "turn.started": (event) => thread.turn.begin(event),
  "turn.progress": (event) => thread.turn.progress(event),
  "turn.sources": (event) => thread.turn.reading(event),
  "turn.delta": (event) => thread.turn.delta(event) || connection.resume(),
  "turn.completed": ({ message }) => thread.complete(message) && announce(message),
  "turn.failed": ({ text }) => thread.fail(text, false),
  "turn.cancelled": ({ turn }) => thread.turn.id === turn && thread.turn.remove(),
  "conversation.changed"({ seq, conversation: view }) {
    thread.seq = Math.max(thread.seq, seq);
    showState(view.seq);
  },
  typing({ who }) {
    if (who !== "customer") return;
    clearTimeout(typingTimer);
    thread.typing(gettext("The customer is writing…"));
    typingTimer = setTimeout(() => thread.typing(""), 6_000);
  },
  "people.here": (event) => company.here(event),
  "people.writing": (event) => company.writing(event),
  error: (event) => pending.refuse(event) || tellTrouble(event.text),
};

connection.addEventListener("event", ({ detail }) => handlers[detail.type]?.(detail));
connection.addEventListener("state", ({ detail }) => {
  tellState(byId("connection"), detail);
  if (detail.state !== ONLINE) company.clear();
});

listenToDraft({ choose, send: reply });

listenToActions(thread.list, {
  edit(item) {
    choose("reply");
    composer.putBack(pending.takeBack(item).text);
    composer.focus();
  },
});

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-toggle-facts]");
  if (!control) return;
  const open = byId("conversation").toggleAttribute("data-facts");
  control.setAttribute("aria-expanded", String(open));
});

// The button that was pressed may be gone: the keyboard goes on with the next thing to do.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "head") return;
  hint();
  if (document.activeElement === document.body) byId("next").focus();
});

const modeKey = `causerie:${who}:mode:${conversation}`; // a half-written note stays one after a reload
byId("composer").addEventListener("change", () => {
  choose(mode());
  localStorage.setItem(modeKey, mode());
  composer.focus();
});

if (localStorage.getItem(modeKey) === "note") choose("note");
composer.open(conversation);
for (const command of outbox.open(conversation)) pending.show(command);
connection.open();
