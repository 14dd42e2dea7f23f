// Copy, cut and paste of steps, through the system's clipboard: from one flow to another, and between windows.

import { nodeOf } from "./graph.js";
import { pasteNodes, removeSteps } from "./edits.js";
import { tell } from "./dom.js";

const MARK = "causerie/steps";

export class Clipboard {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store });
    for (const type of ["copy", "cut", "paste"]) {
      document.addEventListener(type, (event) => editor.isOnCanvas() && this[type](event));
    }
  }

  taken() {
    const { graph, selection } = this.store;
    const nodes = [...selection].map((id) => nodeOf(graph, id)).filter(Boolean);
    const layout = Object.fromEntries(nodes.map((node) => [node.id, graph.layout[node.id]]));
    const named = JSON.stringify(nodes);
    const slots = Object.fromEntries(Object.entries(graph.slots).filter(([name]) => named.includes(name)));
    return { [MARK]: 1, nodes, layout, slots };
  }

  copy(event) {
    if (!this.store.selection.size) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", JSON.stringify(this.taken()));
    tell(interpolate(ngettext("%s step copied", "%s steps copied", this.store.selection.size), [this.store.selection.size]));
  }

  cut(event) {
    this.copy(event);
    this.store.change(gettext("cut"), removeSteps(this.store.graph, this.store.selection).graph);
  }

  paste(event) {
    const taken = parsed(event.clipboardData.getData("text/plain"));
    if (!taken || this.store.readOnly) return;
    event.preventDefault();
    this.put(taken, this.editor.camera.centre);
  }

  put(taken, [x, y]) {
    const { ids, graph } = pasteNodes(this.store.graph, taken, { at: [x - 120, y - 40] });
    this.store.change(gettext("paste"), graph);
    this.store.select(ids);
    this.editor.scene.focus(ids[0]);
  }

  duplicate() {
    if (!this.store.selection.size) return;
    const taken = this.taken();
    const places = Object.values(taken.layout);
    const [x, y] = [0, 1].map((axis) => Math.min(...places.map((place) => place[axis])) + 40);
    this.put(taken, [x + 120, y + 40]);
  }
}

function parsed(text) {
  try {
    const taken = JSON.parse(text);
    return taken?.[MARK] && Array.isArray(taken.nodes) && taken.nodes.length ? taken : null;
  } catch {
    return null; // other text, which is none of ours
  }
}
