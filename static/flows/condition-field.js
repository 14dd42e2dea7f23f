// A condition as rows: a fact, how it is compared, a value; several of them under "all", "one of" or "none".

import { h, iconButton } from "./dom.js";
import { line, select, without } from "./fields.js";
import { FACTS, OPS, WITHOUT_VALUE } from "./kinds.js";
import { inLanguage } from "./graph.js";
import { slotName } from "./words.js";

const GROUPS = { all: gettext("all of these hold"), any: gettext("one of these holds"), not: gettext("this does not hold") };
const DEEPEST = 4;

// `change(condition)` with the whole of it.
export function conditionField({ store, condition, change, at, deep = 0, remove = null }) {
  const kind = ["all", "any", "not"].find((each) => each in condition) ?? "test";
  const given = { store, condition, change, at, deep, remove };
  return kind === "test" ? testRow(given) : groupOf(kind, given);
}

function groupOf(kind, { store, condition, change, at, deep, remove }) {
  const inner = kind === "not" ? [condition.not] : condition[kind];
  const put = (parts) => {
    if (!parts.length) return remove ? remove() : change(freshTest(store));
    change(kind === "not" ? { not: parts[0] } : { [kind]: parts });
  };
  const rows = inner.map((one, index) =>
    conditionField({
      store, condition: one, at: `${at}.${index}`, deep: deep + 1,
      change: (next) => put(inner.map((each, each_at) => (each_at === index ? next : each))),
      remove: () => put(without(inner, index)),
    }),
  );
  const as = select(kind, Object.entries(GROUPS), (next) => change(regrouped(next, inner)), { "aria-label": gettext("How these go together"), "data-at": `${at}.kind` });
  const more = kind !== "not" && h("button", { type: "button", class: "link-button", "data-at": `${at}.add`, onclick: () => put([...inner, freshTest(store)]) }, gettext("And another one"));
  return h("div", { class: "condition condition--group" }, h("div", { class: "condition__head" }, as, ungroup(inner, change, at)), ...rows, more);
}

const regrouped = (kind, inner) => (kind === "not" ? { not: inner.length > 1 ? { all: inner } : inner[0] } : { [kind]: inner });

function ungroup(inner, change, at) {
  if (inner.length !== 1) return null;
  return iconButton("x", gettext("Without the group"), () => change(inner[0]), { "data-at": `${at}.ungroup` });
}

export function freshTest(store) {
  const slot = Object.keys(store.graph.slots)[0];
  return slot ? { fact: `slots.${slot}`, op: "known", value: null } : { fact: "customer.verified", op: "is", value: true };
}

function testRow({ store, condition, change, at, deep, remove }) {
  const { fact, op, value } = condition;
  const facts = select(fact, factOptions(store), (next) => change({ ...condition, fact: next, value: WITHOUT_VALUE.includes(op) ? null : firstValue(store, next) }), { "aria-label": gettext("What is looked at"), "data-at": `${at}.fact` });
  const ops = select(op, Object.entries(OPS), (next) => change({ ...condition, op: next, value: converted(store, fact, next, value) }), { "aria-label": gettext("How it is compared"), "data-at": `${at}.op` });
  const parts = [facts, ops];
  if (!WITHOUT_VALUE.includes(op)) parts.push(valueControl({ store, condition, change, at }));
  const tools = h("div", { class: "condition__tools" },
    deep < DEEPEST && h("button", { type: "button", class: "link-button", "data-at": `${at}.and`, onclick: () => change({ all: [condition, freshTest(store)] }) }, gettext("and…")),
    deep < DEEPEST && h("button", { type: "button", class: "link-button", "data-at": `${at}.or`, onclick: () => change({ any: [condition, freshTest(store)] }) }, gettext("or…")),
    deep < DEEPEST && h("button", { type: "button", class: "link-button", "data-at": `${at}.not`, onclick: () => change({ not: condition }) }, gettext("not")),
    remove && iconButton("x", gettext("Remove this condition"), remove, { "data-at": `${at}.gone` }),
  );
  return h("div", { class: "condition" }, h("div", { class: "condition__row" }, ...parts), tools);
}

function factOptions(store) {
  const slots = Object.keys(store.graph.slots).map((name) => [`slots.${name}`, slotName(store.graph, name, store.language)]);
  const groups = [{ group: gettext("What the flow knows"), options: slots }, { group: gettext("Beside it"), options: Object.entries(FACTS) }];
  return groups.filter((each) => each.options.length);
}

const slotOf = (store, fact) => (fact.startsWith("slots.") ? store.graph.slots[fact.slice(6)] : null);

function firstValue(store, fact) {
  const slot = slotOf(store, fact);
  if (fact === "customer.verified" || slot?.kind === "yes_no") return true;
  if (slot?.kind === "choice" && slot.choices.length) return slot.choices[0].value;
  return "";
}

function converted(store, fact, op, value) {
  if (WITHOUT_VALUE.includes(op)) return null;
  if (op === "one_of") return Array.isArray(value) ? value : value === null ? [] : [value];
  const plain = Array.isArray(value) ? value[0] ?? "" : value;
  return plain === null ? firstValue(store, fact) : plain;
}

function valueControl({ store, condition, change, at }) {
  const { fact, op, value } = condition;
  const slot = slotOf(store, fact);
  const others = { "aria-label": gettext("The value"), "data-at": `${at}.value` };
  const put = (next) => change({ ...condition, value: next });
  if (op === "one_of") return listControl(value, put, others);
  if (fact === "customer.verified" || slot?.kind === "yes_no") {
    return select(String(value), [["true", gettext("yes")], ["false", gettext("no")]], (next) => put(next === "true"), others);
  }
  if (slot?.kind === "choice" && slot.choices.length) {
    return select(String(value), slot.choices.map((each) => [each.value, inLanguage(each.label, store.language) || each.value]), put, others);
  }
  return line(value ?? "", (next) => change({ ...condition, value: typed(next) }, { typing: true }), others);
}

function listControl(value, put, others) {
  const shown = (Array.isArray(value) ? value : []).join(", ");
  const made = line(shown, () => {}, { ...others, placeholder: gettext("one, two, three") });
  made.addEventListener("change", () => put(made.value.split(",").map((each) => typed(each.trim())).filter((each) => each !== "")));
  return made;
}

// "12" is a number and "012" none: order numbers keep their zeros.
function typed(text) {
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text) ? Number(text) : text;
}
