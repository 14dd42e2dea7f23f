// The flow as it is being drawn: the present graph, what it was before (undo), what is selected, and in which
// language one writes. Whoever shows any of it listens to "graph", "selection", "language" and "view".

const MOST_STEPS = 200;
const TOGETHER = 1500; // ms: what is typed into one field within it is one step of undo

export class Store extends EventTarget {
  constructor(graph, { language }) {
    super();
    this.graph = graph;
    this.language = language;
    this.selection = new Set();
    this.edge = null; // {from, field}: a way on that is selected instead of steps
    this.past = [];
    this.future = [];
    this.merged = { key: "", at: 0 };
    this.readOnly = false;
  }

  tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  // `label` says what was done, `merge` which typing belongs together, `from` who did it.
  change(label, graph, { merge = "", from = "" } = {}) {
    if (this.readOnly || graph === this.graph) return false;
    const now = Date.now();
    const together = merge && merge === this.merged.key && now - this.merged.at < TOGETHER && this.past.length;
    if (!together) this.past.push({ graph: this.graph, label });
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.merged = { key: merge, at: now };
    this.future = [];
    this.replace(graph, { from, label });
    return true;
  }

  // Without a step of undo: what came from elsewhere.
  replace(graph, detail = {}) {
    const before = this.graph;
    this.graph = graph;
    this.tell("graph", { before, ...detail });
    this.keepSelection();
  }

  keepSelection() {
    const known = new Set(this.graph.nodes.map((node) => node.id));
    const kept = [...this.selection].filter((id) => known.has(id));
    const edgeGone = this.edge && !known.has(this.edge.from);
    if (kept.length !== this.selection.size || edgeGone) this.select(kept);
  }

  undo() {
    return this.step(this.past, this.future, "undo");
  }

  redo() {
    return this.step(this.future, this.past, "redo");
  }

  step(source, other, from) {
    if (!source.length || this.readOnly) return "";
    const { graph, label } = source.pop();
    other.push({ graph: this.graph, label });
    this.merged = { key: "", at: 0 };
    this.replace(graph, { from, label });
    return label;
  }

  select(ids, { edge = null } = {}) {
    this.selection = new Set(ids);
    this.edge = edge;
    this.tell("selection");
  }

  get current() {
    return this.selection.size === 1 ? [...this.selection][0] : "";
  }

  speak(language) {
    this.language = language;
    this.tell("language");
  }
}
