// The customer's chat page: joins the pieces together.

import { listenToActions } from "./actions.js";
import { Asked } from "./asked.js";
import { Composer } from "./composer.js";
import { Connection, ONLINE, socketUrl } from "./connection.js";
import { byId, newId, say, spoken } from "./dom.js";
import { listenToEndings } from "./ending.js";
import { Forms } from "./forms.js";
import { Introduction } from "./introduction.js";
import { Outbox } from "./outbox.js";
import { Pending } from "./pending.js";
import { Picking } from "./picking.js";
import { askWhy } from "./rating.js";
import { Scroll } from "./scroll.js";
import { onOtherTab, openSession, tellOtherTabs } from "./session.js";
import { close as closeSources } from "./sources.js";
import { Standing } from "./standing.js";
import { Thread } from "./thread.js";
import { Transcript } from "./transcript.js";
import { Tray } from "./tray.js";

const scroll = new Scroll({ frame: byId("thread-frame"), pill: byId("new-answer") });
const askEarlier = (before) => connection.send({ type: "earlier", before });
const thread = new Thread({ list: byId("thread"), scroll, askEarlier });
const standing = new Standing();
const connection = new Connection({ address, position: () => thread.position() });
const outbox = new Outbox({
  who: "customer",
  send: (command) => connection.state === ONLINE && connection.send(withoutOurs(command)),
});
const pending = new Pending({ thread, outbox, connection });
const tray = new Tray({ token });
const picking = new Picking({ onFiles: (files) => tray.add(files) });
const composer = new Composer({
  who: "customer",
  tray,
  mayGo: () => introduction.lets(),
  onSay: (text, files) => sendMessage(text, files),
  onStop: () => connection.send({ type: "stop", turn: thread.turn.id }),
  onTyping: () => standing.withPerson && connection.send({ type: "typing" }),
});
const forms = new Forms({ list: thread.list, onSend: sendForm });
const asked = new Asked({ onPicked: (words) => composer.write(words) });
const transcript = new Transcript({ known: () => introduction.email });
const introduction = new Introduction({ outbox, connection, composer, standing, onDone: showSuggestions });
// Said while there was no connection, and not worth keeping beyond this page.
const later = [];
const HUMAN = "human"; // what the wish for a person is called in the outbox: it has no id of its own
let conversation = null;
let opened = null; // the session: its token opens the socket and lets files in
let renew = false;
let typingTimer = 0;

async function address() {
  const session = await openSession({ renew }).catch((error) => {
    standing.refusal = error.text ?? "";
    throw error;
  });
  opened = session;
  standing.refusal = "";
  if (renew) tellOtherTabs(session.conversation);
  renew = false;
  introduction.email = session.customer.email;
  if (session.conversation !== conversation) begin(session);
  else introduction.show(session.introduction);
  return { url: socketUrl(session.path), protocols: ["causerie.v1", session.token] };
}

// Another one where the last has expired: a page may stand open for days.
async function token(fresh) {
  if (!fresh && opened) return opened.token;
  const session = await openSession();
  if (session.conversation !== conversation) {
    connection.reopen(); // another page has begun another one: this one follows first
    throw new Error("another conversation");
  }
  opened = session;
  return opened.token;
}

function begin({ conversation: id, transcript: kept, introduction: asked }) {
  conversation = id;
  transcript.open(kept);
  thread.clear();
  closeSources();
  composer.open(id);
  const waiting = outbox.open(id);
  for (const command of waiting) {
    if ("text" in command) pending.show(command);
  }
  forms.open(id, waiting.filter(({ type }) => type === "form"));
  introduction.open(id, asked, waiting);
  standing.asking = outbox.has(HUMAN);
  showSuggestions();
}

function sendMessage(text, files = []) {
  const command = { type: "message", client_id: newId(), text };
  if (files.length) command.files = files.map(({ id }) => id);
  standing.refusal = "";
  pending.show(command, files);
  outbox.put(command);
  showSuggestions();
}

function sendForm(message, values, text) {
  const command = { type: "form", client_id: newId(), message, values, text };
  standing.refusal = "";
  pending.show(command);
  outbox.put(command);
  // Where there is a keyboard, one goes on writing; on a touch screen that would bring one up.
  if (matchMedia("(pointer: fine)").matches) composer.focus();
  return command.client_id;
}

// The text of a form is what its customer sees until the server has said it in its own words.
function withoutOurs({ text, ...command }) {
  return command.type === "form" ? command : { ...command, text };
}

// The wish for a person is kept like a message, until the server says that a person has been asked for.
function askForPerson() {
  introduction.lets();
  standing.refusal = "";
  outbox.put({ type: "human" }, HUMAN);
  standing.asking = true;
}

function stand(view) {
  if (view.owner === "person" && view.status !== "resolved") outbox.take(HUMAN);
  standing.asking = outbox.has(HUMAN);
  standing.conversation = view;
}

// The answer to the wish for a person where nobody is there: a form to leave a message.
function answered(messages) {
  if (!messages.some(({ code }) => code === "nobody_there")) return;
  outbox.take(HUMAN);
  standing.asking = outbox.has(HUMAN);
}

function tell(command) {
  standing.refusal = "";
  if (connection.state !== ONLINE || !connection.send(command)) later.push(command);
}

function showSuggestions() {
  transcript.offered = thread.hasWords();
  introduction.settle(thread.hasWords());
  const suggestions = byId("suggestions");
  if (suggestions) suggestions.hidden = !thread.isEmpty() || introduction.bars;
}

const handlers = {
  snapshot(event) {
    thread.restore(event);
    for (const message of event.messages) outbox.take(message.client_id);
    answered(event.messages.slice(-1));
    stand(event.conversation);
    outbox.flush();
    for (const command of later.splice(0)) tell(command);
  },
  "messages.earlier": (event) => thread.prepend(event),
  "message.posted"({ message }) {
    outbox.take(message.client_id);
    answered([message]);
    if (message.kind === "person") thread.typing("");
    if (thread.post(message)) announce(message);
  },
  "turn.started": (event) => thread.turn.begin(event),
  "turn.progress": (event) => thread.turn.progress(event),
  "turn.sources": (event) => thread.turn.reading(event),
  "turn.delta": (event) => thread.turn.delta(event) || connection.resume(),
  "turn.completed"({ message }) {
    if (thread.complete(message)) announce(message);
  },
  "turn.failed"({ text, retryable }) {
    thread.fail(text, retryable);
    say(text);
  },
  "turn.cancelled": ({ turn }) => thread.turn.id === turn && thread.turn.remove(),
  "conversation.changed"({ seq, conversation: view }) {
    thread.seq = Math.max(thread.seq, seq);
    stand(view);
  },
  typing({ who, name }) {
    if (who === "person") showTyping(name);
  },
  introduced: (event) => introduction.answered(event),
  error: (event) => (event.code === "questions_first" ? holdBack(event) : refuse(event)),
};

connection.addEventListener("event", ({ detail }) => {
  handlers[detail.type]?.(detail);
  composer.answering = thread.turn.id !== null;
  forms.settle();
  asked.kind = standing.withPerson ? "" : thread.asks();
  showSuggestions();
});
connection.addEventListener("state", ({ detail }) => {
  standing.connection = detail.state;
  document.body.dataset.connection = detail.state;
});

function announce({ kind, id }) {
  if (kind === "customer" || kind === "note") return;
  scroll.offer();
  const item = thread.item(id);
  const who = item.querySelector(".message__who")?.textContent ?? "";
  say(`${who} ${spoken(item)}`.trim());
}

function showTyping(name) {
  clearTimeout(typingTimer);
  thread.typing(interpolate(gettext("%(name)s is writing…"), { name }, true));
  typingTimer = setTimeout(() => thread.typing(""), 6_000);
}

// Something is asked first: what was sent goes back to where it was written.
function holdBack({ client_id: id }) {
  outbox.take(id ?? HUMAN);
  standing.asking = outbox.has(HUMAN);
  const item = id && thread.list.querySelector(`[data-client="${id}"]`);
  if (item) putBack(item);
  introduction.hold();
}

function putBack(item) {
  const { text, files } = pending.takeBack(item);
  composer.putBack(text);
  tray.putBack(files);
  showSuggestions();
}

function refuse(event) {
  const shown = pending.refuse(event);
  if (!outbox.has(event.client_id)) {
    forms.refused(event.client_id);
    if (introduction.refused(event.client_id)) connection.reopen();
  }
  if (shown) return;
  if (event.code === "not_found" && !event.client_id) outbox.take(HUMAN);
  standing.asking = outbox.has(HUMAN);
  standing.refusal = event.text;
}

listenToActions(thread.list, {
  rate(item, control) {
    const rating = { type: "rate", message: Number(item.dataset.id), score: Number(control.dataset.score) };
    tell(rating);
    const send = (why) => tell({ ...rating, ...why });
    askWhy({ item, control, score: rating.score, email: introduction.email, send });
  },
  retry: () => tell({ type: "retry", client_id: newId() }),
  choose(item, control) {
    const option = Number(control.dataset.option);
    standing.refusal = "";
    outbox.put({ type: "choose", client_id: newId(), message: Number(item.dataset.id), option });
  },
  attach: (item, control) => picking.open(control.dataset.accept),
  edit(item) {
    putBack(item);
    composer.focus();
  },
});

listenToEndings(thread.list, tell);
byId("suggestions")?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-say]");
  if (!button || !introduction.lets()) return;
  sendMessage(button.dataset.say);
  composer.focus();
});
byId("person").addEventListener("click", () => {
  if (introduction.bars && !introduction.lets()) return;
  connection.resume(); // hours go by while a page stands open
  byId("person-dialog").showModal();
});
byId("person-dialog").addEventListener("close", ({ target }) => {
  if (target.returnValue === "ask") askForPerson();
  target.returnValue = "";
});
byId("new-conversation").addEventListener("click", () => {
  renew = true;
  connection.reopen();
  composer.focus();
});
onOtherTab((id) => id !== conversation && connection.reopen());
connection.open();
