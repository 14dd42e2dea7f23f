// The fields of each kind of step.

import { actForm } from "./act-form.js";
import { cardsForm } from "./card-form.js";
import { button, h } from "./dom.js";
import { check, field, fold, group, line, listOf, number, pairs, select, swapped, without } from "./fields.js";
import { KINDS, REASONS, option } from "./kinds.js";
import { changeAt, changeNode, connect } from "./edits.js";
import { freshName, inLanguage, languages, nodeOf, ways } from "./graph.js";
import { fieldsForm } from "./fields-form.js";
import { conditionField, freshTest } from "./condition-field.js";
import { choiceForm, slotForm } from "./slot-form.js";
import { textField } from "./text-field.js";
import { NEW, freshKey, lazy, nextSlot, slotPicker, slotSelect } from "./slot-pickers.js";
import { endOf, stepLine, wayLabel } from "./words.js";

// What a form needs of its step: `put` changes one part of it, `text` and `target` are fields of it.
function hands(editor, node) {
  const { store } = editor;
  const put = (path, value, merge = "") =>
    store.change(gettext("change a step"), changeAt(store.graph, node.id, path, value), { merge: merge && `${node.id}.${merge}`, from: merge ? "typing" : "" });
  const text = (label, path, others = {}) =>
    textField({ store, label, text: node[path], at: path, write: (language, words) => put(`${path}.${language}`, words, `${path}.${language}`), ...others });
  return { editor, store, node, put, text, draw: () => editor.inspector.draw() };
}

export function nodeForm(editor, node) {
  const given = hands(editor, node);
  return h("div", { class: "form" }, ...FORMS[node.kind](given).filter(Boolean), ...waysOf(given));
}

const FORMS = {
  say: (given) => [
    given.text(gettext("What is said"), "text", { needed: !given.node.cards?.length, hint: gettext("{slot} stands for what was answered.") }),
    cardsForm(given),
  ],
  ask: askForm,
  form: fieldsForm,
  choose: chooseForm,
  branch: branchForm,
  set: setForm,
  act: actForm,
  answer: ({ text }) => [text(gettext("Question that is looked up in the knowledge"), "question", { hint: gettext("Empty: what the customer said last.") })],
  handoff: ({ node, text, put }) => [
    text(gettext("What is said before"), "text"),
    field(gettext("Reason"), select(node.reason, Object.entries(REASONS), (value) => put("reason", value)), { at: "reason" }),
  ],
  call: callForm,
  end: ({ node, text, put }) => [
    text(gettext("Last words"), "text"),
    field(gettext("Outcome"), select(node.outcome, [["done", gettext("Done: the customer has what they wanted")], ["given_up", gettext("Given up: it could not be done")]], (value) => put("outcome", value)), { at: "outcome" }),
  ],
};

function askForm({ store, node, put }) {
  const pick = (name, graph) => store.change(gettext("choose a slot"), changeNode(graph, node.id, { slot: name }));
  return [
    slotForm({ store, name: node.slot }),
    slotPicker({ store, value: node.slot, pick, at: "slot", label: gettext("Keeps the answer in") }),
    check(gettext("Ask even if the answer is known already"), node.again, (value) => put("again", value), { at: "again" }),
  ];
}

function chooseForm({ store, node, text, put }) {
  const list = node.options;
  const change = (next) => put("options", next);
  const pick = (name, graph) => store.change(gettext("choose a slot"), changeNode(graph, node.id, { slot: name }));
  const label = Object.fromEntries(languages(store.graph).map((language) => [language, ""]));
  return [
    text(gettext("What is said above the buttons"), "text", { needed: true }),
    group(gettext("Buttons"), listOf({
      items: list, at: "options", addLabel: gettext("Add a button"),
      add: () => change([...list, { ...option(freshName("option", new Set(list.map((each) => each.value)))), label }]),
      remove: (index) => change(without(list, index)),
      swap: (one, other) => change(swapped(list, one, other)),
      name: (each) => inLanguage(each.label, store.language) || each.value,
      draw: (each, index) => h("div", { class: "form form--tight" },
        choiceForm({ store, each, path: `options.${index}`, put, index, taken: list.map((one) => one.value) }),
        nodeOf(store.graph, each.next)?.kind === "act" && check(gettext("It is a yes to the action it leads to"), each.confirms === each.next, (value) => put(`options.${index}.confirms`, value ? each.next : ""), { at: `options.${index}.confirms`, hint: gettext("The customer is not asked again before it is done.") }),
      ),
    })),
    fold(gettext("More"), Boolean(node.slot),
      slotPicker({ store, value: node.slot, none: gettext("Nowhere"), pick, at: "slot", label: gettext("Keeps what was chosen in") }),
      field(gettext("Ask at most (times)"), number(node.most_asks, (value) => value >= 1 && value <= 9 && put("most_asks", Math.round(value), "most_asks"), { min: 1, max: 9, step: 1 }), { at: "most_asks" }),
    ),
  ];
}

function branchForm({ store, node, put }) {
  const list = node.cases;
  const change = (next) => put("cases", next);
  return [group(gettext("Cases: the first that is true is taken"), listOf({
    items: list, at: "cases", addLabel: gettext("Add a case"),
    add: () => change([...list, { when: freshTest(store), next: "" }]),
    remove: (index) => change(without(list, index)),
    swap: (one, other) => change(swapped(list, one, other)),
    name: (each, index) => wayLabel(node, `cases.${index}`, store.graph, store.language),
    draw: (each, index) => conditionField({
      store, condition: each.when, at: `cases.${index}`,
      change: (next, { typing } = {}) => put(`cases.${index}.when`, next, typing ? `cases.${index}` : ""),
    }),
  }))];
}

function setForm({ store, node, put }) {
  return [group(gettext("What is noted down"), pairs({
    values: node.values, at: "values", addLabel: gettext("Note down another"), fresh: nextSlot(store),
    change: (values) => put("values", values),
    name: slotSelect(store),
    value: (held, change, at, key) => line(held ?? "", (next) => put(`values.${key}`, literal(next), `values.${key}`), { "aria-label": gettext("Value"), "data-at": at, placeholder: gettext("Empty: forgets it") }),
  }), h("p", { class: "field__hint" }, gettext("{slot} stands for what was answered. For a yes-or-no slot, write yes or no.")))];
}

function literal(text) {
  if (text === "") return null;
  const words = { [gettext("yes")]: true, [gettext("no")]: false, true: true, false: false };
  if (text in words) return words[text];
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text) ? Number(text) : text;
}

function callForm({ editor, store, node, put }) {
  const others = Object.entries(editor.flows).filter(([key]) => key !== store.graph.key);
  const label = ([key, name]) => [key, inLanguage(name, store.language) || key];
  const theirs = (key, change, at) => lazy(key, change, { "aria-label": gettext("Slot of the other flow"), "data-at": at });
  return [
    field(gettext("Flow"), select(node.flow, others.map(label), (value) => put("flow", value)), { at: "flow", hint: gettext("Slots that have the same name in both flows are shared.") }),
    fold(gettext("Slots with different names in the two flows"), Object.keys(node.gives).length + Object.keys(node.takes).length > 0,
      group(gettext("Given to the other flow: its slot, our slot"), pairs({
        values: node.gives, at: "gives", addLabel: gettext("Give another"), fresh: freshKey("slot"), change: (gives) => put("gives", gives),
        name: theirs, value: (held, change, at) => slotSelect(store)(held, change, at),
      })),
      group(gettext("Taken back from it: our slot, its slot"), pairs({
        values: node.takes, at: "takes", addLabel: gettext("Take another back"), fresh: nextSlot(store), change: (takes) => put("takes", takes),
        name: slotSelect(store), value: theirs,
      })),
    ),
  ];
}

// Where it leads: a picker for each way on.
function waysOf({ editor, store, node }) {
  const { graph, language } = store;
  const found = ways(node);
  if (!found.length) return [];
  const steps = graph.nodes.filter((each) => each.id !== node.id).map((each) => [each.id, stepLine(each, graph, language, editor.flows).slice(0, 70)]);
  const rows = found.map(({ field: way, target }) => {
    const lead = (to) => {
      if (to === NEW) return editor.pickKind({ from: node.id, field: way, at: [innerWidth - 620, 200] });
      store.change(gettext("connect"), connect(store.graph, node.id, way, to));
    };
    const options = [["", endOf(way)], ...steps, [NEW, gettext("A new step…")]];
    return field(wayLabel(node, way, graph, language), select(target, options, lead), { at: `way.${way}` });
  });
  return [group(gettext("Leads to"), ...rows)];
}

export function noteForm(editor, node, rename) {
  const { put } = hands(editor, node);
  const key = line(node.id, () => {}, { spellcheck: "false", class: "field__control field__control--small mono", maxlength: 60 });
  key.addEventListener("change", () => rename(key));
  const isStart = editor.store.graph.start === node.id;
  const begin = () => editor.store.change(gettext("begin here"), { ...editor.store.graph, start: node.id });
  return fold(gettext("Note and name"), Boolean(node.note),
    field(gettext("Note for whoever edits this"), line(node.note, (value) => put("note", value, "note")), { at: "note" }),
    field(gettext("Name of the step"), key, { at: "id" }),
    !isStart && button(gettext("The flow begins here"), begin, { icon: "flag", small: true, "data-at": "begin" }),
  );
}

export const kindName = (node) => KINDS[node.kind].name;
