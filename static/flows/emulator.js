// Talking to the draft: what it says, and beside each turn the steps it took, what it knows and why. Nothing is
// stored: the conversation's state goes to the server and back, signed.

import { sampleOf } from "./brought.js";
import { button, fromServer, h, icon, iconButton, newId, tell } from "./dom.js";
import { languages, nodeOf } from "./graph.js";
import { check, line, select } from "./fields.js";
import { languageName } from "./text-field.js";
import { actionName } from "./known-actions.js";
import { stepLine } from "./words.js";
import { isComplete, linesOf, valuesOf } from "../chat/form.js";
import { Refused, ask, page } from "./server.js";
import { Scenario, keeping, notesOf } from "./scenario.js";
import { shownCards } from "./shown-cards.js";
import { locale } from "../locale.js";

const SLOW = 500; // ms after which it is said that something is under way

export class Emulator {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store, scenario: new Scenario(), state: "", busy: false, trail: [], ended: true });
    this.thread = h("ol", { class: "try__thread", "aria-label": gettext("Conversation"), "aria-live": "polite", tabindex: "0" });
    this.facts = h("div", { class: "try__facts", tabindex: "0", role: "group", "aria-label": gettext("What it knows") });
    this.field = h("input", { class: "field__control field__control--small", type: "text", "aria-label": gettext("What the customer says"), placeholder: gettext("What the customer says"), maxlength: 4000, autocomplete: "off", id: newId("try") });
    const form = h("form", { class: "try__form", onsubmit: (event) => this.submit(event) }, this.field, h("button", { class: "icon-button", "aria-label": gettext("Send"), title: gettext("Send") }, icon("send")));
    this.language = h("span", {});
    this.element = h("div", { class: "try" },
      h("div", { class: "try__head" }, h("h2", { class: "panel__title" }, gettext("Try it")), this.language, button(gettext("Start"), () => this.start(), { icon: "play", small: true, kind: "button button--small", "data-at": "try.start" })),
      this.suppose(), this.thread, this.facts, this.chips(), form, (this.kept = keeping(this)),
    );
    this.blank();
  }

  open() {
    const known = languages(this.store.graph);
    this.speaks = known.includes(this.speaks) ? this.speaks : this.store.language;
    this.showLanguages();
    this.mark();
  }

  // Those of the flow, and the one that the customer's last words were in.
  showLanguages() {
    const offered = [...new Set([...languages(this.store.graph), this.speaks])].map((each) => [each, languageName(each)]);
    this.language.replaceChildren(select(this.speaks, offered, (next) => (this.speaks = next), { "aria-label": gettext("The customer’s language") }));
  }

  // The assistant answers in the language that it is written to.
  follow(language) {
    if (language === (this.speaks ?? language)) return;
    this.speaks = language;
    this.showLanguages();
    this.note(interpolate(gettext("Read as %s: answered in it."), [languageName(language)]), "languages");
  }

  blank() {
    this.thread.replaceChildren(h("li", { class: "try__none" }, gettext("Talk to the draft as a customer would: press Start, or write what begins it. Nothing is stored, and no action is run.")));
    this.facts.replaceChildren();
  }

  // As whom, and when: for the steps that look at the customer or the clock.
  suppose() {
    this.verified = check(gettext("The customer is verified"), false, () => this.showSupposed());
    this.at = line("", () => this.showSupposed(), { type: "datetime-local", "aria-label": gettext("Day and hour"), title: gettext("Empty: now") });
    this.supposed = h("summary", {});
    this.showSupposed();
    const at = h("div", { class: "try__when" }, h("label", { class: "field__label", for: (this.at.id = newId("try")) }, gettext("Day and hour")), this.at, iconButton("x", gettext("Now"), () => this.now()));
    return h("details", { class: "try__supposed" }, this.supposed, h("div", { class: "try__suppose" }, this.verified, at));
  }

  now() {
    this.at.value = "";
    this.showSupposed();
  }

  showSupposed() {
    const who = this.verified.querySelector("input").checked ? gettext("As a verified customer") : gettext("As anybody");
    const when = this.at.value ? new Date(this.at.value).toLocaleString(locale, { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }) : gettext("now");
    this.supposed.replaceChildren(icon("user-round", "icon--small"), `${who} · ${when}`);
  }

  // What a customer may do at any moment, whatever is asked.
  chips() {
    const chip = (label, event) => button(label, () => this.send(event, label), { kind: "chip" });
    return h("div", { class: "try__chips", role: "group", "aria-label": gettext("The customer…") },
      h("span", { class: "field__hint", "aria-hidden": "true" }, gettext("The customer…")),
      chip(gettext("cancels"), { does: "cancel" }),
      chip(gettext("asks something else"), { does: "question" }),
      chip(gettext("wants a person"), { does: "person" }),
      chip(gettext("sends a picture"), { sends: "picture" }),
      chip(gettext("sends a document"), { sends: "document" }),
    );
  }

  start() {
    this.state = "";
    this.trail = [];
    this.thread.replaceChildren();
    this.send({ start: true });
  }

  submit(event) {
    event.preventDefault();
    const said = this.field.value.trim();
    if (!said || this.busy) return;
    this.field.value = "";
    this.say(said);
  }

  say(words) {
    if (this.busy) return;
    if (!this.state) this.thread.replaceChildren();
    this.bubble("customer", words);
    return this.send({ say: words });
  }

  async send(event, doing = "") {
    if (this.busy) return;
    if (doing && !this.state) return tell(gettext("Start the conversation first."));
    this.busy = true;
    if (!this.state) this.scenario.begin({ graph: this.store.graph, language: this.speaks, notes: notesOf(this.supposing()) });
    if (doing) this.note(`${gettext("The customer…")} ${doing}`, "user-round");
    for (const each of this.thread.querySelectorAll(".try__buttons button, .deck button")) each.disabled = true;
    for (const each of this.thread.querySelectorAll(".try__filled")) each.remove();
    const slow = setTimeout(() => this.note(gettext("Reading…"), "loader-circle", "try__note--slow"), SLOW);
    try {
      const said = await ask("POST", page("try/"), { graph: this.store.graph, state: this.state, language: this.speaks ?? this.store.language, event, ...this.supposing() });
      this.settle(slow);
      this.take(said);
      this.scenario.note(event, said);
      this.kept.hidden = this.scenario.isEmpty;
    } catch (error) {
      this.settle(slow);
      const words = error instanceof Refused ? error.message : gettext("The server could not be reached. Check your connection, then try again.");
      this.note(words, "circle-alert", "try__note--wrong");
    } finally {
      this.busy = false;
    }
  }

  supposing() {
    return { verified: this.verified.querySelector("input").checked, at: this.at.value };
  }

  settle(slow) {
    clearTimeout(slow);
    this.thread.querySelector(".try__note--slow")?.remove();
  }

  take(said) {
    this.state = said.state;
    this.here = said.at;
    for (const each of said.heard) this.why(each);
    this.follow(said.language);
    for (const effect of said.effects) this[`on_${effect.kind}`]?.(effect);
    this.trail = said.at ? said.trail : [...this.trail, ...said.trail];
    if (said.form) this.showForm(said.form);
    this.showFacts(said);
    this.mark();
    this.thread.scrollTop = this.thread.scrollHeight;
  }

  on_say({ html, buttons, cards = [] }) {
    const bubble = this.bubble("assistant", fromServer(html));
    bubble.firstChild.hidden = !html;
    if (cards.length) bubble.append(shownCards(cards, (words) => this.say(words)));
    if (!buttons.length) return;
    const row = buttons.map((each) => button(each.label, () => this.say(each.value), { kind: "chip" }));
    bubble.append(h("div", { class: "try__buttons" }, row));
  }

  // As a customer gets it; it can be sent until something else has been said.
  showForm(html) {
    const item = h("li", { class: "try__filled" }, fromServer(html));
    item.querySelector("form").addEventListener("submit", (event) => this.fill(event));
    this.thread.append(item);
  }

  fill(event) {
    event.preventDefault();
    const form = event.target;
    if (this.busy || !isComplete(form)) return;
    this.bubble("customer", linesOf(form) || "–");
    this.send({ form: valuesOf(form) });
  }

  on_do({ action, given }) {
    const sample = sampleOf(action, this.editor.store.graph);
    const data = h("textarea", { class: "field__control field__control--small mono", rows: sample ? 4 : 2, "aria-label": gettext("What it brings, as JSON"), placeholder: '{"status": "on its way"}', value: sample ? JSON.stringify(sample, null, 1) : "" });
    const small = (words, example) => h("input", { class: "field__control field__control--small", "aria-label": words, placeholder: example, maxlength: 200 });
    const error = small(gettext("Why it fails, as a code"), gettext("If it fails: the code, such as taken"));
    const message = small(gettext("Why it fails, in words"), gettext("If it fails: what the customer is told"));
    const went = (ok) => {
      let brought = null;
      try {
        brought = data.value.trim() ? JSON.parse(data.value) : null;
      } catch {
        data.setAttribute("aria-invalid", "true");
        return tell(gettext("This is no JSON."));
      }
      this.send({ acted: { ok, data: brought, error: error.value.trim(), message: message.value.trim() } });
    };
    const name = actionName(action) || gettext("An action without a name");
    this.offer(interpolate(gettext("Would do: %s"), [name]), "zap", [
      h("pre", { class: "try__given" }, Object.entries(given).map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join("\n") || gettext("with nothing")),
      data, error, message,
      h("div", { class: "try__buttons" }, button(gettext("It worked"), () => went(true), { kind: "chip" }), button(gettext("It failed"), () => went(false), { kind: "chip" })),
    ]);
  }

  on_answer({ question }) {
    this.offer(interpolate(gettext("Would answer from the knowledge: “%s”"), [question]), "book-open", [
      h("div", { class: "try__buttons" },
        button(gettext("It has an answer"), () => this.send({ answered: true }), { kind: "chip" }),
        button(gettext("It has none"), () => this.send({ answered: false }), { kind: "chip" })),
    ]);
  }

  // No flow is concerned, so nothing of the draft depends on the answer.
  on_informed({ question, buttons }) {
    const offers = buttons.map((each) => button(each.label, () => this.say(each.value), { kind: "chip" }));
    this.offer(interpolate(gettext("Would answer from the knowledge: “%s”"), [question]), "book-open", [
      offers.length ? h("p", { class: "field__hint" }, gettext("With an answer it offers:")) : "",
      offers.length ? h("div", { class: "try__buttons" }, offers) : "",
    ]);
  }

  on_handover({ text }) {
    this.note(text, "headset");
  }

  on_reached({ flow, node, title }) {
    const own = flow === this.store.graph.key ? nodeOf(this.store.graph, node) : null;
    const words = own ? stepLine(own, this.store.graph, this.store.language, this.editor.flows) : title;
    const go = () => this.editor.jump({ node });
    this.thread.append(h("li", { class: "try__step" }, icon("corner-down-right", "icon--small"), own ? h("button", { type: "button", class: "link-button", onclick: go }, words) : words));
  }

  on_over({ text }) {
    this.note(text, "flag");
  }

  offer(title, sign, parts) {
    this.thread.append(h("li", { class: "try__offer" }, h("p", { class: "try__offer-title" }, icon(sign, "icon--small"), title), ...parts));
  }

  bubble(who, content) {
    const bubble = h("li", { class: `try__said try__said--${who}` }, h("div", { class: "try__bubble" }, content));
    this.thread.append(bubble);
    this.thread.scrollTop = this.thread.scrollHeight;
    return bubble;
  }

  // What was understood, and by which means.
  why({ what, how, refused }) {
    const words = h("span", {}, h("span", { class: "try__what" }, what), how && ` · ${how}`);
    this.thread.append(h("li", { class: `try__note try__why ${refused ? "try__why--refused" : ""}` }, icon(refused ? "circle-alert" : "info", "icon--small"), words));
  }

  note(words, sign, extra = "") {
    this.thread.append(h("li", { class: `try__note ${extra}` }, icon(sign, "icon--small"), words));
    this.thread.scrollTop = this.thread.scrollHeight;
  }

  showFacts({ slots, flows, waiting }) {
    const rows = slots.map((slot) => h("div", {}, h("dt", {}, slot.label), h("dd", {}, slot.shown)));
    const stack = flows.map((each) => each.name).join(" › ");
    this.facts.replaceChildren(
      h("p", { class: "field__hint" }, [stack, waiting].filter(Boolean).join(" · ") || gettext("No flow is under way.")),
      rows.length ? h("dl", { class: "facts try__slots" }, rows) : "",
    );
  }

  // Where it stands and how it came there, on the canvas.
  mark() {
    const marks = new Map(this.trail.map((id) => [id, "walked"]));
    if (this.here) marks.set(this.here, "here");
    const walked = new Set(this.trail.slice(1).map((id, at) => `${this.trail[at]} ${id}`));
    this.editor.scene.mark(marks, walked);
    if (this.here) this.editor.scene.camera.reveal(this.editor.scene.placeOf(this.here) ?? this.editor.scene.all);
  }

  leave() {
    this.editor.scene.mark(new Map());
  }
}
