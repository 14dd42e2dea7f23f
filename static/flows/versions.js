// What was published: the history, an earlier version on the canvas, what differs, and going back to one.

import { button, byId, h, icon, tell } from "./dom.js";
import { address, asAddressed, compare, compareBlock } from "./compare.js";
import { keptBlock } from "./kept.js";
import { ask, page, Refused } from "./server.js";
import { trialBlock } from "./trial.js";
import { locale } from "../locale.js";

const when = (iso) => new Date(iso).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });

export class Versions {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store, list: [], trial: null, kept: [] });
    this.element = h("div", { class: "history" });
    this.dialog = byId("flow-publish");
    byId("flow-publish-open").addEventListener("click", () => this.askToPublish());
    this.dialog.querySelector("[data-cancel]").addEventListener("click", () => this.dialog.close());
    this.dialog.querySelector("form").addEventListener("submit", (event) => this.publish(event));
    byId("flow-viewing").addEventListener("click", (event) => this.viewing(event));
  }

  async open() {
    try {
      Object.assign(this, await ask("GET", page("versions/")), { failed: "" });
    } catch (error) {
      this.failed = error.message || gettext("The server could not be reached. Check your connection, then try again.");
    }
    this.draw();
  }

  // A comparison that the address asks for: see compare.js.
  asAddressed() {
    return asAddressed(this);
  }

  set versions(list) {
    this.list = list;
  }

  draw() {
    const title = h("h2", { class: "panel__title" }, gettext("History"));
    if (this.failed) return this.element.replaceChildren(title, h("p", { class: "field__error", role: "alert" }, this.failed));
    const kept = this.kept.length ? keptBlock(this, this.kept, when) : "";
    if (!this.list.length) {
      return this.element.replaceChildren(title, h("p", { class: "field__hint" }, gettext("Nothing has been published yet. Each time you publish, the version is kept here: customers in the middle of an older one finish on it.")), compareBlock(this, when), kept);
    }
    this.element.replaceChildren(title, compareBlock(this, when), this.trial ? trialBlock(this, this.trial) : "", h("ol", { class: "versions" }, this.list.map((version) => this.row(version))), kept);
  }

  row(version) {
    const name = interpolate(gettext("Version %s"), [version.number]);
    const act = (label, action, sign, at) => button(label, action, { icon: sign, small: true, kind: "button button--small", "aria-label": `${label}: ${name}`, "data-at": `${at}.${version.number}` });
    return h("li", { class: "version" },
      h("p", { class: "version__head" }, h("strong", {}, name), version.current && h("span", { class: "badge badge--assistant" }, icon("check"), gettext("Customers get this")), version.trial && h("span", { class: "badge badge--waiting" }, icon("flask-conical"), gettext("On trial"))),
      h("p", { class: "field__hint" }, [when(version.at), version.author].filter(Boolean).join(" · ")),
      version.note && h("p", { class: "version__note" }, version.note),
      h("div", { class: "version__acts" },
        act(gettext("Look"), () => this.view(version), "search", "look"),
        act(gettext("Compare with the draft"), () => compare(this, { from: String(version.number), to: "draft" }), "split", "compare"),
        act(gettext("Take up as the draft"), () => this.takeUp(version), "rotate-ccw", "take"),
      ),
    );
  }

  // --- looking at a version, or at what differs

  async view(version) {
    const said = await this.asked("GET", page(`versions/${version.number}/`));
    if (!said) return;
    address("");
    this.show(said.graph, interpolate(gettext("Version %s, to look at"), [version.number]));
  }

  show(graph, title, { marks = new Map(), lines = null, focus = true, begin = false } = {}) {
    const { store, editor } = this;
    this.own ??= store.graph;
    this.selected = [...store.selection];
    store.readOnly = true;
    editor.root.dataset.readOnly = "";
    store.replace(editor.placed(graph), { from: "version" });
    editor.scene.mark(marks);
    editor.fit({ begin });
    const bar = byId("flow-viewing");
    bar.hidden = false;
    bar.querySelector("[data-title]").textContent = title;
    const list = bar.querySelector("[data-lines]");
    list.hidden = !lines;
    list.replaceChildren(...(lines ?? []).map((each) => h("li", { class: `difference difference--${each.kind}` }, each.text)));
    if (lines && !lines.length) list.append(h("li", { class: "difference" }, gettext("Nothing: they are the same.")));
    if (focus) bar.querySelector("button").focus();
    tell(title);
  }

  viewing(event) {
    if (event.target.closest("[data-back]")) this.back();
  }

  back() {
    if (!this.own) return;
    const { store, editor } = this;
    store.readOnly = false;
    delete editor.root.dataset.readOnly;
    byId("flow-viewing").hidden = true;
    address("");
    editor.scene.mark(new Map());
    const own = this.own;
    this.own = null;
    store.replace(own, { from: "version" });
    editor.fit();
    if (editor.customers.shown) return editor.inspector.close();
    if (editor.view === "canvas" && !editor.inspector.panel.contains(document.activeElement)) editor.stage.focus();
  }

  async takeUp(version) {
    this.back();
    if (!(await this.editor.saving.settled())) return tell(gettext("Save first: the server has not got your last changes."));
    const said = await this.asked("GET", page(`versions/${version.number}/`));
    if (!said) return;
    const label = interpolate(gettext("take up version %s"), [version.number]);
    this.store.change(label, this.editor.placed(said.graph));
    tell(interpolate(gettext("Version %s is the draft now. Ctrl-Z brings back what was; publish to make it what customers get."), [version.number]));
    this.editor.fit();
  }

  // --- publishing

  async askToPublish() {
    this.back();
    this.dialog.querySelector("[data-refused]").hidden = true;
    const errors = this.editor.problems.found.filter((each) => each.level === "error");
    this.dialog.querySelector("[type=submit]").disabled = errors.length > 0; // not as it was when it was closed
    this.dialog.showModal();
    if (errors.length) this.refuse(errors);
    this.warn();
  }

  // What its examples would begin is said here too: it hinders nobody.
  warn() {
    const box = this.dialog.querySelector("[data-warned]");
    const { foreseen } = this.editor.problems;
    box.hidden = !foreseen.length;
    box.querySelector("ul").replaceChildren(...foreseen.map((each) => h("li", {}, each.text, each.page && [" ", h("a", { href: each.page, target: "_blank" }, gettext("Look at it"))])));
  }

  refuse(problems, error = "") {
    const box = this.dialog.querySelector("[data-refused]");
    box.hidden = false;
    box.querySelector("[data-error]").textContent = error || gettext("This stops customers. Mend it first:");
    const rows = problems.slice(0, 8).map((each) => {
      const row = this.editor.problems.row(each);
      row.firstChild.addEventListener("click", () => this.dialog.close());
      return row;
    });
    box.querySelector("ul").replaceChildren(...rows);
    this.dialog.querySelector("[type=submit]").disabled = problems.some((each) => each.level === "error");
  }

  async publish(event) {
    event.preventDefault();
    const send = this.dialog.querySelector("[type=submit]");
    send.disabled = true;
    try {
      if (!(await this.editor.saving.settled())) return this.refuse([], gettext("The server has not got your last changes. Try again when they are saved."));
      const said = await ask("POST", page("publish/"), { ...this.wanted(), seen: this.editor.saving.number });
      this.dialog.close();
      this.dialog.querySelector("[name=note]").value = "";
      this.showState(said.state);
      tell(said.text);
      if (this.editor.inspector.tab === "history") this.open();
    } catch (error) {
      if (!(error instanceof Refused)) return this.refuse([], gettext("The server could not be reached. Check your connection, then try again."));
      this.refuse(error.said.problems ?? [], error.message);
    } finally {
      send.disabled = this.editor.problems.found.some((each) => each.level === "error");
    }
  }

  wanted() {
    const { note, who, share } = this.dialog.querySelector("form").elements;
    return { note: note.value, share: who.value === "share" ? Math.round(Number(share.value)) : null };
  }

  showState({ name, text, published }) {
    for (const way of document.querySelectorAll("[data-published]")) way.hidden = !published;
    const badge = byId("flow-state");
    badge.dataset.state = name;
    badge.textContent = text;
  }

  async asked(method, address, body) {
    try {
      return await ask(method, address, body);
    } catch (error) {
      this.failed = error.message || gettext("The server could not be reached. Check your connection, then try again.");
      tell(this.failed);
      this.draw();
      this.failed = "";
      return null;
    }
  }
}
