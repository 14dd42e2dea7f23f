// What customers did with a version: numbers on its steps and lines, and beside the canvas the same in words, with
// the conversations behind each number.

import { button, h, icon, root, tell } from "./dom.js";
import { select } from "./fields.js";
import { levelOf } from "./figures.js";
import { nodeOf, readingOrder } from "./graph.js";
import { ask, page } from "./server.js";
import { stepLine } from "./words.js";

const language = document.documentElement.lang;
const whole = new Intl.NumberFormat(language);
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
const IS = { published: gettext("customers get it"), trial: gettext("on trial") };

export class Customers {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store, days: 30, version: "", said: null, shown: false });
    this.element = h("div", { class: "customers" });
  }

  async open() {
    this.shown = true;
    this.element.replaceChildren(this.title(), h("p", { class: "field__hint" }, gettext("Counting…")));
    try {
      this.said = await ask("GET", page(`customers/?days=${this.days}&version=${this.version}`));
    } catch (error) {
      if (!this.shown) return;
      return this.failed(error.message || gettext("The server could not be reached. Check your connection, then try again."));
    }
    if (!this.shown) return; // left meanwhile
    this.draw();
    if (this.said.graph) this.onCanvas();
  }

  failed(words) {
    this.element.replaceChildren(this.title(), h("p", { class: "field__error", role: "alert" }, words), button(gettext("Try again"), () => this.open(), { icon: "rotate-ccw", small: true, kind: "button button--small" }));
  }

  title() {
    return h("h2", { class: "panel__title" }, gettext("What customers do"));
  }

  get times() {
    return new Map(this.said?.steps?.map((step) => [step.node, step.times]) ?? []);
  }

  // --- on the canvas

  onCanvas() {
    const { editor, said } = this;
    const name = interpolate(ngettext("Version %s: what customers did in the last %s day", "Version %s: what customers did in the last %s days", said.days), [said.number, said.days]);
    editor.versions.show(said.graph, name, { focus: false, begin: true });
    const most = Math.max(1, ...said.steps.map((step) => step.times));
    const steps = said.steps.map(({ node, times }) => [node, { level: levelOf(times, most), text: whole.format(times), spoken: this.spoken(times) }]);
    const ways = said.ways.map(({ from, to, times }) => [`${from} ${to}`, { level: levelOf(times, most), text: whole.format(times) }]);
    editor.scene.showFigures({ steps: new Map(steps), ways: new Map(ways) });
    editor.steps.draw();
  }

  spoken(times) {
    if (!times) return gettext("no customer came here");
    return interpolate(ngettext("%s time", "%s times", times), [whole.format(times)]);
  }

  // Called when the panel shows something else, or the draft is gone back to.
  leave() {
    if (!this.shown) return;
    this.shown = false;
    this.said = null;
    this.editor.scene.showFigures(null);
    this.editor.versions.back();
  }

  // --- in words

  draw() {
    const { said } = this;
    if (!said.versions.length) {
      return this.element.replaceChildren(this.title(), this.blank(gettext("Nothing has been published yet"), gettext("Once customers get this flow, you see here how far they come in it, and where they leave.")));
    }
    const begun = this.total("begun");
    const parts = begun || said.steps.some((step) => step.times)
      ? [this.totals(), this.leaving(), this.never(), this.all()]
      : [this.blank(gettext("Nobody was here"), gettext("No customer began this version in this time. Choose another version or a longer time."))];
    this.element.replaceChildren(this.title(), this.choices(), ...parts, this.tests());
  }

  blank(title, words) {
    return h("div", { class: "blank" }, icon("user-round", "blank__icon"), h("h3", { class: "blank__title" }, title), h("p", {}, words));
  }

  choices() {
    const { said } = this;
    const periods = said.periods.map((days) => [String(days), interpolate(gettext("Last %s days"), [days])]);
    const versions = said.versions.map(({ number, is }) => [String(number), [interpolate(gettext("Version %s"), [number]), IS[is]].filter(Boolean).join(", ")]);
    const choose = (name) => (value) => {
      this[name] = value;
      this.open().then(() => this.element.querySelector(`[data-at="customers.${name}"]`)?.focus());
    };
    return h("div", { class: "customers__choices" },
      select(String(said.days), periods, choose("days"), { "aria-label": gettext("Time"), "data-at": "customers.days" }),
      select(String(said.number), versions, choose("version"), { "aria-label": gettext("Version"), "data-at": "customers.version" }),
    );
  }

  total(kind) {
    return this.said.totals.find((each) => each.kind === kind)?.times ?? 0;
  }

  totals() {
    const begun = this.total("begun");
    const rows = this.said.totals.filter(({ kind, times }) => times || ["begun", "done"].includes(kind));
    const share = (times, kind) => (begun && kind !== "begun" ? h("span", { class: "field__hint" }, percent.format(times / begun)) : "");
    return h("dl", { class: "facts customers__totals" }, rows.map(({ kind, text, times }) => h("div", {}, h("dt", {}, text), h("dd", {}, whole.format(times), " ", share(times, kind)))));
  }

  leaving() {
    const rows = this.byStep().map(([node, ways]) => h("li", { class: "customers__left" }, this.step(node), h("ul", { class: "customers__ways" }, ways.map((each) => h("li", { class: "customers__way" }, h("span", {}, each.text), this.behind(each))))));
    const none = h("p", { class: "field__hint" }, gettext("Nobody left before the end."));
    return this.section(gettext("Where people leave"), rows.length ? h("ol", { class: "customers__list" }, rows) : none);
  }

  // The ways in which people left, step by step: where most left comes first.
  byStep() {
    const steps = new Map();
    for (const each of this.said.leaving) steps.set(each.node, [...(steps.get(each.node) ?? []), each]);
    const sum = ([, ways]) => ways.reduce((all, each) => all + each.times, 0);
    return [...steps].sort((one, other) => sum(other) - sum(one));
  }

  never() {
    const unseen = this.said.steps.filter((step) => !step.times);
    if (!unseen.length) return this.section(gettext("Never reached"), h("p", { class: "field__hint" }, gettext("Every step was reached.")));
    return this.section(gettext("Never reached"), h("ul", { class: "customers__list" }, unseen.map(({ node }) => h("li", { class: "customers__row" }, this.step(node)))));
  }

  // The steps that no scenario took when it ran last.
  tests() {
    const { run, elsewhere, missed } = this.said.tests;
    const scenarios = h("a", { href: root.dataset.scenarios }, gettext("Scenarios"));
    const hint = (...words) => h("p", { class: "field__hint" }, ...words);
    const older = elsewhere ? hint(interpolate(ngettext("%s scenario walked another version when it ran last: run it again.", "%s scenarios walked another version when they ran last: run them again.", elsewhere), [elsewhere]), " ", scenarios) : "";
    if (!run) return this.section(gettext("Reached by no test"), older || hint(gettext("No scenario walks this version. One is a conversation as it should go, which can be run after each change."), " ", scenarios));
    const walked = hint(interpolate(ngettext("%s scenario walks this version.", "%s scenarios walk this version.", run), [run]));
    const list = h("ul", { class: "customers__list" }, missed.map((node) => h("li", { class: "customers__row" }, this.step(node))));
    return this.section(gettext("Reached by no test"), walked, older, missed.length ? list : hint(gettext("Every step was reached.")));
  }

  all() {
    const times = new Map(this.said.steps.map((step) => [step.node, step]));
    const order = readingOrder(this.said.graph).map((id) => times.get(id)).filter((step) => step?.times);
    const list = h("ol", { class: "customers__list" }, order.map((step) => h("li", { class: "customers__row" }, this.step(step.node), this.behind(step))));
    return h("details", { class: "fold" }, h("summary", { class: "fold__title" }, icon("chevron-right", "icon--small"), gettext("All steps")), h("div", { class: "fold__body" }, list));
  }

  section(title, ...content) {
    return h("section", { class: "customers__part" }, h("h3", { class: "group__title" }, title), ...content);
  }

  step(id) {
    const { graph } = this.said;
    const node = nodeOf(graph, id);
    const words = node ? stepLine(node, graph, this.store.language, this.editor.flows) : id;
    return h("div", { class: "customers__step" }, h("button", { type: "button", class: "link-button", onclick: () => this.go(id) }, words));
  }

  // The number, which leads to the conversations.
  behind({ times, line }) {
    const address = `${root.dataset.inbox}?${new URLSearchParams({ show: "all", step: line, days: this.said.days })}`;
    const said = interpolate(ngettext("%s time: show the conversations", "%s times: show the conversations", times), [whole.format(times)]);
    return h("a", { class: "customers__times", href: address, "aria-label": said, title: said }, whole.format(times));
  }

  go(id) {
    const { editor } = this;
    editor.store.select([id]);
    editor.inspector.panel.classList.remove("panel--open"); // where it lies above the canvas
    if (editor.view === "steps") return editor.steps.go(id);
    editor.scene.focus(id);
    tell(this.spoken(this.times.get(id) ?? 0));
  }
}
