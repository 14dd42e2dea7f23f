// Which slots can stand where: by what they hold, and by whether a step fills them before.

import { actionOf } from "./known-actions.js";
import { edges } from "./graph.js";
import { slotName } from "./words.js";

export const asks = (node, name) => node.slot === name || Boolean(node.slots?.includes(name));
export const isAsked = (graph, name) => graph.nodes.some((node) => asks(node, name));

// Of what an action brings: "yes_no", "list", "moment list"; "" where nobody knows, as of a part within a part.
export function kindOfPart(node, path) {
  const parts = path.replace(/^failed\./, "").split(".");
  return parts.length === 1 ? actionOf(node)?.kinds[parts[0]] ?? "" : "";
}

const keepers = (graph, name) => graph.nodes.filter((node) => node.kind === "act" && name in node.takes);

// What a slot holds: its kind, or what an action keeps there that nobody is asked for.
function heldIn(graph, name) {
  const keeping = isAsked(graph, name) ? [] : keepers(graph, name);
  const kinds = new Set(keeping.map((node) => kindOfPart(node, node.takes[name])));
  if (!kinds.size) return graph.slots[name].kind;
  return kinds.size === 1 ? [...kinds][0] : "";
}

// By an action, and no step asks customers for it.
export const isBrought = (graph, name) => !isAsked(graph, name) && keepers(graph, name).length > 0;

// Whether it may hold a list, for one `kind` of slot to choose from.
function offersTo(graph, name, kind) {
  const held = heldIn(graph, name);
  if (!keepers(graph, name).length || (held && !held.endsWith("list"))) return false;
  const of = held.split(" ").at(-2) ?? "";
  return ["text", "choice"].includes(kind) || !of || of === kind;
}

// `suits`: kinds of slots, none of them for any.
function suitsIt(graph, name, suits) {
  const held = heldIn(graph, name);
  const { kind, offered } = graph.slots[name];
  if (!suits.length || !held || suits.includes(held)) return true;
  return Boolean(offered) && ["text", "choice"].includes(kind); // it becomes what it is chosen from
}

// --- what is filled before a step

// What no step fills may be said by the way, or handed over by the flow that calls this one.
export function filledBefore(graph, id) {
  const before = stepsBefore(graph, id);
  const names = Object.keys(graph.slots);
  const isConnected = id === graph.start || before.has(graph.start);
  const earlier = graph.nodes.filter((node) => before.has(node.id));
  if (!isConnected || earlier.some((node) => node.kind === "call")) return new Set(names);
  const isFilled = (nodes, name) => nodes.some((node) => fills(node, name));
  return new Set(names.filter((name) => graph.slots[name].remembered || isFilled(earlier, name) || !isFilled(graph.nodes, name)));
}

// By the first of several steps that ask: one that has it before is enough.
export function filledBeforeAll(graph, steps) {
  if (!steps.length) return new Set(Object.keys(graph.slots));
  return new Set(steps.flatMap((node) => [...filledBefore(graph, node.id)]));
}

function stepsBefore(graph, id) {
  const leading = new Map();
  for (const edge of edges(graph)) leading.set(edge.to, [...(leading.get(edge.to) ?? []), edge]);
  const found = new Set();
  const ahead = [id];
  while (ahead.length) {
    for (const { from } of leading.get(ahead.pop()) ?? []) {
      if (found.has(from)) continue;
      found.add(from);
      ahead.push(from);
    }
  }
  return found;
}

const fills = (node, name) => asks(node, name) || (node.values?.[name] ?? null) !== null || name in (node.takes ?? {});

// --- as options of a select

// Why a slot may not stand there, "" where it may: `before` are those that are filled by then.
export function whyUnfit(graph, name, { suits = [], before = null }) {
  if (!(name in graph.slots)) return gettext("there is no such slot");
  if (!suitsIt(graph, name, suits)) return gettext("another kind of answer");
  return !before || before.has(name) ? "" : gettext("filled only later");
}

export function whyNoList(graph, name, before, kind = "text") {
  if (!(name in graph.slots)) return gettext("there is no such slot");
  if (!offersTo(graph, name, kind)) return gettext("no such list");
  return before.has(name) ? "" : gettext("filled only later");
}

// What fits, and behind it what is chosen although it does not, with the reason: nothing is lost.
export function fittingOptions({ graph, language }, held, why) {
  const called = (name) => slotName(graph, name, language);
  const fit = Object.keys(graph.slots).filter((name) => !why(name)).map((name) => [name, called(name)]);
  const odd = held && why(held) ? [[held, interpolate(gettext("%(slot)s – %(why)s"), { slot: called(held), why: why(held) }, true)]] : [];
  return { fit, odd };
}
