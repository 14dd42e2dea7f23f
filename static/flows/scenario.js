// What is tried in the emulator, written down as a scenario: each turn with what was said to it. What cannot be
// said in one (a file, another day, a verified customer) becomes a note, so that nothing is lost in silence.

import { button, h, root, tell } from "./dom.js";
import { inLanguage } from "./graph.js";
import { Refused, ask } from "./server.js";

const MOST_LINES = 50; // evaluation/scripted.py
const BLOCKS = "p, li, td, th, h1, h2, h3, h4, pre";

export class Scenario {
  constructor() {
    this.begin({});
  }

  begin({ graph, language = "en", notes = [] }) {
    Object.assign(this, { graph, language, notes, turns: [], actions: {}, acting: "" });
  }

  get isEmpty() {
    return !this.turns.length;
  }

  // After each step that was taken: what the customer did, and what came of it.
  note(event, said) {
    this.#did(event);
    if (this.isEmpty) return;
    for (const effect of said.effects) this.#came(effect);
  }

  asScript(name) {
    const { language, notes, turns, actions } = this;
    return { name, language, notes, turns, actions };
  }

  #did({ start, say, form, does, sends, acted }) {
    if (start) this.#turn({ customer: this.#beginning() });
    else if (say !== undefined) this.#turn({ customer: say });
    else if (form !== undefined) this.#turn({ form });
    else if (does) this.#turn({ customer: wordsOf(does) });
    else if (sends) this.#remark(sends === "picture" ? gettext("Then the customer sent a picture; a scenario cannot.") : gettext("Then the customer sent a document; a scenario cannot."));
    else if (acted) this.actions[this.acting] = { ok: acted.ok, data: acted.data };
  }

  // What begins the flow, where it was begun by hand.
  #beginning() {
    const { examples, name, key } = this.graph;
    return examples?.[this.language]?.[0] || name?.[this.language] || key;
  }

  #turn(what) {
    this.turns.push({ ...what, expects: {}, notes: [] });
  }

  #remark(words) {
    (this.turns.at(-1)?.notes ?? this.notes).push(words);
  }

  #came({ kind, html = "", action, flow }) {
    const { expects } = this.turns.at(-1);
    if (kind === "say") for (const line of linesIn(html)) add(expects, "says", line);
    if (kind === "reached") expects.flow = flow;
    if (kind === "handover") expects.handoff = true;
    if (kind !== "do" || !action) return;
    this.acting = action;
    add(expects, "actions", action);
  }
}

function add(expects, name, line) {
  const lines = (expects[name] ??= []);
  if (!lines.includes(line) && lines.length < MOST_LINES) lines.push(line);
}

// Block by block: what stands between them is nobody's words.
function linesIn(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  const inner = [...read.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS));
  return inner.map((block) => block.textContent.trim().replaceAll(/\s+/g, " ")).filter(Boolean);
}

function wordsOf(does) {
  if (does === "cancel") return gettext("Forget it");
  return does === "person" ? gettext("I would like to talk to a person") : gettext("I have another question");
}

// What a scenario cannot suppose.
export function notesOf({ verified, at }) {
  return [verified && gettext("Tried as a verified customer."), at && interpolate(gettext("Tried as if it were %s."), [at])].filter(Boolean);
}

// The button below the conversation: what went well here can be run again after each change.
export function keeping(emulator) {
  const make = button(gettext("Make a scenario of this"), () => keep(emulator, make), { icon: "list-checks", small: true, kind: "button button--small" });
  return h("p", { class: "try__keep", hidden: true }, make);
}

async function keep(emulator, make) {
  make.disabled = true;
  try {
    const made = await ask("POST", root.dataset.scenarioOfTrial, { script: emulator.scenario.asScript(nameOf(emulator.store)) });
    const words = gettext("A scenario was made of it. It runs what is published.");
    emulator.note(h("span", {}, words, " ", h("a", { href: made.url }, gettext("Read and correct it"))), "list-checks");
    tell(words);
  } catch (error) {
    const words = error instanceof Refused ? error.message : gettext("The server could not be reached. Check your connection, then try again.");
    emulator.note(words, "circle-alert", "try__note--wrong");
  } finally {
    make.disabled = false;
  }
}

function nameOf({ graph, language }) {
  const flow = inLanguage(graph.name, language) || graph.key;
  const when = new Date().toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  return interpolate(gettext("%(flow)s, tried on %(when)s"), { flow, when }, true).slice(0, 200);
}
