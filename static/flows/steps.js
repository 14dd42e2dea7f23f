// The same flow as a list: for screen readers, small screens, and whoever prefers reading to drawing.

import { byId, h, icon, iconButton } from "./dom.js";
import { KINDS } from "./kinds.js";
import { nodeOf, readingOrder, ways } from "./graph.js";
import { endOf, kindLine, stepLine, titleOf, emptyWords, wayLabel } from "./words.js";

export class Steps {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store });
    this.list = byId("flow-steps");
    for (const type of ["graph", "language", "selection", "problems"]) this.store.addEventListener(type, () => this.draw());
  }

  get shown() {
    return this.editor.view === "steps";
  }

  draw() {
    if (!this.shown) return;
    const { graph } = this.store;
    const held = document.activeElement?.dataset?.step;
    const order = readingOrder(graph);
    const numbers = new Map(order.map((id, at) => [id, at + 1]));
    this.list.replaceChildren(...order.map((id) => this.row(nodeOf(graph, id), numbers)));
    if (held) this.list.querySelector(`[data-step="${CSS.escape(held)}"]`)?.focus();
    byId("flow-steps-none").hidden = order.length > 0;
  }

  row(node, numbers) {
    const { graph, language } = this.store;
    const { flows } = this.editor;
    const title = titleOf(node, graph, language, flows);
    const found = this.editor.problems.found.filter((each) => each.node === node.id);
    const chosen = this.store.selection.has(node.id);
    const line = stepLine(node, graph, language, flows);
    const pick = () => this.editor.edit(node.id);
    return h("li", { class: `step kind--${node.kind}${chosen ? " step--chosen" : ""}`, id: `step-${node.id}` },
      h("div", { class: "step__line" },
        h("span", { class: "step__number", "aria-hidden": "true" }, String(numbers.get(node.id))),
        h("button", { type: "button", class: "step__main", "data-step": node.id, "aria-current": chosen ? "step" : null, onclick: pick },
          h("span", { class: "kind-tile" }, icon(KINDS[node.kind].icon, "icon--small")),
          h("span", { class: "step__words" }, h("span", { class: "step__kind" }, kindLine(node, graph, language)), h("span", { class: title ? "step__title" : "step__title step__title--empty" }, title || emptyWords(node))),
        ),
        this.times(node.id),
        iconButton("plus", interpolate(gettext("Add a step after: %s"), [line]), (event) => this.after(node, event), { disabled: this.store.readOnly || !ways(node).length }),
        iconButton("trash-2", interpolate(gettext("Delete: %s"), [line]), () => this.drop(node), { disabled: this.store.readOnly }),
      ),
      this.ways(node, numbers),
      found.length ? h("ul", { class: "problems problems--step" }, found.map((each) => this.editor.problems.row(each, { place: false }))) : null,
    );
  }

  // How often customers came here, while that is looked at.
  times(id) {
    const { customers } = this.editor;
    if (!customers?.shown || !customers.said?.steps) return null;
    return h("span", { class: "step__times" }, customers.spoken(customers.times.get(id) ?? 0));
  }

  ways(node, numbers) {
    const { graph, language } = this.store;
    const rows = ways(node).map((way) => {
      const to = nodeOf(graph, way.target);
      const label = wayLabel(node, way.field, graph, language);
      const goal = to
        ? h("button", { type: "button", class: "link-button", onclick: () => this.go(to.id) }, `${numbers.get(to.id)}. ${stepLine(to, graph, language, this.editor.flows)}`)
        : h("span", { class: "field__hint" }, endOf(way.field));
      return h("li", { class: "step__way" }, h("span", { class: "step__way-name" }, label), h("span", { "aria-hidden": "true" }, "→"), goal);
    });
    return rows.length ? h("ul", { class: "step__ways" }, rows) : null;
  }

  go(id) {
    const goal = this.list.querySelector(`[data-step="${CSS.escape(id)}"]`);
    goal?.scrollIntoView({ block: "center" });
    goal?.focus();
  }

  after(node, event) {
    const box = event.currentTarget.getBoundingClientRect();
    this.editor.addAfter(node.id, [box.left - 200, box.bottom]);
  }

  drop(node) {
    this.store.select([node.id]);
    this.editor.keys.remove();
    (this.list.querySelector("[data-step]") ?? this.list).focus();
  }
}
