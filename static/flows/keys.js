// The whole canvas from the keyboard.

import { STEP, move, removeSteps, cut, isEdge } from "./edits.js";
import { edges, leadingTo, nodeOf, readingOrder, ways } from "./graph.js";
import { tell } from "./dom.js";
import { notice } from "./notice.js";
import { slotName } from "./words.js";

export class Keys {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store, scene: editor.scene, camera: editor.camera });
    this.came = new Map(); // id → from where one went to it, to go back there
    editor.stage.addEventListener("keydown", (event) => this.onCanvas(event));
    editor.stage.addEventListener("keyup", (event) => event.key === " " && this.hold(false));
    editor.stage.addEventListener("focusin", (event) => this.focused(event));
    document.addEventListener("keydown", (event) => this.anywhere(event));
  }

  focused(event) {
    const id = event.target.closest?.("[data-node]")?.dataset.node;
    if (id && id !== this.scene.focused) this.go(id);
  }

  // Undo, redo and help, unless one is writing: there the browser's own undo is meant.
  anywhere(event) {
    if (event.defaultPrevented || event.target.closest("input, textarea, select, [contenteditable], dialog[open], .picker")) return;
    const key = event.key.toLowerCase();
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && (key === "y" || (key === "z" && event.shiftKey))) this.editor.redo();
    else if (ctrl && key === "z") this.editor.undo();
    else if (!ctrl && event.key === "?") this.editor.help();
    else return;
    event.preventDefault();
  }

  onCanvas(event) {
    if (event.target.closest("button, input, textarea, select")) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const action = ctrl ? this.withCtrl[event.key.toLowerCase()] : this.plain[event.key] ?? this.plain[event.key.toLowerCase()];
    if (action && action.call(this, event) !== false) event.preventDefault();
  }

  withCtrl = {
    a: () => this.store.select(this.store.graph.nodes.map((node) => node.id)),
    d: () => this.editor.clipboard.duplicate(),
  };

  plain = {
    Tab: (event) => this.tab(event.shiftKey ? -1 : 1),
    ArrowRight: (event) => this.arrow(event, [1, 0], () => this.forward()),
    ArrowLeft: (event) => this.arrow(event, [-1, 0], () => this.back()),
    ArrowDown: (event) => this.arrow(event, [0, 1], () => this.beside(1)),
    ArrowUp: (event) => this.arrow(event, [0, -1], () => this.beside(-1)),
    Home: () => this.go(this.store.graph.start),
    Enter: () => this.editor.edit(),
    Delete: () => this.remove(),
    Backspace: () => this.remove(),
    Escape: () => this.escape(),
    " ": () => this.hold(true),
    n: () => this.editor.addAfter(),
    c: () => this.editor.connectHere(),
    l: () => this.editor.arrange(),
    f: () => this.editor.fit(),
    0: () => this.camera.zoom(1 / this.camera.scale),
    "+": () => this.camera.zoom(1.25),
    "=": () => this.camera.zoom(1.25),
    "-": () => this.camera.zoom(0.8),
  };

  hold(on) {
    this.editor.pointer.space = on;
    this.editor.stage.classList.toggle("stage--hand", on);
  }

  go(id) {
    if (!nodeOf(this.store.graph, id)) return false;
    this.scene.focus(id);
    if (this.store.current !== id) this.store.select([id]);
    return true;
  }

  get here() {
    return document.activeElement?.closest?.("[data-node]")?.dataset.node ?? this.store.current;
  }

  // Card by card in reading order; behind the last one the page goes on.
  tab(step) {
    const order = readingOrder(this.store.graph);
    const now = document.activeElement.closest?.("[data-node]") ? order.indexOf(this.here) : -1;
    if (now < 0 && step < 0) return false;
    const next = order[now + step];
    return next ? this.go(next) : false;
  }

  // With Shift the step itself is moved.
  arrow(event, [dx, dy], go) {
    if (!event.shiftKey) return this.here ? go() : this.camera.pan(-dx * 80, -dy * 80);
    const { graph, selection } = this.store;
    const places = Object.fromEntries([...selection].map((id) => [id, [graph.layout[id][0] + dx * STEP, graph.layout[id][1] + dy * STEP]]));
    this.store.change(gettext("move"), move(graph, places), { merge: `move ${[...selection]}` });
    if (this.here) this.camera.reveal(this.scene.boxes.get(this.here));
  }

  forward() {
    const on = edges(this.store.graph).filter((edge) => edge.from === this.here);
    if (!on.length) return tell(gettext("Nothing comes after this step."));
    this.came.set(on[0].to, this.here);
    this.go(on[0].to);
  }

  back() {
    const before = leadingTo(this.store.graph, this.here);
    if (!before.length) return tell(gettext("Nothing leads to this step."));
    const came = this.came.get(this.here);
    this.go(before.some((edge) => edge.from === came) ? came : before[0].from);
  }

  // The other ways on from where one came; where there is none, the nearest card in that direction.
  beside(step) {
    const { graph } = this.store;
    const from = this.came.get(this.here) ?? leadingTo(graph, this.here)[0]?.from;
    const sisters = from ? [...new Set(ways(nodeOf(graph, from)).map((way) => way.target))].filter((id) => nodeOf(graph, id)) : [];
    const next = sisters[sisters.indexOf(this.here) + step] ?? this.nearest(step);
    if (!next) return;
    if (sisters.includes(next)) this.came.set(next, from);
    this.go(next);
  }

  nearest(step) {
    const own = this.scene.boxes.get(this.here);
    const ahead = [...this.scene.boxes].filter(([, box]) => (box.y - own.y) * step > 10);
    ahead.sort(([, one], [, other]) => far(one, own) - far(other, own));
    return ahead[0]?.[0];
  }

  remove() {
    const { store } = this;
    if (store.edge && isEdge(store.graph, store.edge)) {
      store.change(gettext("disconnect"), cut(store.graph, store.edge));
      return store.select([]);
    }
    if (!store.selection.size) return false;
    const order = readingOrder(store.graph);
    const at = order.indexOf([...store.selection][0]);
    const count = store.selection.size;
    const next = order.slice(at + 1).concat(order.slice(0, at).reverse()).find((id) => !store.selection.has(id));
    const before = store.graph;
    const { graph, slots } = removeSteps(before, store.selection);
    if (!store.change(gettext("delete"), graph)) return;
    this.sayRemoved(count, slots.map((name) => slotName(before, name, store.language)));
    if (!this.go(next)) this.editor.stage.focus();
  }

  sayRemoved(count, slots) {
    const steps = interpolate(ngettext("%s step deleted. Ctrl-Z brings it back.", "%s steps deleted. Ctrl-Z brings them back.", count), [count]);
    if (!slots.length) return tell(steps);
    const more = ngettext("The slot that nothing else used is gone too: %s.", "The slots that nothing else used are gone too: %s.", slots.length);
    notice(`${steps} ${interpolate(more, [slots.join(", ")])}`, () => this.editor.undo());
  }

  escape() {
    if (this.store.selection.size > 1 || this.store.edge) return this.store.select(this.here ? [this.here] : []);
    this.editor.stage.focus();
    this.store.select([]);
  }
}

const far = (one, other) => Math.abs(one.y - other.y) + Math.abs(one.x - other.x) * 1.5;
