// What a slot is: its kind, how it is asked for, what it may be.

import { h } from "./dom.js";
import { check, field, fold, group, line, listOf, number, select, swapped, without } from "./fields.js";
import { SLOT_KINDS } from "./kinds.js";
import { changeSlot, renameSlot } from "./edits.js";
import { asks, filledBeforeAll, fittingOptions, whyNoList } from "./fitting.js";
import { KEY, freshName, hasText, inLanguage, keyFrom, languages } from "./graph.js";
import { followed, isUnnamed, stemOf } from "./naming.js";
import { conditionField, freshTest } from "./condition-field.js";
import { textField } from "./text-field.js";
import { tell } from "./dom.js";

const RANGED = { number: "", money: "", text: gettext("characters") };

// `label`: {title, hint, needed} of its name, where customers read that first.
export function slotForm({ store, name, label = null }) {
  const slot = store.graph.slots[name];
  if (!slot) return h("p", { class: "field__hint" }, gettext("There is no such slot. Choose another one, or make a new one."));
  const own = { name, follows: isUnnamed(store.graph, name) };
  const put = (path, value, merge = "") =>
    store.change(gettext("change a slot"), changeSlot(store.graph, own.name, path, value), { merge: merge && `slot.${merge}`, from: merge ? "typing" : "" });
  const text = (label, path, others) =>
    textField({ store, label, text: slot[path], at: `slot.${path}`, write: (language, words) => put(`${path}.${language}`, words, `${path}.${language}`), ...others });
  return h("div", { class: "form" },
    label && called({ store, own, text, ...label }),
    asked({ store, own, text }),
    !label && called({ store, own, text }),
    field(gettext("Kind of answer"), select(slot.kind, Object.entries(SLOT_KINDS), (kind) => put("kind", kind)), { at: "slot.kind" }),
    offered({ store, slot, own, put }),
    slot.kind === "choice" && choices({ store, slot, put }),
    slot.kind === "code" && field(gettext("Pattern"), line(slot.pattern, (value) => put("pattern", value, "pattern"), { spellcheck: "false", class: "field__control field__control--small mono" }), { at: "slot.pattern", hint: gettext("How such a code is built, as a regular expression: [A-Z]{2}\\d{6} is two letters and six digits.") }),
    ["date", "moment", "period"].includes(slot.kind) && check(gettext("Must be in the future"), slot.future, (value) => put("future", value), { at: "slot.future" }),
    slot.kind in RANGED && range({ slot, put }),
    slot.kind === "file" && filed({ slot, put }),
    fold(gettext("When the answer is not understood"), hasText(slot.reject) || slot.most_asks !== 3,
      text(gettext("Then say"), "reject", { hint: gettext("Said before the question is asked again.") }),
      field(gettext("Ask at most (times)"), number(slot.most_asks, (value) => value >= 1 && value <= 9 && put("most_asks", Math.round(value), "most_asks"), { min: 1, max: 9, step: 1 }), { at: "slot.most_asks", hint: gettext("Then it goes on as “Not understood” says.") }),
      condition({ store, slot, own, put }),
    ),
    fold(gettext("Name and memory"), false, ...naming({ store, slot, name, put })),
  );
}

// The list that an action brings, of which customers choose: free times, their orders.
function offered({ store, slot, own, put }) {
  const { graph } = store;
  const before = filledBeforeAll(graph, graph.nodes.filter((node) => asks(node, own.name)));
  const why = (name) => (name === own.name ? gettext("the slot itself") : whyNoList(graph, name, before, slot.kind));
  const { fit, odd } = fittingOptions(store, slot.offered, why);
  if (!fit.length && !odd.length) return null;
  return field(gettext("Chosen from"), select(slot.offered ?? "", [["", gettext("No list: any answer of this kind")], ...fit, ...odd], (value) => put("offered", value)), { at: "slot.offered", hint: gettext("A list that an action has brought before, such as free times: each entry becomes a button.") });
}

function choices({ store, slot, put }) {
  const list = slot.choices;
  const change = (next) => put("choices", next);
  const add = () => {
    const value = freshName(gettext("choice"), new Set(list.map((each) => each.value)));
    change([...list, { value, label: Object.fromEntries(languages(store.graph).map((language) => [language, ""])), synonyms: {} }]);
  };
  return group(gettext("Choices"), listOf({
    items: list, at: "slot.choices", add, addLabel: gettext("Add a choice"),
    remove: (index) => change(without(list, index)),
    swap: (one, other) => change(swapped(list, one, other)),
    name: (each) => inLanguage(each.label, store.language) || each.value,
    draw: (each, index) => choiceForm({ store, each, path: `choices.${index}`, put, index, taken: list.map((one) => one.value) }),
  }));
}

// Shared by the choices of a slot and the options of a step. A value that nobody has touched follows the label.
export function choiceForm({ store, each, path, put, index, taken }) {
  const followed = (label, before) => {
    const first = languages(store.graph)[0];
    const follows = each.value === keyFrom(before) || /^(choice|choix|option|\d)[_\d]*$/.test(each.value);
    return follows && keyFrom(label) && store.language === first ? freshName(label, new Set(taken.filter((one, at) => at !== index))) : each.value;
  };
  const writeLabel = (language, words) => {
    const value = followed(words, each.label[language] ?? "");
    if (value !== each.value) put(`${path}.value`, value, `${path}.label.${language}`);
    each = { ...each, value, label: { ...each.label, [language]: words } };
    put(`${path}.label.${language}`, words, `${path}.label.${language}`);
  };
  return h("div", { class: "form form--tight" },
    textField({ store, label: gettext("Button"), text: each.label, at: `${path}.label`, write: writeLabel, needed: true, placeholder: each.value }),
    fold(gettext("Other words for it"), Object.values(each.synonyms ?? {}).some((words) => words.length),
      textField({ store, label: gettext("Other words for it"), text: each.synonyms, lines: true, at: `${path}.synonyms`, hint: gettext("One per line: what else customers say for it."), write: (language, words) => put(`${path}.synonyms.${language}`, words, `${path}.synonyms`) }),
      field(gettext("Kept as"), line(each.value, (value) => value.trim() && put(`${path}.value`, value.trim(), `${path}.value`), { maxlength: 120, required: true }), { at: `${path}.value`, hint: gettext("What branches and actions get, whatever the button says.") }),
    ),
  );
}

function range({ slot, put }) {
  const unit = RANGED[slot.kind] && ` (${RANGED[slot.kind]})`;
  return h("div", { class: "pair" },
    field(gettext("At least") + unit, number(slot.least, (value) => put("least", value, "least")), { at: "slot.least" }),
    field(gettext("At most") + unit, number(slot.most, (value) => put("most", value, "most")), { at: "slot.most" }),
  );
}

// Of a file: which kind, and how large. What the assistant takes at all stands in its settings.
function filed({ slot, put }) {
  const kinds = [["", gettext("Pictures and documents")], ["pictures", gettext("Pictures only")], ["documents", gettext("Documents only")]];
  return h("div", { class: "pair" },
    field(gettext("Files that are taken"), select(slot.accept ?? "", kinds, (value) => put("accept", value)), { at: "slot.accept" }),
    field(gettext("At most (MB)"), number(slot.most, (value) => put("most", value, "most")), { at: "slot.most" }),
  );
}

function condition({ store, slot, own, put }) {
  if (!slot.valid) {
    return h("button", { type: "button", class: "link-button", "data-at": "slot.valid.add", onclick: () => put("valid", freshTest(store, own.name)) }, gettext("Accept it only if…"));
  }
  return group(gettext("Accept it only if"), conditionField({
    store, condition: slot.valid, at: "slot.valid", remove: () => put("valid", null),
    change: (next, { typing } = {}) => put("valid", next, typing ? "valid" : ""),
  }));
}

// A name that nobody has chosen ("answer_2") follows what the answer is called, while that is written, and before it
// is called anything, what the question is about.
function called({ store, own, text, title = gettext("The answer is called"), hint = gettext("Such as “Order number”: for staff, conditions and lists."), needed = false }) {
  return followed(text(title, "label", { hint, needed }), { store, own, path: "label", stem: keyFrom });
}

function asked({ store, own, text }) {
  const may = () => !hasText(store.graph.slots[own.name].label);
  return followed(text(gettext("Question"), "ask", { needed: true }), { store, own, path: "ask", stem: (words) => stemOf(words) || "answer", may });
}

function naming({ store, slot, name, put }) {
  const key = line(name, () => {}, { spellcheck: "false", class: "field__control field__control--small mono", maxlength: 60 });
  key.addEventListener("change", () => {
    const next = key.value.trim();
    if (next === name) return;
    if (!KEY.test(next) || next in store.graph.slots) {
      key.setAttribute("aria-invalid", "true");
      return tell(gettext("A name has small letters, digits and _, begins with a letter, and is not taken."));
    }
    store.change(gettext("rename a slot"), renameSlot(store.graph, name, next), { from: "rename" });
  });
  return [
    field(gettext("Name in texts and conditions"), key, { at: "slot.key", hint: interpolate(gettext("In a text, {%s} stands for the answer."), [name]) }),
    check(gettext("Remembered for the whole conversation"), slot.remembered, (value) => put("remembered", value), { at: "slot.remembered", hint: gettext("Other flows with a slot of this name know it too.") }),
  ];
}
