// What is wrong or missing, as the server sees it after each change: a list that leads to the step and field.

import { byId, h, icon } from "./dom.js";
import { stepLine } from "./words.js";
import { inLanguage, nodeOf } from "./graph.js";
import { ask, page } from "./server.js";

const AGAIN = 1500; // ms, while there are examples that were not looked at yet
const MOST_TIMES = 20;
const SIGNS = { error: "circle-alert", warning: "triangle-alert", hint: "info" };

export class Problems {
  constructor({ editor, found }) {
    Object.assign(this, { editor, found, given: found, foreseen: [] });
    this.count = byId("flow-problem-count");
  }

  show(given) {
    this.given = given;
    const found = [...given, ...this.foreseen].map((each) => this.placed(each));
    this.found = found;
    this.editor.scene.showProblems(found);
    this.editor.minimap?.draw();
    const errors = found.filter((each) => each.level === "error").length;
    this.count.textContent = String(found.length);
    this.count.hidden = !found.length;
    this.count.dataset.level = errors ? "error" : "warning";
    this.editor.inspector?.showProblems();
  }

  // What the examples would begin if this were published: asked for beside the rest, since it may take seconds.
  async lookAhead() {
    const asked = JSON.stringify([this.editor.store.graph.examples, this.editor.store.graph.name]);
    if (asked === this.asked || this.editor.store.readOnly) return;
    this.asked = asked;
    for (let times = 0; times < MOST_TIMES; times += 1) {
      const said = await ask("GET", page("examples/")).catch(() => null);
      if (!said || this.asked !== asked) break;
      if (said.known) {
        this.foreseen = said.problems;
        this.editor.showProblems(this.given);
        break;
      }
      await new Promise((done) => setTimeout(done, AGAIN));
    }
  }

  // What is wrong with a slot stands on the step that asks for it.
  placed(problem) {
    const [, slot, field] = problem.node ? [] : /^slots\.([a-z0-9_]+)\.?(.*)/.exec(problem.field) ?? [];
    const asking = slot && this.editor.store.graph.nodes.find((node) => (node.kind === "ask" && node.slot === slot) || node.slots?.includes(slot));
    if (asking?.slots) return { ...problem, node: asking.id, field: `slot.${field}`, at: asking.slots.indexOf(slot) };
    return asking ? { ...problem, node: asking.id, field: field.startsWith("choices") ? field : `slot.${field}` } : problem;
  }

  panel() {
    if (!this.found.length) {
      return h("div", { class: "blank" }, icon("circle-check", "blank__icon"), h("h2", { class: "blank__title" }, gettext("Nothing is wrong")), h("p", {}, gettext("Every step can be reached, says something and leads on.")));
    }
    return h("ul", { class: "problems" }, this.found.map((each) => this.row(each)));
  }

  row(problem, { place = true } = {}) {
    const { store, flows } = this.editor;
    const node = nodeOf(store.graph, problem.node);
    const where = node ? stepLine(node, store.graph, store.language, flows) : problem.node || gettext("The flow");
    return h("li", {}, h("button", { type: "button", class: `problem problem--${problem.level}`, onclick: () => this.editor.jump(problem) },
      icon(SIGNS[problem.level] ?? "info", "icon--small"),
      h("span", { class: "problem__words" }, h("span", { class: "problem__text" }, problem.text), partOf(problem, node, store), place && h("span", { class: "problem__where" }, where)),
    ), problem.page && h("a", { class: "problem__page", href: problem.page, target: "_blank" }, opening(problem.code)));
  }
}

function opening(code) {
  if (code === "no_such_flow") return gettext("Open the flow");
  return code.startsWith("action") ? gettext("Open the action") : gettext("Look at it");
}

// Which of several texts of a step is meant, such as the words on one of its buttons.
function partOf({ field = "" }, node, { graph, language }) {
  const said = node && field in TEXTS ? TEXTS[field] : /^(options|choices)\.\d+/.test(field) && node ? buttonOf(field, node, graph, language) : "";
  return said && h("span", { class: "problem__where" }, said);
}

const TEXTS = { "slot.ask": gettext("Question"), "slot.label": gettext("What the answer is called"), "slot.reject": gettext("What is said when it is not understood"), confirm: gettext("Question before it is done") };

function buttonOf(field, node, graph, language) {
  const [list, at] = field.split(".");
  const each = (list === "options" ? node.options : graph.slots[node.slot]?.choices)?.[at];
  return each && interpolate(gettext("Button: %s"), [inLanguage(each.label, language) || each.value]);
}
