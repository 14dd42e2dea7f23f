// The value that a condition compares with: chosen where there is something to choose from, else typed.

import { h } from "./dom.js";
import { choicesOf, slotOf } from "./fact-values.js";
import { check, line, select } from "./fields.js";
import { WITHOUT_VALUE } from "./kinds.js";

// Facts and slots that have a control of their own in the browser, and what it can show.
const TYPED = { date: /^\d{4}-\d\d-\d\d$/, time: /^\d\d:\d\d$/ };

export function firstValue(store, fact) {
  return choicesOf(fact, store.graph, store.language)[0]?.[0] ?? "";
}

export function converted(store, fact, op, value) {
  if (WITHOUT_VALUE.includes(op)) return null;
  if (op === "one_of") return Array.isArray(value) ? value : value === null ? [] : [value];
  const plain = Array.isArray(value) ? value[0] ?? "" : value;
  return plain === null ? firstValue(store, fact) : plain;
}

export function valueControl({ store, condition, change, at }) {
  const { fact, op, value } = condition;
  const choices = choicesOf(fact, store.graph, store.language);
  const others = { "aria-label": gettext("The value"), "data-at": `${at}.value` };
  const put = (next) => change({ ...condition, value: next });
  if (op === "one_of") return choices.length ? ticks(choices, value, put, others) : listControl(value, put, others);
  if (choices.length) {
    const shown = choices.map(([each, label]) => [String(each), label]);
    return select(String(value), shown, (next) => put(choices.find(([each]) => String(each) === next)?.[0] ?? next), others);
  }
  return line(value ?? "", (next) => change({ ...condition, value: typed(next) }, { typing: true }), { ...others, type: typeOf(store, fact, value) });
}

function typeOf(store, fact, value) {
  const kind = { "time.date": "date", "time.clock": "time" }[fact] ?? slotOf(fact, store.graph)?.kind;
  return kind in TYPED && (value === "" || value === null || TYPED[kind].test(value)) ? kind : "text";
}

// Several of a few: one box each.
function ticks(choices, value, put, { "aria-label": label, "data-at": at }) {
  const chosen = (Array.isArray(value) ? value : []).map(String);
  const putOne = (each, on) => put(choices.map(([one]) => one).filter((one) => (String(one) === String(each) ? on : chosen.includes(String(one)))));
  return h("div", { class: "condition__ticks", role: "group", "aria-label": label }, ...choices.map(([each, name]) => check(name, chosen.includes(String(each)), (on) => putOne(each, on), { at: `${at}.${each}` })));
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
