// What a flow says, read: ways on, who leads where, the order in which one reads it. Nothing here changes it.

import { isAskedFirst, waitsForStaff } from "./known-actions.js";

const SINGLE = ["next", "otherwise", "failed", "declined", "pending", "unknown"];

// The ways on from a step, in the order of its ports: {field, target}.
export function ways(node) {
  const found = [];
  (node.options ?? []).forEach((each, at) => found.push({ field: `options.${at}`, target: each.next ?? "" }));
  (node.cases ?? []).forEach((each, at) => found.push({ field: `cases.${at}`, target: each.next ?? "" }));
  for (const field of SINGLE) {
    if (!(field in node)) continue;
    if (field === "pending" && !node.pending && !waitsForStaff(node)) continue;
    if (field === "declined" && !node.declined && !hasText(node.confirm) && !isAskedFirst(node)) continue;
    found.push({ field, target: node[field] });
  }
  return found;
}

export const hasText = (text) => Object.values(text ?? {}).some((words) => (words ?? "").trim());

export const nodeOf = (graph, id) => graph.nodes.find((node) => node.id === id);

export function targetOf(node, field) {
  return ways(node).find((way) => way.field === field)?.target ?? "";
}

export function edges(graph) {
  const known = new Set(graph.nodes.map((node) => node.id));
  return graph.nodes.flatMap((node) =>
    ways(node)
      .filter((way) => known.has(way.target))
      .map((way) => ({ from: node.id, field: way.field, to: way.target })),
  );
}

export function leadingTo(graph, id) {
  return edges(graph).filter((edge) => edge.to === id);
}

// As one would read it: from the start along the ways on, then what nothing leads to.
export function readingOrder(graph) {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const order = [];
  const seen = new Set();
  const waiting = [...graph.nodes.map((node) => node.id).reverse(), graph.start];
  while (waiting.length) {
    const id = waiting.pop();
    const node = byId.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    order.push(id);
    for (const way of ways(node).reverse()) if (!seen.has(way.target)) waiting.push(way.target);
  }
  return order;
}

// The languages that a flow is written in: those of all its texts, empty ones too.
export function languages(graph) {
  const found = new Set([...Object.keys(graph.name ?? {}), ...Object.keys(graph.examples ?? {})]);
  for (const text of texts(graph)) for (const language of Object.keys(text)) found.add(language);
  return found.size ? [...found].sort() : [document.documentElement.lang || "en"];
}

export function* texts(graph) {
  yield graph.description ?? {};
  for (const slot of Object.values(graph.slots ?? {})) {
    yield* [slot.label ?? {}, slot.ask ?? {}, slot.reject ?? {}];
    for (const choice of slot.choices ?? []) yield* [choice.label ?? {}, choice.synonyms ?? {}];
  }
  for (const node of graph.nodes) {
    yield* [node.text ?? {}, node.confirm ?? {}, node.question ?? {}];
    for (const each of node.options ?? []) yield* [each.label ?? {}, each.synonyms ?? {}];
    for (const card of node.cards ?? []) yield* textsOf(card);
  }
}

function* textsOf(card) {
  yield* [card.title ?? {}, card.text ?? {}, card.alt ?? {}];
  for (const each of card.buttons ?? []) yield* [each.label ?? {}, each.says ?? {}];
}

export function inLanguage(text, language) {
  if (!text) return "";
  return text[language] || text[language.split("-")[0]] || Object.values(text).find(Boolean) || "";
}

// A name that nothing else has: "ask", "ask_2", "ask_3".
export function freshName(stem, taken) {
  const clean = keyFrom(stem) || "step";
  if (!taken.has(clean)) return clean;
  for (let number = 2; ; number++) {
    const name = `${clean.slice(0, 54)}_${number}`;
    if (!taken.has(name)) return name;
  }
}

export const KEY = /^[a-z][a-z0-9_]{0,59}$/;

export const keyFrom = (words) => plainFrom(words).replace(/^[_\d]+|_+$/g, "").slice(0, 40).replace(/_+$/, "");

// In small plain letters, with "_" between words.
export const plainFrom = (words) => words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "_");

// Where a slot is used: the steps that ask for it, set it, or look at it.
export function usesOf(graph, slot) {
  const named = new RegExp(`\\{(slots\\.)?${slot}[.}]`);
  return graph.nodes.filter((node) => {
    if (node.slot === slot || node.slots?.includes(slot) || slot in (node.values ?? {}) || slot in (node.takes ?? {})) return true;
    if ((node.cards ?? []).some((card) => card.each === slot)) return true;
    const said = JSON.stringify(node);
    return said.includes(`"slots.${slot}"`) || named.test(said);
  });
}

// Whether anything but the slot itself speaks of it: a step, another slot, when the flow may begin.
export function isUsed(graph, slot) {
  if (usesOf(graph, slot).length) return true;
  const { [slot]: own, ...others } = graph.slots;
  const said = JSON.stringify([others, graph.when ?? null]);
  const named = new RegExp(`\\{(slots\\.)?${slot}[.}]|"slots\\.${slot}[."]`);
  return named.test(said) || Object.values(others).some((each) => each.offered === slot);
}
