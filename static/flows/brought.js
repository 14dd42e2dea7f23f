// Slots for what actions bring: what they are called, in each language that the flow speaks.

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
