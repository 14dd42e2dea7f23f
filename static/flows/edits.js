// What can be done to a flow. Each function gives a new graph and shares with the old one what it leaves alone,
// so that two hundred of them can be kept and what changed is told by identity.

import { KINDS } from "./kinds.js";
import { edges, freshName, isUsed, nodeOf, ways } from "./graph.js";

export const STEP = 20; // the grid that steps snap to
export const snap = (value) => Math.round(value / STEP) * STEP;

const replaceNode = (graph, id, change) => ({
  ...graph,
  nodes: graph.nodes.map((node) => (node.id === id ? change(node) : node)),
});

export function changeNode(graph, id, changes) {
  return replaceNode(graph, id, (node) => ({ ...node, ...changes }));
}

// `path` such as "text.en" or "options.2.label.fr".
export function changeAt(graph, id, path, value) {
  return replaceNode(graph, id, (node) => put(node, path.split("."), value));
}

export function put(holder, [first, ...rest], value) {
  const changed = rest.length ? put(holder[first] ?? (/^\d+$/.test(rest[0]) ? [] : {}), rest, value) : value;
  if (Array.isArray(holder)) return holder.map((each, at) => (String(at) === first ? changed : each));
  return { ...holder, [first]: changed };
}

export function connect(graph, from, field, to) {
  return changeAt(graph, from, field.includes(".") ? `${field}.next` : field, to);
}

export function move(graph, places) {
  return { ...graph, layout: { ...graph.layout, ...places } };
}

export function addNode(graph, kind, { at, language, flow, text = "" }) {
  const id = freshName(kind, new Set(graph.nodes.map((node) => node.id)));
  let slots = graph.slots;
  let slot = Object.keys(slots).at(-1) ?? "";
  if (kind === "ask") {
    slot = freshName("answer", new Set(Object.keys(slots)));
    slots = { ...slots, [slot]: freshSlot() };
  }
  const node = { kind, id, note: "", ...KINDS[kind].fresh(language, slot, flow, slots[slot]?.kind) };
  if (text && node.text) node.text = { [language]: text };
  const layout = { ...graph.layout, [id]: [snap(at[0]), snap(at[1])] };
  const start = graph.nodes.length ? graph.start : id;
  return { id, graph: { ...graph, slots, start, layout, nodes: [...graph.nodes, node] } };
}

export const freshSlot = () => ({
  kind: "text", label: {}, ask: {}, reject: {}, choices: [], pattern: "", least: null, most: null,
  accept: "", future: false, valid: null, most_asks: 3, remembered: false,
});

// A new step behind another one: what that led to comes behind the new one, where it has a plain way on.
export function addAfter(graph, from, field, kind, given) {
  const { id, graph: added } = addNode(graph, kind, given);
  if (!from) return { id, graph: added };
  const before = ways(nodeOf(graph, from)).find((way) => way.field === field)?.target ?? "";
  let changed = connect(added, from, field, id);
  const node = nodeOf(changed, id);
  if (before && "next" in node) changed = changeNode(changed, id, { next: before });
  return { id, graph: changed };
}

// Ways that led to what is gone lead where its own plain way on led, so that a chain stays whole.
export function removeNodes(graph, ids) {
  const gone = new Set(ids);
  const behind = (id, seen = new Set()) => {
    if (!gone.has(id) || seen.has(id)) return gone.has(id) ? "" : id;
    return behind(nodeOf(graph, id)?.next ?? "", seen.add(id));
  };
  const nodes = graph.nodes.filter((node) => !gone.has(node.id)).map((node) => redirect(node, gone, behind));
  const layout = Object.fromEntries(Object.entries(graph.layout).filter(([id]) => !gone.has(id)));
  return { ...graph, nodes, layout, start: behind(graph.start) || nodes[0]?.id || "" };
}

// With the slots that only they asked for. Others keep theirs: the flow may be called with them, or remember them.
export function removeSteps(graph, ids) {
  const kept = removeNodes(graph, ids);
  const asked = graph.nodes.filter((node) => new Set(ids).has(node.id) && ASKING.has(node.kind));
  const names = new Set(asked.flatMap((node) => node.slots ?? [node.slot]).filter((name) => name in graph.slots));
  const slots = graph.begins ? [...names].filter((name) => !graph.slots[name].remembered && !isUsed(kept, name)) : [];
  return { graph: slots.reduce(removeSlot, kept), slots };
}

const ASKING = new Set(["ask", "form", "choose"]);

function redirect(node, gone, behind) {
  let changed = node;
  for (const { field, target } of ways(node)) {
    if (!gone.has(target)) continue;
    const path = field.includes(".") ? [...field.split("."), "next"] : [field];
    changed = put(changed, path, behind(target));
  }
  return changed;
}

export function rename(graph, from, to) {
  const named = (id) => (id === from ? to : id);
  const nodes = graph.nodes.map((node) => {
    const moved = redirect(node, new Set([from]), named);
    return node.id === from ? { ...moved, id: to } : moved;
  });
  const layout = Object.fromEntries(Object.entries(graph.layout).map(([id, place]) => [named(id), place]));
  return { ...graph, nodes, layout, start: named(graph.start) };
}

// Copies with names of their own; ways among them are kept, ways elsewhere are cut.
export function pasteNodes(graph, { nodes, layout = {}, slots = {} }, { at }) {
  const taken = new Set(graph.nodes.map((node) => node.id));
  const names = new Map();
  for (const node of nodes) {
    const name = freshName(node.id, taken);
    taken.add(name);
    names.set(node.id, name);
  }
  const corner = [0, 1].map((axis) => Math.min(...nodes.map((node) => layout[node.id]?.[axis] ?? 0)));
  const places = {};
  const copies = nodes.map((node) => {
    const place = layout[node.id] ?? [0, 0];
    places[names.get(node.id)] = [0, 1].map((axis) => snap(at[axis] + place[axis] - corner[axis]));
    const every = new Set(ways(node).map((way) => way.target));
    return { ...redirect(node, every, (id) => names.get(id) ?? ""), id: names.get(node.id) };
  });
  const start = graph.nodes.length ? graph.start : copies[0]?.id ?? "";
  const all = { ...slots, ...graph.slots };
  const pasted = { ...graph, slots: all, start, nodes: [...graph.nodes, ...copies], layout: { ...graph.layout, ...places } };
  return { ids: [...names.values()], graph: pasted };
}

export function cut(graph, { from, field }) {
  return connect(graph, from, field, "");
}

export const isEdge = (graph, edge) =>
  edges(graph).some((each) => each.from === edge.from && each.field === edge.field);

// --- slots

export function changeSlot(graph, name, path, value) {
  return { ...graph, slots: { ...graph.slots, [name]: put(graph.slots[name], path.split("."), value) } };
}

export function removeSlot(graph, name) {
  const { [name]: gone, ...slots } = graph.slots;
  return { ...graph, slots };
}

// Everywhere: what asks for it, sets it, looks at it, or says it.
export function renameSlot(graph, from, to) {
  const said = new RegExp(`\\{(slots\\.)?${from}(?=[.}])`, "g");
  const inside = (value, key) => {
    if (typeof value === "string") {
      if (["slot", "each"].includes(key) && value === from) return to;
      if (key === "fact") return value.replace(new RegExp(`^slots\\.${from}(?=\\.|$)`), `slots.${to}`);
      return value.replace(said, (found, root) => `{${root ?? ""}${to}`);
    }
    if (Array.isArray(value)) return value.map((each) => inside(each, ""));
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => {
      const own = name === from && ["values", "takes"].includes(key);
      return [own ? to : name, inside(each, name)];
    }));
  };
  const slots = Object.fromEntries(Object.entries(graph.slots).map(([name, slot]) => [name === from ? to : name, inside(slot, "")]));
  return { ...graph, slots, nodes: graph.nodes.map((node) => asked(given(inside(node, ""), from, to), from, to)) };
}

// Of a form: what it asks for, and what may stay empty.
function asked(node, from, to) {
  if (!node.slots) return node;
  const named = (names) => names.map((name) => (name === from ? to : name));
  return { ...node, slots: named(node.slots), optional: named(node.optional) };
}

function given(node, from, to) {
  if (!node.gives) return node;
  const gives = Object.entries(node.gives).map(([theirs, ours]) => [theirs, ours === from ? to : ours]);
  return { ...node, gives: Object.fromEntries(gives) };
}
