// The draft as YAML, to read, to copy and to change by hand; what does not read is told by its line.

import { byId, h, tell } from "./dom.js";
import { Refused, ask, page } from "./server.js";

export class Yaml {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store, graph: null });
    this.text = byId("flow-yaml-text");
    this.errors = byId("flow-yaml-errors");
    byId("flow-yaml-apply").addEventListener("click", () => this.apply());
    byId("flow-yaml-again").addEventListener("click", () => this.write());
    this.text.addEventListener("input", () => this.changed(true));
    this.text.addEventListener("keydown", (event) => this.keydown(event));
    this.store.addEventListener("graph", () => editor.view === "yaml" && !this.isChanged && this.write());
  }

  changed(yes) {
    this.isChanged = yes;
    byId("flow-yaml-apply").disabled = !yes;
    byId("flow-yaml-again").disabled = !yes;
  }

  // Only where it is not being changed: what somebody types is not taken away.
  async open() {
    if (this.graph === this.store.graph) return;
    if (this.isChanged) return this.tell([{ text: gettext("The flow was changed elsewhere since you began to change this text. Applying it takes those changes away.") }]);
    await this.write();
  }

  async write() {
    const graph = this.store.graph;
    try {
      const said = await ask("POST", page("yaml/"), { graph });
      this.text.value = said.yaml;
      this.graph = graph;
      this.changed(false);
      this.tell([]);
    } catch (error) {
      this.fail(error);
    }
  }

  async apply() {
    try {
      const said = await ask("POST", page("yaml/read/"), { yaml: this.text.value });
      const graph = this.editor.placed(said.graph);
      this.changed(false);
      this.graph = graph;
      this.store.change(gettext("apply the YAML"), graph);
      this.tell([]);
      tell(gettext("The YAML is the draft now. Ctrl-Z brings back what was."));
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    if (!(error instanceof Refused)) return this.tell([{ text: gettext("The server could not be reached. Check your connection, then try again.") }]);
    this.tell(error.said.errors?.length ? error.said.errors : [{ text: error.message }]);
  }

  tell(errors) {
    this.errors.hidden = !errors.length;
    this.errors.replaceChildren(...errors.map(({ line = 0, text }) =>
      h("li", {}, line ? h("button", { type: "button", class: "link-button", onclick: () => this.go(line) }, text) : text),
    ));
    this.text.setAttribute("aria-invalid", String(errors.length > 0));
    if (errors[0]?.line) this.go(errors[0].line);
  }

  go(number) {
    const lines = this.text.value.split("\n");
    const from = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
    this.text.focus();
    this.text.setSelectionRange(from, from + (lines[number - 1] ?? "").length);
    const height = this.text.scrollHeight / Math.max(1, lines.length);
    this.text.scrollTop = Math.max(0, (number - 6) * height);
  }

  // Two spaces for a tab; with Escape before it, the tab goes on to the next control.
  keydown(event) {
    if (event.key === "Escape") this.leaving = true;
    else if (event.key === "Tab" && !event.shiftKey && !this.leaving) {
      event.preventDefault();
      this.text.setRangeText("  ", this.text.selectionStart, this.text.selectionEnd, "end");
      this.changed(true);
    } else if (event.key !== "Tab") this.leaving = false;
  }
}
