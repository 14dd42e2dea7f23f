// One conversation as staff see it: the customer's thread, live, and a composer for replies and notes.

import { listenToActions } from "../chat/actions.js";
import { Composer } from "../chat/composer.js";
import { Connection, OFFLINE, ONLINE, socketUrl } from "../chat/connection.js";
import { byId, newId, say } from "../chat/dom.js";
import { Outbox } from "../chat/outbox.js";
import { Scroll } from "../chat/scroll.js";
import { Thread } from "../chat/thread.js";

const { conversation, note, csrf } = byId("conversation").dataset;
const scroll = new Scroll({ frame: byId("thread-frame"), pill: byId("new-answer") });
const askEarlier = (before) => connection.send({ type: "earlier", before });
const thread = new Thread({ list: byId("thread"), scroll, askEarlier });
const connection = new Connection({
  address: async () => ({ url: socketUrl(`/ws/staff/${conversation}/`), protocols: ["causerie.v1"] }),
  position: () => thread.position(),
});
const outbox = new Outbox({ send: (command) => connection.state === ONLINE && connection.send(command) });
const composer = new Composer({
  onSay: (text) => (mode() === "note" ? keepNote(text) : reply(text)),
  onStop: () => {},
  onTyping: () => mode() === "reply" && connection.send({ type: "typing" }),
});
let typingTimer = 0;
let shownState = 0;

const mode = () => document.querySelector("[name=mode]:checked").value;

function reply(text) {
  const command = { type: "message", client_id: newId(), text };
  showWaiting(command);
  outbox.put(command);
}

function showWaiting(command) {
  const item = thread.expect(command.client_id, command.text);
  const words = connection.state === ONLINE ? gettext("Sending…") : gettext("Waiting for connection");
  item.querySelector("[data-status]").textContent = words;
}

async function keepNote(text) {
  const body = new URLSearchParams({ text, client_id: newId() });
  const kept = await fetch(note, { method: "POST", headers: { "X-CSRFToken": csrf }, body })
    .then((response) => response.ok)
    .catch(() => false);
  if (kept) return;
  composer.write(text);
  say(gettext("The note could not be saved. It is still here: try again."));
  byId("hint").textContent = gettext("The note could not be saved. It is still here: try again.");
}

function showState(seq) {
  if (seq <= shownState) return;
  shownState = seq;
  htmx.trigger("#head", "refresh");
}

function announce({ kind, id }) {
  scroll.offer();
  const words = thread.item(id).querySelector(".message__body, .event-line").textContent;
  if (kind !== "note") say(words.trim());
}

const handlers = {
  snapshot(event) {
    byId("loading")?.remove();
    thread.restore(event);
    for (const message of event.messages) outbox.take(message.client_id);
    if (shownState) showState(event.conversation.seq);
    shownState = event.conversation.seq;
    outbox.flush();
  },
  "messages.earlier": (event) => thread.prepend(event),
  "message.posted"({ message }) {
    outbox.take(message.client_id);
    if (message.kind === "customer") thread.typing("");
    if (thread.post(message)) announce(message);
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
  error({ text, client_id: clientId }) {
    const status = clientId && document.querySelector(`[data-client="${clientId}"] [data-status]`);
    if (status) status.textContent = text;
    say(text);
  },
};

connection.addEventListener("event", ({ detail }) => handlers[detail.type]?.(detail));
connection.addEventListener("state", ({ detail }) => {
  byId("connection").textContent = detail.state === OFFLINE ? gettext("Offline, trying again…") : "";
});

listenToActions(thread.list, {});

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-toggle-facts]");
  if (!control) return;
  const open = byId("conversation").toggleAttribute("data-facts");
  control.setAttribute("aria-expanded", String(open));
});

byId("composer").addEventListener("change", () => {
  byId("composer").dataset.mode = mode();
  byId("say").placeholder = byId("say").dataset[mode()];
  byId("hint").textContent = byId("hint").dataset[mode()];
  composer.focus();
});

composer.open(conversation);
for (const command of outbox.open(conversation)) showWaiting(command);
connection.open();
