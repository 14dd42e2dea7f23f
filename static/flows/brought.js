// Slots for what actions bring: what they are called, in each language that the flow speaks.

import { locale } from "../locale.js";
import { changeNode, freshSlot } from "./edits.js";
import { freshName, languages, nodeOf } from "./graph.js";
import { actionOf } from "./known-actions.js";
import { kindOfPart } from "./fitting.js";

// Kinds that need nothing else said of the slot; a list stands in one of words.
const PLAIN = ["yes_no", "number", "moment"];

// A slot that keeps the part `path`, which the action calls `name`.
export function keptPart(graph, node, path, name) {
  const slot = freshName(name, new Set(Object.keys(graph.slots)));
  const kind = kindOfPart(node, path);
  const made = { ...freshSlot(), kind: PLAIN.includes(kind) ? kind : "text", label: labelOf(node, name, languages(graph)) };
  const slots = { ...graph.slots, [slot]: made };
  return changeNode({ ...graph, slots }, node.id, { takes: { ...nodeOf(graph, node.id).takes, [slot]: path } });
}

function labelOf(node, name, spoken) {
  const label = Object.fromEntries(spoken.map((language) => [language, labelIn(node, name, language)]));
  return Object.values(label).some(Boolean) ? label : {};
}

function labelIn(node, name, language) {
  const labels = actionOf(node)?.labels_in ?? {};
  return (labels[language] ?? labels[language.split("-")[0]])?.[name] ?? "";
}

// In a language that the flow speaks from now on: what is called as the action calls it is called so there, too.
export function calledIn(graph, language) {
  const slots = { ...graph.slots };
  for (const node of graph.nodes.filter((each) => each.kind === "act")) {
    for (const [slot, path] of Object.entries(node.takes)) {
      const name = path.replace(/^failed\./, "");
      const { label = {} } = slots[slot] ?? {};
      const isTheirs = Object.entries(label).some(([each, words]) => words && words === labelIn(node, name, each));
      const words = labelIn(node, name, language);
      if (isTheirs && words && !label[language]) slots[slot] = { ...slots[slot], label: { ...label, [language]: words } };
    }
  }
  return { ...graph, slots };
}

// What an action might bring of the parts that the flow keeps: to try on with, and to be changed. Null where nobody
// knows their kinds.
export function sampleOf(action, graph) {
  const kept = graph.nodes.filter((node) => node.kind === "act" && node.action === action);
  const parts = kept.flatMap((node) => Object.values(node.takes).map((path) => [path.replace(/^failed\./, ""), SAMPLES[kindOfPart(node, path)]]));
  const known = parts.filter(([, sample]) => sample);
  return known.length ? Object.fromEntries(known.map(([path, sample]) => [path, sample()])) : null;
}

const tomorrow = (hour) => `${new Date(Date.now() + 864e5).toISOString().slice(0, 10)}T${hour}`;
const inWords = (moment) => new Date(moment).toLocaleString(locale, { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
const SAMPLES = {
  yes_no: () => true,
  number: () => 1,
  text: () => "…",
  code: () => "AB-12345",
  moment: () => tomorrow("10:00"),
  "moment list": () => ["10:00", "15:00"].map(tomorrow).map((value) => ({ value, label: inWords(value) })),
};
