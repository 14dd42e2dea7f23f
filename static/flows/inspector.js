// The panel at the right: the step that is chosen, the flow, its slots, its problems.

import { button, byId, h, icon, tell } from "./dom.js";
import { KEY, inLanguage, nodeOf, ways } from "./graph.js";
import { rename } from "./edits.js";
import { KINDS } from "./kinds.js";
import { kindName, nodeForm, noteForm } from "./node-form.js";
import { flowForm } from "./flow-form.js";
import { slotsPanel } from "./slots-panel.js";
import { wayLabel } from "./words.js";

export class Inspector {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store, tab: "flow", slot: "" });
    this.panel = byId("flow-panel");
    this.body = byId("flow-panel-body");
    this.tabs = [...this.panel.querySelectorAll("[role=tab]")];
    for (const tab of this.tabs) tab.addEventListener("click", () => this.open(tab.dataset.tab));
    this.panel.querySelector("[role=tablist]").addEventListener("keydown", (event) => this.arrow(event));
    this.panel.querySelector("[data-close]").addEventListener("click", () => this.close());
    this.typed = ""; // the field in which somebody has written since the form was drawn
    for (const type of ["input", "change", "click"]) this.body.addEventListener(type, (event) => this.freshen(event), true);
    this.store.addEventListener("graph", ({ detail }) => this.changed(detail));
    this.store.addEventListener("language", () => this.draw());
    this.store.addEventListener("selection", () => this.selected());
    this.draw();
  }

  changed({ from }) {
    const held = document.activeElement;
    if (from !== "typing" || !this.body.contains(held)) return this.draw();
    this.typed = held.dataset.at ?? "";
    this.nameWays();
  }

  // The ways on are called after what is written: the words on a button.
  nameWays() {
    const { graph, language, current } = this.store;
    const node = this.tab === "step" && nodeOf(graph, current);
    if (!node) return;
    for (const { field } of ways(node)) {
      const select = this.body.querySelector(`[data-at="${CSS.escape(`way.${field}`)}"]`);
      if (select?.labels[0]) select.labels[0].textContent = wayLabel(node, field, graph, language);
    }
  }

  // What was written has changed the flow, and not the form around the field. Before anything else in the form acts,
  // that is drawn anew, and the same is done to what stands in its place.
  freshen(event) {
    const place = event.target.closest("[data-at]");
    if (!this.typed || !place || place.dataset.at === this.typed) return;
    if (event.type === "click" && !place.matches("button")) return;
    if (place.type === "file") return; // what was chosen cannot be put into another one
    event.stopImmediatePropagation();
    event.preventDefault();
    const { value, checked, selectionStart } = place;
    this.draw();
    const now = this.body.querySelector(`[data-at="${CSS.escape(place.dataset.at)}"]`);
    if (event.type === "click") return now?.click();
    if (!now) return;
    Object.assign(now, now.type === "checkbox" ? { checked } : { value });
    if (now.setSelectionRange && selectionStart !== null && now.type !== "number") now.setSelectionRange(selectionStart, selectionStart);
    now.dispatchEvent(new Event(event.type, { bubbles: true }));
  }

  // Where nothing but the keyboard's own tab changes, the panel follows what is chosen.
  selected() {
    const busy = ["try", "customers"].includes(this.tab); // it stays beside what one looks at
    if (this.store.selection.size && this.tab !== "step" && !busy) this.tab = "step";
    this.draw();
  }

  open(tab, { focus = false } = {}) {
    this.tab = tab;
    this.panel.classList.add("panel--open");
    this.draw();
    if (focus) this.focusFirst();
  }

  close() {
    this.panel.classList.remove("panel--open");
    if (["try", "history", "customers"].includes(this.tab)) this.tab = this.store.selection.size ? "step" : "flow";
    this.draw();
    this.editor.back();
  }

  focusFirst() {
    this.body.querySelector("input, textarea, select, button")?.focus();
  }

  arrow(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.tabs.findIndex((tab) => tab.dataset.tab === this.tab);
    const next = this.tabs[(at + step + this.tabs.length) % this.tabs.length];
    this.open(next.dataset.tab);
    next.focus();
  }

  draw() {
    this.typed = "";
    const chosen = this.tabs.some((tab) => tab.dataset.tab === this.tab);
    this.tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(tab.dataset.tab === this.tab));
      tab.tabIndex = tab.dataset.tab === this.tab || (!chosen && at === 0) ? 0 : -1;
    });
    const active = this.tabs.find((tab) => tab.dataset.tab === this.tab);
    this.body.setAttribute("aria-labelledby", active?.id ?? `flow-tab-${this.tab}`);
    this.editor.pressed(this.tab);
    this.keeping(() => this.body.replaceChildren(...this.content().filter(Boolean)));
    if (this.store.readOnly && !["history", "customers"].includes(this.tab)) for (const each of this.body.querySelectorAll("input, textarea, select, .rows button")) each.disabled = true;
  }

  content() {
    const { editor, store } = this;
    if (this.tab === "flow") return [flowForm(editor)];
    if (this.tab === "slots") return [slotsPanel(editor, this)];
    if (this.tab === "problems") return [editor.problems.panel()];
    if (this.tab === "try") return [editor.emulator.element];
    if (this.tab === "history") return [editor.versions.element];
    if (this.tab === "customers") return [editor.customers.element];
    if (store.selection.size > 1) return [this.several()];
    const node = nodeOf(store.graph, store.current);
    return node ? [this.head(node), nodeForm(editor, node), noteForm(editor, node, (key) => this.rename(node, key)), this.troubles(node)] : [this.nothing()];
  }

  head(node) {
    return h("header", { class: `panel__head kind--${node.kind}` },
      h("span", { class: "kind-tile" }, icon(KINDS[node.kind].icon)),
      h("div", {}, h("h2", { class: "panel__title" }, kindName(node)), h("p", { class: "field__hint" }, KINDS[node.kind].about)),
    );
  }

  troubles(node) {
    const found = this.editor.problems.found.filter((each) => each.node === node.id);
    return h("ul", { class: "problems problems--step" }, found.map((each) => this.editor.problems.row(each, { place: false })));
  }

  // Only the list: a field in which somebody writes is left alone.
  showProblems() {
    if (this.tab === "problems") return this.draw();
    const node = nodeOf(this.store.graph, this.store.current);
    if (this.tab === "step" && node) this.body.querySelector(":scope > .problems--step")?.replaceWith(this.troubles(node));
  }

  nothing() {
    return h("div", { class: "blank" }, icon("workflow", "blank__icon"), h("h2", { class: "blank__title" }, gettext("Choose a step")), h("p", {}, gettext("Press one on the canvas to edit it, or take a new one from the left.")));
  }

  several() {
    const count = this.store.selection.size;
    return h("div", { class: "blank" },
      h("h2", { class: "blank__title" }, interpolate(ngettext("%s step chosen", "%s steps chosen", count), [count])),
      h("div", { class: "blank__links" },
        button(gettext("Duplicate"), () => this.editor.clipboard.duplicate(), { icon: "copy", small: true }),
        button(gettext("Delete"), () => this.editor.keys.remove(), { icon: "trash-2", small: true }),
      ),
    );
  }

  rename(node, key) {
    const next = key.value.trim();
    if (next === node.id) return;
    if (!KEY.test(next) || nodeOf(this.store.graph, next)) {
      key.setAttribute("aria-invalid", "true");
      return tell(gettext("A name has small letters, digits and _, begins with a letter, and is not taken."));
    }
    this.store.selection = new Set([next]);
    this.store.change(gettext("rename a step"), rename(this.store.graph, node.id, next));
    this.store.select([next]);
  }

  // The keyboard stays where it was, at the same place of the text.
  keeping(draw) {
    const held = document.activeElement;
    const at = this.body.contains(held) ? held.dataset.at : "";
    const range = at && (held.selectionStart ?? null) !== null ? [held.selectionStart, held.selectionEnd] : null;
    const subject = `${this.tab} ${this.store.current} ${this.slot}`;
    const same = subject === this.subject;
    this.subject = subject;
    const folds = [...this.body.querySelectorAll("details")].map((each) => each.open);
    const top = this.body.scrollTop;
    draw();
    const now = [...this.body.querySelectorAll("details")];
    if (same && now.length === folds.length) now.forEach((each, index) => (each.open = folds[index]));
    this.body.scrollTop = same ? top : 0;
    if (!at) return;
    const next = this.body.querySelector(`[data-at="${CSS.escape(at)}"]`) ?? this.body.querySelector("[data-at]");
    next?.focus({ preventScroll: true });
    if (range && (next?.selectionStart ?? null) !== null) next.setSelectionRange(...range);
  }

  // To the field that a problem speaks of, or the nearest that there is.
  reach(field) {
    const parts = String(field ?? "").split(".");
    for (; parts.length; parts.pop()) {
      const found = this.body.querySelector(`[data-at^="${CSS.escape(parts.join("."))}"]`);
      if (!found) continue;
      found.closest("details")?.setAttribute("open", "");
      return found.focus();
    }
    this.focusFirst();
  }

  get title() {
    return inLanguage(this.store.graph.name, this.store.language) || this.store.graph.key;
  }
}
