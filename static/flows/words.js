// A step in words: what stands on its card, how its ways on are called, a condition as a sentence.

import { choicesOf } from "./fact-values.js";
import { FACTS, KINDS, OPS, REASONS, WITHOUT_VALUE } from "./kinds.js";
import { actionName } from "./known-actions.js";
import { hasText, inLanguage } from "./graph.js";

const say = (format, values) => interpolate(format, values, true);

export function slotName(graph, name, language) {
  return inLanguage(graph.slots[name]?.label, language) || name;
}

// What a card says of its step; "" where nothing has been written yet.
export function titleOf(node, graph, language, flows = {}) {
  switch (node.kind) {
    case "ask":
      return inLanguage(graph.slots[node.slot]?.ask, language);
    case "form":
      return inLanguage(node.text, language) || fieldNames(node, graph, language);
    case "branch":
      return node.cases.length ? conditionInWords(node.cases[0].when, graph, language) : "";
    case "set":
      return Object.entries(node.values).map(([name, value]) => `${slotName(graph, name, language)} = ${shown(value)}`).join(", ");
    case "act":
      return actionName(node.action);
    case "answer":
      return inLanguage(node.question, language) || gettext("What the customer asked");
    case "call":
      return inLanguage(flows[node.flow], language) || node.flow;
    case "handoff":
      return inLanguage(node.text, language) || REASONS[node.reason];
    case "end":
      return inLanguage(node.text, language) || (node.outcome === "done" ? gettext("Done") : gettext("Given up"));
    default:
      return inLanguage(node.text, language) || (node.cards ?? []).map((card) => inLanguage(card.title, language)).filter(Boolean).join(" · ");
  }
}

export function kindLine(node, graph, language) {
  const name = KINDS[node.kind].name;
  if (node.kind === "form" && node.slots.length) return `${name} · ${fieldNames(node, graph, language)}`;
  if (node.cards?.length) return `${name} · ${interpolate(ngettext("%s card", "%s cards", node.cards.length), [node.cards.length])}`;
  return node.kind === "ask" ? `${name} · ${slotName(graph, node.slot, language)}` : name;
}

const fieldNames = (node, graph, language) => node.slots.map((name) => slotName(graph, name, language)).join(", ");

export function emptyWords(node) {
  if (node.kind === "act") return gettext("No action yet");
  if (node.kind === "branch") return gettext("No condition yet");
  if (node.kind === "set" || node.kind === "form") return gettext("Nothing yet");
  return gettext("No words yet");
}

// Whether what a customer reads is missing in this language.
export function isMissing(node, graph, language) {
  const text = node.kind === "ask" ? graph.slots[node.slot]?.ask : node.text;
  if (node.kind === "form") return hasText(text) && !(text[language] ?? "").trim();
  if (!text || !(node.kind in { say: 1, ask: 1, choose: 1 })) return false;
  if (node.cards?.length && !hasText(text)) return node.cards.some((card) => !(card.title[language] ?? "").trim());
  return !(text[language] ?? "").trim() && (hasText(text) || node.kind !== "end");
}

export function wayLabel(node, field, graph, language) {
  const [list, at] = field.split(".");
  if (list === "options") {
    const each = node.options[at];
    return inLanguage(each.label, language) || (/^\d+$/.test(each.value) ? interpolate(gettext("Button %s"), [each.value]) : each.value);
  }
  if (list === "cases") return conditionInWords(node.cases[at].when, graph, language);
  return WAYS[node.kind]?.[field] ?? WAYS.any[field];
}

const WAYS = {
  any: { next: gettext("Then"), otherwise: gettext("Not understood"), failed: gettext("Failed"), declined: gettext("The customer says no"), pending: gettext("While staff decide"), unknown: gettext("No answer") },
  branch: { next: gettext("Otherwise") },
  act: { next: gettext("Done") },
  ask: { next: gettext("Answered") },
  form: { next: gettext("Filled in") },
  answer: { next: gettext("Answered") },
};

// What happens where a way leads to no step.
const ENDS = {
  otherwise: gettext("A person is offered"),
  failed: gettext("A person is offered"),
  declined: gettext("Nothing is done, and the flow is cancelled"),
  pending: gettext("The customer is told that staff decide, and it ends"),
  unknown: gettext("The customer is told that there is no answer, and it goes on as after one"),
};
export const endOf = (field) => ENDS[field] ?? gettext("The end");

// Where a way leads, in words: `to` is the step, if there is one.
export const goalOf = (field, to, graph, language, flows) => (to ? stepLine(to, graph, language, flows) : endOf(field));

export function conditionInWords(condition, graph, language) {
  if (!condition) return "";
  if (condition.all) return joined(condition.all, gettext("and"), graph, language);
  if (condition.any) return joined(condition.any, gettext("or"), graph, language);
  if (condition.not) return say(gettext("not (%(what)s)"), { what: conditionInWords(condition.not, graph, language) });
  const fact = factName(condition.fact, graph, language);
  if (WITHOUT_VALUE.includes(condition.op)) return `${fact} ${OPS[condition.op]}`;
  const value = valueName(condition, graph, language);
  if (condition.op === "is" && typeof condition.value === "boolean") return say(gettext("%(fact)s: %(value)s"), { fact, value });
  return `${fact} ${OPS[condition.op]} ${value}`;
}

function joined(conditions, word, graph, language) {
  const inner = (one) => {
    const words = conditionInWords(one, graph, language);
    return one.all || one.any ? `(${words})` : words;
  };
  return conditions.map(inner).join(` ${word} `) || gettext("always");
}

export function factName(fact, graph, language) {
  const slot = fact.replace(/^slots\./, "");
  return fact.startsWith("slots.") ? slotName(graph, slot, language) : FACTS[fact] ?? fact;
}

function valueName({ fact, value }, graph, language) {
  const choices = choicesOf(fact, graph, language);
  const one = (each) => choices.find(([known]) => known === each)?.[1] ?? shown(each);
  return Array.isArray(value) ? value.map(one).join(", ") : one(value);
}

function shown(value) {
  if (value === true) return gettext("yes");
  if (value === false) return gettext("no");
  if (value === null || value === undefined) return gettext("nothing");
  return typeof value === "string" ? `“${value}”` : String(value);
}

// A step in one line, for lists, pickers and screen readers.
export function stepLine(node, graph, language, flows) {
  return `${KINDS[node.kind].name}: ${titleOf(node, graph, language, flows) || emptyWords(node)}`;
}
