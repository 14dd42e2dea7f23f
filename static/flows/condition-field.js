// A condition as rows: a fact, how it is compared, a value; several of them under "all", "one of" or "none".

import { h, iconButton } from "./dom.js";
import { converted, firstValue, valueControl } from "./condition-value.js";
import { select, without } from "./fields.js";
import { slotOf } from "./fact-values.js";
import { FACTS, OPS, WITHOUT_VALUE, testOf } from "./kinds.js";
import { slotName } from "./words.js";

const GROUPS = { all: gettext("all of these are true"), any: gettext("at least one of these is true"), not: gettext("this is not true") };
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

export function freshTest({ graph }, slot = Object.keys(graph.slots)[0]) {
  return testOf(slot, graph.slots[slot]?.kind);
}

// Another fact. Whether a yes or no is known says little: what it is, is asked instead.
function lookedAt(store, condition, fact) {
  const isYesNo = slotOf(fact, store.graph)?.kind === "yes_no";
  const op = isYesNo && condition.op === "known" ? "is" : condition.op;
  return { ...condition, fact, op, value: converted(store, fact, op, firstValue(store, fact)) };
}

function testRow({ store, condition, change, at, deep, remove }) {
  const { fact, op, value } = condition;
  const facts = select(fact, factOptions(store), (next) => change(lookedAt(store, condition, next)), { "aria-label": gettext("What is looked at"), "data-at": `${at}.fact` });
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
  const groups = [{ group: gettext("What the flow knows"), options: slots }, { group: gettext("About the customer, the time and the last action"), options: Object.entries(FACTS) }];
  return groups.filter((each) => each.options.length);
}
