// Mouse, pen and fingers on the canvas: pan, zoom, select, drag steps, draw a line from a port.

import { s } from "./dom.js";
import { ENTRY, curve, portOf, touch } from "./geometry.js";
import { connect, move, snap } from "./edits.js";

const NEARLY = 4; // px: below it a press was a click
const TWICE = 400; // ms between the two presses of a double one
const EDGE = 28; // px from the rim at which the canvas moves along

export class Pointer {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store, camera: editor.camera, scene: editor.scene, stage: editor.stage });
    this.held = null;
    this.fingers = new Map();
    this.space = false;
    this.stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.stage.addEventListener("pointerdown", (event) => this.down(event));
    this.stage.addEventListener("pointermove", (event) => this.move(event));
    this.stage.addEventListener("pointerup", (event) => this.up(event));
    this.stage.addEventListener("pointercancel", (event) => this.up(event, true));
  }

  wheel(event) {
    event.preventDefault();
    const box = this.stage.getBoundingClientRect();
    const unit = event.deltaMode === 1 ? 18 : 1;
    if (event.ctrlKey || event.metaKey) {
      this.camera.zoom(Math.exp(-event.deltaY * unit * 0.01), [event.clientX - box.left, event.clientY - box.top]);
    } else if (event.shiftKey && !event.deltaX) this.camera.pan(-event.deltaY * unit, 0);
    else if (this.isMouseWheel(event)) this.camera.zoom(event.deltaY < 0 ? 1.12 : 1 / 1.12, [event.clientX - box.left, event.clientY - box.top]);
    else this.camera.pan(-event.deltaX * unit, -event.deltaY * unit);
  }

  // A wheel moves in notches and in one direction; two fingers on a pad do not, and pan.
  isMouseWheel(event) {
    return event.deltaX === 0 && (event.deltaMode === 1 || Math.abs(event.deltaY) >= 50);
  }

  down(event) {
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.fingers.size === 2) return this.pinch();
    if (event.button > 1 || this.held) return;
    const start = { x: event.clientX, y: event.clientY, far: false, id: event.pointerId };
    const port = event.target.closest("[data-port]");
    const card = event.target.closest("[data-node]");
    const line = event.target.closest("[data-line]");
    if (event.button === 1 || this.space) this.held = { ...start, kind: "pan" };
    else if (port && card && !this.store.readOnly) this.held = this.beginLine(start, card.dataset.node, port.dataset.port);
    else if (card) this.held = this.beginDrag(start, card.dataset.node, event);
    else if (line) this.chooseLine(line.dataset.line);
    else this.held = { ...start, kind: event.shiftKey || event.ctrlKey ? "marquee" : "pan" };
    if (!this.held) return;
    this.stage.setPointerCapture(event.pointerId);
    if (event.button === 1) event.preventDefault();
  }

  beginDrag(start, id, event) {
    const { store } = this;
    const more = event.shiftKey || event.ctrlKey || event.metaKey;
    if (more) {
      const ids = new Set(store.selection);
      if (!ids.delete(id)) ids.add(id);
      store.select(ids);
    } else if (!store.selection.has(id)) store.select([id]);
    this.scene.focus(id);
    return { ...start, kind: "drag", node: id, ids: [...store.selection], more };
  }

  chooseLine(key) {
    const [from, field] = key.split(" ");
    this.store.select([], { edge: { from, field } });
    this.stage.focus({ preventScroll: true });
  }

  move(event) {
    const finger = this.fingers.get(event.pointerId);
    if (finger) this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.pinched) return this.pinching();
    const held = this.held;
    if (!held || held.id !== event.pointerId) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.far && Math.hypot(dx, dy) < NEARLY) return;
    if (!held.far) this.stage.classList.add(`stage--${held.kind}`);
    held.far = true;
    this[held.kind](held, event, finger);
  }

  pan(held, event, [x, y]) {
    this.camera.pan(event.clientX - x, event.clientY - y);
  }

  drag(held, event) {
    if (this.store.readOnly) return;
    const { scale } = this.camera;
    held.shift ??= [0, 0];
    const goal = [(event.clientX - held.x) / scale + held.shift[0], (event.clientY - held.y) / scale + held.shift[1]];
    const places = new Map();
    for (const id of held.ids) {
      const { x, y } = this.scene.boxes.get(id);
      const free = event.altKey;
      places.set(id, [free ? x + goal[0] : snap(x + goal[0]), free ? y + goal[1] : snap(y + goal[1])]);
    }
    this.scene.drag(places);
    this.alongRim(event, held);
  }

  // At the rim the canvas moves along, and what is dragged stays under the pointer.
  alongRim(event, held) {
    const box = this.stage.getBoundingClientRect();
    const push = (at, from, to) => (at < from + EDGE ? 10 : at > to - EDGE ? -10 : 0);
    const [dx, dy] = [push(event.clientX, box.left, box.right), push(event.clientY, box.top, box.bottom)];
    if (!dx && !dy) return;
    this.camera.pan(dx, dy);
    if (held.shift) held.shift = [held.shift[0] - dx / this.camera.scale, held.shift[1] - dy / this.camera.scale];
  }

  beginLine(start, from, field) {
    const path = this.scene.over.appendChild(s("path", { class: "line__new" }));
    return { ...start, kind: "line", from, field, path };
  }

  line(held, event) {
    const place = this.scene.placeOf(held.from);
    const [px, py] = portOf(this.scene.known.get(held.from), held.field);
    const at = this.camera.toWorld(event.clientX, event.clientY);
    const over = this.cardAt(event);
    const goal = over && over !== held.from ? this.scene.placeOf(over) : null;
    const end = goal ? [goal.x + ENTRY[0], goal.y + ENTRY[1]] : at;
    held.path.setAttribute("d", curve([place.x + px, place.y + py], end));
    this.hover(goal ? over : "");
    this.alongRim(event, held);
  }

  hover(id) {
    for (const card of this.scene.cards.querySelectorAll(".card--goal")) card.classList.remove("card--goal");
    if (id) this.scene.drawn.get(id)?.classList.add("card--goal");
  }

  cardAt(event) {
    return document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-node]")?.dataset.node ?? "";
  }

  marquee(held, event) {
    const [ax, ay] = this.camera.toWorld(held.x, held.y);
    const [bx, by] = this.camera.toWorld(event.clientX, event.clientY);
    held.box = { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) };
    held.rect ??= this.scene.over.appendChild(s("rect", { class: "marquee" }));
    for (const [name, value] of Object.entries(held.box)) held.rect.setAttribute(name, value);
    const inside = [...this.scene.boxes].filter(([, box]) => touch(box, held.box)).map(([id]) => id);
    this.store.select(inside);
  }

  up(event, cancelled = false) {
    this.fingers.delete(event.pointerId);
    if (this.fingers.size < 2) this.pinched = null;
    const held = this.held;
    if (!held || held.id !== event.pointerId) return;
    this.held = null;
    this.stage.classList.remove(`stage--${held.kind}`);
    held.path?.remove();
    held.rect?.remove();
    this.hover("");
    if (held.far && !cancelled) this.drop(held, event);
    else if (!held.far) this.click(held);
    this.scene.drag(new Map());
    if (cancelled) this.scene.redraw();
  }

  drop(held, event) {
    const { store, scene } = this;
    if (held.kind === "drag" && scene.moved.size) {
      store.change(gettext("move"), move(store.graph, Object.fromEntries(scene.moved)));
    }
    if (held.kind !== "line") return;
    const goal = this.cardAt(event);
    if (goal && goal !== held.from) store.change(gettext("connect"), connect(store.graph, held.from, held.field, goal));
    else if (!goal) this.editor.pickKind({ from: held.from, field: held.field, place: this.camera.toWorld(event.clientX, event.clientY), at: [event.clientX, event.clientY] });
  }

  click(held) {
    if (held.kind === "drag" && !held.more) this.pressed(held.node);
    if (held.kind === "line") this.editor.pickTarget(held.from, held.field, [held.x, held.y]);
    if (held.kind === "pan" || held.kind === "marquee") {
      this.store.select([]);
      this.stage.focus({ preventScroll: true });
    }
  }

  // Twice on one card edits it. (Its own event goes to the stage, which holds the pointer.)
  pressed(id) {
    const twice = this.last?.id === id && performance.now() - this.last.at < TWICE;
    this.last = { id, at: performance.now() };
    this.store.select([id]);
    if (twice) this.editor.edit(id);
  }

  pinch() {
    this.held?.path?.remove();
    this.held = null;
    this.pinched = this.grip();
  }

  grip() {
    const [[ax, ay], [bx, by]] = [...this.fingers.values()];
    return { x: (ax + bx) / 2, y: (ay + by) / 2, apart: Math.hypot(ax - bx, ay - by) };
  }

  pinching() {
    const now = this.grip();
    const box = this.stage.getBoundingClientRect();
    this.camera.pan(now.x - this.pinched.x, now.y - this.pinched.y);
    this.camera.zoom(now.apart / this.pinched.apart, [now.x - box.left, now.y - box.top]);
    this.pinched = now;
  }
}
