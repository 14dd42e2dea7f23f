// The cards and the lines between them. Only what can be seen, and a margin around it, has elements; a change
// redraws the steps that it touched.

import { h, s } from "./dom.js";
import { drawCard, drawFarCard, markProblems } from "./cards.js";
import { markCard, markLine } from "./figures.js";
import { ENTRY, bounds, boxOf, grown, nearestFirst, portOf, touch } from "./geometry.js";
import { edges } from "./graph.js";
import { Routes, freshLine, putLine } from "./lines.js";
import { Turns } from "./turns.js";
import { wayLabel } from "./words.js";

const AROUND = 2000; // of the flow, on which the dotted ground lies
const COARSE = 1000; // steps in which it grows
const snapped = (length) => Math.floor(length / COARSE) * COARSE;

export class Scene {
  constructor({ store, camera, world, flows }) {
    Object.assign(this, { store, camera, world, flows });
    this.ground = world.appendChild(h("div", { class: "ground" }));
    this.picture = this.ground.appendChild(s("svg", { class: "drawing", width: 1, height: 1 }));
    this.lines = this.picture.appendChild(s("g", { class: "lines" }));
    this.cards = this.picture.appendChild(s("g", { class: "cards" }));
    this.over = world.appendChild(s("svg", { class: "drawing drawing--over", width: 1, height: 1 }));
    this.drawn = new Map(); // id → its card
    this.drawnLines = new Map(); // "id field" → its line
    this.routes = new Routes();
    this.problems = new Map(); // id → problems
    this.marks = new Map(); // id → classes: what the emulator or a comparison says of a step
    this.figures = null; // what customers did: {steps: id → figure, ways: "from to" → figure}
    this.moved = new Map(); // id → place, while it is dragged
    this.turns = new Turns();
    this.focused = "";
    this.covered = null;
    camera.addEventListener("move", () => this.uncover());
    camera.addEventListener("rest", () => this.cover());
    store.addEventListener("graph", ({ detail }) => this.holding(() => this.update(detail.before)));
    store.addEventListener("language", () => this.holding(() => this.redraw()));
    store.addEventListener("selection", () => this.showSelection());
    this.read();
  }

  // What is asked for often, read once for each graph.
  read() {
    const { graph } = this.store;
    this.known = new Map(graph.nodes.map((node) => [node.id, node]));
    this.boxes = new Map(graph.nodes.map((node) => [node.id, boxOf(node, graph.layout)]));
    this.routes.over(this.boxes);
    this.edges = edges(graph).map((edge, lane) => ({ ...edge, lane, key: `${edge.from} ${edge.field}` }));
    this.edgesOf = new Map();
    for (const edge of this.edges) {
      for (const id of [edge.from, edge.to]) this.edgesOf.set(id, [...(this.edgesOf.get(id) ?? []), edge]);
    }
    this.spread();
  }

  update(before) {
    const { graph } = this.store;
    const known = this.known;
    this.read();
    if (graph.slots !== before.slots) return this.redraw();
    const changed = new Set(graph.start === before.start ? [] : [graph.start, before.start]);
    for (const node of graph.nodes) {
      const place = graph.layout[node.id] !== before.layout[node.id];
      if (known.get(node.id) !== node || place) changed.add(node.id);
    }
    for (const id of [...known.keys(), ...changed]) {
      if (!changed.has(id) && this.known.has(id)) continue;
      for (const edge of this.edgesOf.get(id) ?? []) if (edge.to === id) this.forget(edge.from);
      this.forget(id);
    }
    this.dropLines();
    this.cover();
  }

  redraw() {
    for (const id of [...this.drawn.keys()]) this.forget(id);
    this.dropLines();
    this.cover();
  }

  forget(id) {
    this.drawn.get(id)?.remove();
    this.drawn.delete(id);
  }

  dropLines() {
    for (const line of this.drawnLines.values()) line.remove();
    this.drawnLines.clear();
  }

  placeOf(id) {
    const box = this.boxes.get(id);
    const moved = this.moved.get(id);
    return moved ? { ...box, x: moved[0], y: moved[1] } : box;
  }

  // While it moves: only where it has come to the edge of what has elements.
  uncover() {
    const { seen, far } = this.camera;
    this.world.classList.toggle("world--far", far);
    const c = this.covered;
    const inside = c && seen.x >= c.x && seen.y >= c.y && seen.x + seen.width <= c.x + c.width && seen.y + seen.height <= c.y + c.height;
    if (!inside) this.cover({ keep: true });
  }

  // `keep`: what has gone out of sight is removed only when it rests.
  cover({ keep = false } = {}) {
    const { seen } = this.camera;
    this.covered = grown(seen, Math.max(seen.width, seen.height) * 0.4);
    this.world.classList.toggle("world--far", this.camera.far);
    const wanted = new Set();
    for (const id of this.known.keys()) if (touch(this.placeOf(id), this.covered) || id === this.focused) wanted.add(id);
    if (!keep) for (const id of [...this.drawn.keys()]) if (!wanted.has(id)) this.forget(id);
    const cards = [...wanted].filter((id) => this.isLacking(id));
    const lines = this.coverLines(keep);
    const jobs = [...nearestFirst(cards, this.boxes, this.camera.centre).map((id) => () => this.drawIfLacking(id)), ...lines.map((edge) => () => this.drawLine(edge))];
    if (keep) return this.turns.take(jobs);
    this.turns.drop();
    for (const job of jobs) job();
  }

  isLacking(id) {
    const card = this.drawn.get(id);
    return !card || ("far" in card.dataset && !this.camera.far);
  }

  // The dotted ground lies under the whole flow and far around it. It stays where it is while one moves: else
  // what is painted would be painted anew; and since it is opaque, moving it costs half as much.
  spread() {
    const { x, y, width, height } = grown(this.all, AROUND);
    const [left, top] = [snapped(x), snapped(y)];
    const box = { left, top, width: snapped(width) + COARSE, height: snapped(height) + COARSE };
    for (const [name, value] of Object.entries(box)) this.ground.style[name] = `${value}px`;
    this.picture.style.left = `${-left}px`;
    this.picture.style.top = `${-top}px`;
  }

  // The keyboard stays on its card, although that is drawn anew.
  holding(action) {
    const held = this.drawn.get(this.focused)?.contains(document.activeElement);
    action();
    if (held) (this.drawn.get(this.focused) ?? this.camera.stage).focus({ preventScroll: true });
  }

  // A card that was drawn from far away is drawn in full when one comes near.
  drawIfLacking(id) {
    if (!this.known.has(id) || !this.isLacking(id)) return;
    const held = this.drawn.get(id) === document.activeElement;
    this.forget(id);
    this.draw(id);
    if (held) this.drawn.get(id).focus({ preventScroll: true });
  }

  draw(id) {
    const { graph, language } = this.store;
    const given = { graph, language, flows: this.flows, known: this.known };
    const box = this.placeOf(id);
    const { far } = this.camera;
    const card = far ? drawFarCard(this.known.get(id), box, given) : drawCard(this.known.get(id), given);
    if (!far) card.setAttribute("transform", `translate(${box.x} ${box.y})`);
    this.drawn.set(id, card);
    this.cards.append(card);
    markProblems(card, this.problems.get(id) ?? []);
    markCard(card, this.figures?.steps.get(id), box);
    this.showState(id);
  }

  // Those that are to be drawn; what leads from nowhere to nowhere that is seen is taken away.
  coverLines(keep) {
    const wanted = this.edges.filter((edge) => touch(bounds([this.placeOf(edge.from), this.placeOf(edge.to)]), this.covered));
    const keys = new Set(wanted.map((edge) => edge.key));
    for (const [key, line] of keep ? [] : this.drawnLines) {
      if (keys.has(key)) continue;
      line.remove();
      this.drawnLines.delete(key);
    }
    return wanted.filter((edge) => !this.drawnLines.has(edge.key));
  }

  drawLine(edge) {
    if (this.drawnLines.has(edge.key) || !this.known.has(edge.from) || !this.known.has(edge.to)) return;
    const line = freshLine(edge.key);
    this.drawnLines.set(edge.key, line);
    this.lines.append(line);
    this.placeLine(edge);
    this.markLine(edge);
  }

  ends({ from, field, to }) {
    const start = this.placeOf(from);
    const end = this.placeOf(to);
    const [px, py] = portOf(this.known.get(from), field);
    return [[start.x + px, start.y + py], [end.x + ENTRY[0] - 7, end.y + ENTRY[1]]];
  }

  placeLine(edge) {
    const line = this.drawnLines.get(edge.key);
    if (!line) return;
    const [start, end] = this.ends(edge);
    const isDragged = this.moved.has(edge.from) || this.moved.has(edge.to);
    const label = edge.field === "next" ? "" : wayLabel(this.known.get(edge.from), edge.field, this.store.graph, this.store.language);
    const centre = putLine(line, { start, end, corners: isDragged ? null : this.routes.of(edge, start, end), label });
    markLine(line, this.figures && (this.figures.ways.get(`${edge.from} ${edge.to}`) ?? { level: 0 }), centre);
  }

  markLine(edge) {
    const { store } = this;
    const line = this.drawnLines.get(edge.key);
    if (!line) return;
    const chosen = store.edge && `${store.edge.from} ${store.edge.field}` === edge.key;
    line.classList.toggle("line--chosen", Boolean(chosen));
    line.classList.toggle("line--near", store.selection.has(edge.from) || store.selection.has(edge.to));
    line.classList.toggle("line--walked", this.walked?.has(`${edge.from} ${edge.to}`) ?? false);
  }

  showSelection() {
    for (const id of this.drawn.keys()) this.showState(id);
    for (const edge of this.edges) this.markLine(edge);
  }

  showState(id) {
    const card = this.drawn.get(id);
    card.classList.toggle("card--chosen", this.store.selection.has(id));
    for (const name of ["here", "walked", "added", "removed", "changed"]) {
      card.classList.toggle(`card--${name}`, this.marks.get(id) === name);
    }
    const way = this.focused || this.store.graph.start;
    card.setAttribute("tabindex", id === way ? "0" : "-1");
  }

  // While steps are dragged they and their lines lie above, in a drawing of their own: only that is painted.
  lift(places) {
    const held = document.activeElement; // what is moved in the page loses the keyboard
    for (const element of [...this.over.children]) {
      if (element.matches("[data-node]") && !places.has(element.dataset.node)) this.cards.append(element);
      if (element.matches("[data-line]") && !places.size) this.lines.append(element);
    }
    const put = (element) => element && element.parentNode !== this.over && this.over.append(element);
    for (const id of places.keys()) for (const edge of this.edgesOf.get(id) ?? []) put(this.drawnLines.get(edge.key));
    for (const id of places.keys()) put(this.drawn.get(id));
    if (held !== document.activeElement && held.matches?.("[data-node]")) held.focus({ preventScroll: true });
  }

  drag(places) {
    this.moved = places;
    this.lift(places);
    for (const [id, [x, y]] of places) {
      const card = this.drawn.get(id);
      const from = card && "far" in card.dataset ? this.boxes.get(id) : { x: 0, y: 0 };
      card?.setAttribute("transform", `translate(${x - from.x} ${y - from.y})`);
      for (const edge of this.edgesOf.get(id) ?? []) this.placeLine(edge);
    }
  }

  showProblems(problems) {
    this.problems = new Map();
    for (const each of problems) {
      if (each.node) this.problems.set(each.node, [...(this.problems.get(each.node) ?? []), each]);
    }
    for (const [id, card] of this.drawn) markProblems(card, this.problems.get(id) ?? []);
  }

  // `marks`: id → "here", "walked", "added", "removed", "changed"; `walked`: "from to" of each way taken.
  mark(marks, walked = new Set()) {
    this.marks = marks;
    this.walked = walked;
    this.showSelection();
  }

  showFigures(figures) {
    this.figures = figures;
    this.holding(() => this.redraw()); // spoken names are made anew, too
  }

  focus(id) {
    this.focused = id;
    const box = this.placeOf(id);
    if (!box) return;
    if (!this.drawn.has(id)) this.draw(id);
    for (const each of this.drawn.keys()) this.showState(each);
    this.drawn.get(id).focus({ preventScroll: true });
    this.camera.reveal(box);
  }

  get all() {
    return bounds([...this.boxes.values()]);
  }
}
