// The editor of a flow: puts its parts together, and does what more than one of them asks for.

import { byId, root, s, tell } from "./dom.js";
import { arranged, withPlaces } from "./arrange.js";
import { Camera } from "./camera.js";
import { Clipboard } from "./clipboard.js";
import { Customers } from "./customers.js";
import { WIDTH } from "./geometry.js";
import { addAfter, connect, move } from "./edits.js";
import { languages, nodeOf, ways } from "./graph.js";
import { Emulator } from "./emulator.js";
import { Inspector } from "./inspector.js";
import { Keys } from "./keys.js";
import { KINDS } from "./kinds.js";
import { tellActions } from "./known-actions.js";
import { Minimap } from "./minimap.js";
import { Palette } from "./palette.js";
import { Pointer } from "./pointer.js";
import { Problems } from "./problems.js";
import { kindItems, openPicker } from "./pickers.js";
import { Saving } from "./saving.js";
import { Scene } from "./scene.js";
import { Steps } from "./steps.js";
import { Store } from "./store.js";
import { Toolbar } from "./toolbar.js";
import { Versions } from "./versions.js";
import { Yaml } from "./yaml.js";
import { endOf, goalOf, stepLine, wayLabel } from "./words.js";

const READABLE = 0.6; // the scale below which nobody reads the cards

class Editor {
  constructor(given) {
    Object.assign(this, { root, flows: given.flows, actions: given.actions, view: "canvas" });
    tellActions(given.actions);
    const graph = withPlaces(given.graph);
    const known = languages(graph);
    const own = document.documentElement.lang;
    this.store = new Store(graph, { language: known.includes(own) ? own : known[0] ?? own });
    this.stage = byId("flow-stage");
    const world = byId("flow-world");
    this.camera = new Camera(this.stage, world);
    this.scene = new Scene({ store: this.store, camera: this.camera, world, flows: this.flows });
    this.problems = new Problems({ editor: this, found: [] });
    this.clipboard = new Clipboard(this);
    this.pointer = new Pointer(this);
    this.keys = new Keys(this);
    this.saving = new Saving({ store: this.store, number: given.number, onProblems: (found) => this.showProblems(found) });
    this.versions = new Versions(this);
    this.emulator = new Emulator(this);
    this.customers = new Customers(this);
    this.steps = new Steps(this);
    this.yaml = new Yaml(this);
    this.toolbar = new Toolbar(this);
    this.palette = new Palette(this);
    this.inspector = new Inspector(this);
    this.minimap = new Minimap({ canvas: byId("flow-map"), scene: this.scene, camera: this.camera, store: this.store });
    this.showProblems(given.problems);
    this.store.addEventListener("graph", () => this.showEmpty());
    this.store.addEventListener("saved", ({ detail }) => this.versions.showState(detail.state));
    this.store.addEventListener("saved", () => this.problems.lookAhead());
    this.problems.lookAhead();
    this.showEmpty();
    this.show(innerWidth < 720 ? "steps" : "canvas");
    this.fit({ begin: true });
    this.takeUpKept();
    root.dataset.ready = "";
    this.versions.asAddressed();
  }

  showProblems(found) {
    this.problems.show(found);
    this.store.tell("problems");
  }

  showEmpty() {
    byId("flow-empty").hidden = this.store.graph.nodes.length > 0;
  }

  placed(graph) {
    return withPlaces(graph);
  }

  // What an earlier visit could not send.
  takeUpKept() {
    const kept = this.saving.kept();
    if (!kept?.graph?.nodes) return;
    if (JSON.stringify(kept.graph) === JSON.stringify(this.store.graph)) return localStorage.removeItem(this.saving.key);
    this.saving.number = kept.seen;
    this.store.change(gettext("what was kept in this browser"), withPlaces(kept.graph));
    tell(gettext("Changes that were kept in this browser are sent now."));
  }

  // --- views

  show(view) {
    this.view = view;
    root.dataset.view = view;
    this.toolbar?.showView(view);
    if (view === "steps") this.steps.draw();
    if (view === "yaml") this.yaml.open();
    if (view === "canvas") this.camera.ask();
  }

  isOnCanvas() {
    return this.view === "canvas" && this.stage.contains(document.activeElement);
  }

  back() {
    if (this.view === "steps") return this.steps.list.querySelector("[aria-current]")?.focus();
    const { current } = this.store;
    if (this.view === "canvas" && current) this.scene.focus(current);
    else if (this.view === "canvas") this.stage.focus({ preventScroll: true });
  }

  // Which of the two buttons of the bar the panel answers to.
  pressed(tab) {
    this.toolbar?.showPanel(tab);
    if (tab !== "try" && this.tried) this.emulator.leave();
    this.tried = tab === "try";
    if (tab !== "customers") this.customers?.leave();
  }

  openPanel(tab) {
    const { panel } = this.inspector;
    const open = this.inspector.tab === tab && (innerWidth > 896 || panel.classList.contains("panel--open"));
    if (open) return this.inspector.close();
    if (tab === "try") this.emulator.open();
    if (tab === "history") this.versions.open();
    if (tab === "customers") this.customers.open();
    this.inspector.open(tab, { focus: true });
    if (tab === "try") this.emulator.mark();
  }

  // --- edits that start here

  edit(id = this.store.current) {
    if (!nodeOf(this.store.graph, id)) return;
    this.store.select([id]);
    this.inspector.open("step");
    const { body } = this.inspector;
    (body.querySelector("textarea") ?? body.querySelector("input, select"))?.focus();
  }

  jump({ node, field = "", at = -1 }) {
    const target = nodeOf(this.store.graph, node);
    if (!target) {
      const slot = String(field).match(/^slots\.([a-z0-9_]+)/)?.[1];
      if (slot) this.inspector.slot = slot;
      this.inspector.open(slot ? "slots" : "flow", { focus: true });
      return;
    }
    if (at >= 0) this.openField = { node, at }; // what is wrong with a field of a form
    this.store.select([node]);
    if (this.view === "canvas") this.scene.focus(node);
    const language = String(field).split(".").at(-1);
    if (languages(this.store.graph).includes(language)) this.store.speak(language);
    this.inspector.open("step");
    this.inspector.reach(field);
  }

  add(kind, place = null) {
    const { store } = this;
    const from = store.current;
    const free = place ? "" : ways(nodeOf(store.graph, from) ?? {}).find((way) => !nodeOf(store.graph, way.target))?.field;
    const at = place ?? (from ? this.behind(from) : this.camera.centre.map((each, axis) => each - [WIDTH / 2, 40][axis]));
    this.make(kind, { from: free ? from : "", field: free, at });
  }

  // Right of a step, below what stands there already.
  behind(id) {
    const own = this.scene.boxes.get(id);
    const at = [own.x + WIDTH + 96, own.y];
    const taken = () => [...this.scene.boxes.values()].find((box) => Math.abs(box.x - at[0]) < WIDTH && box.y < at[1] + 100 && at[1] < box.y + box.height + 20);
    for (let tries = 0, box = taken(); box && tries < 50; tries++, box = taken()) at[1] = box.y + box.height + 40;
    return at;
  }

  make(kind, { from = "", field = "", at }) {
    const { store } = this;
    const flow = Object.keys(this.flows).find((key) => key !== store.graph.key) ?? "another_flow";
    const { id, graph } = addAfter(store.graph, from, field, kind, { at, language: store.language, flow });
    if (!store.change(interpolate(gettext("add: %s"), [KINDS[kind].name]), graph)) return;
    store.select([id]);
    if (this.view === "canvas") this.scene.focus(id);
    this.edit(id);
    tell(interpolate(gettext("%s added"), [KINDS[kind].name]));
  }

  pickKind({ from = "", field = "", place = null, at }) {
    if (this.store.readOnly) return;
    const pick = (kind) => this.make(kind, { from, field, at: place ? [place[0], place[1] - 38] : from ? this.behind(from) : this.camera.centre });
    openPicker({ title: gettext("What comes next?"), items: kindItems(), at, pick });
  }

  // N: after the step one is at, on its first way on that leads nowhere, else between it and the next.
  addAfter(id = this.keys.here, at = null) {
    const node = nodeOf(this.store.graph, id);
    if (!node) return this.pickKind({ at: at ?? this.middle() });
    const found = ways(node);
    const way = found.find((each) => !nodeOf(this.store.graph, each.target)) ?? found[0];
    this.pickKind({ from: way ? id : "", field: way?.field, at: at ?? this.beside(id) });
  }

  middle() {
    return [innerWidth / 2 - 150, innerHeight / 3];
  }

  beside(id) {
    const box = this.scene.drawn.get(id)?.getBoundingClientRect();
    return box ? [box.right + 8, box.top] : this.middle();
  }

  // C: first which way on, then where to.
  connectHere() {
    const { graph, language } = this.store;
    const id = this.keys.here;
    const found = ways(nodeOf(graph, id) ?? {});
    if (!found.length) return tell(gettext("Nothing comes after this step."));
    if (found.length === 1) return this.pickTarget(id, found[0].field, this.beside(id));
    const items = found.map(({ field, target }) => {
      return { value: field, label: wayLabel(nodeOf(graph, id), field, graph, language), about: goalOf(field, nodeOf(graph, target), graph, language, this.flows) };
    });
    openPicker({ title: gettext("Which way on?"), items, at: this.beside(id), pick: (field) => this.pickTarget(id, field, this.beside(id)) });
  }

  pickTarget(from, field, at) {
    const { store } = this;
    if (store.readOnly) return;
    const steps = store.graph.nodes.filter((node) => node.id !== from);
    const items = steps.map((node) => ({ value: node.id, label: stepLine(node, store.graph, store.language, this.flows), icon: KINDS[node.kind].icon, kind: node.kind }));
    const pick = (to) => {
      if (to === "+") return this.pickKind({ from, field, at });
      store.change(gettext("connect"), connect(store.graph, from, field, to));
    };
    const others = [{ value: "+", label: gettext("A new step…"), icon: "plus" }, { value: "", label: endOf(field), icon: "flag" }];
    openPicker({ title: gettext("Leads to"), items: [...items, ...others], at, pick, search: items.length > 6 });
  }

  arrange() {
    const { store } = this;
    if (!store.graph.nodes.length) return;
    store.change(gettext("put into order"), move(store.graph, arranged(store.graph)));
    this.fit();
    tell(gettext("Put into order"));
  }

  // Not smaller than one can read: rather from the start on than all of it, which the small map shows.
  fit({ begin = false } = {}) {
    const { scene, camera, store } = this;
    if (!scene.known.size) return;
    const all = scene.all;
    const room = Math.min(camera.size.width / all.width, camera.size.height / all.height);
    const start = scene.boxes.get(store.graph.start);
    if (begin && room < 0.5 && start) return camera.arrive({ x: 60 - start.x * 0.8, y: camera.size.height / 2 - (start.y + 40) * 0.8, scale: 0.8 });
    camera.fit(all, { least: READABLE, from: start });
  }

  undo() {
    const label = this.store.undo();
    tell(label ? interpolate(gettext("Undone: %s"), [label]) : gettext("There is nothing to undo."));
  }

  redo() {
    const label = this.store.redo();
    tell(label ? interpolate(gettext("Done again: %s"), [label]) : gettext("There is nothing to do again."));
  }

  help() {
    byId("flow-help").showModal();
  }
}

window.flowEditor = new Editor(JSON.parse(byId("flow-data").textContent));
