// The fields of a step that has something done: which action, what it gets, and what is kept of what it brings.

import { h, icon } from "./dom.js";
import { changeNode, freshSlot } from "./edits.js";
import { field, fold, group, line, pairs, select } from "./fields.js";
import { freshName, hasText, nodeOf } from "./graph.js";
import { freshKey, lazy, nextSlot, slotPicker, slotSelect } from "./slot-pickers.js";
import { slotName } from "./words.js";

export function actForm(given) {
  const { editor, node, text } = given;
  const known = actionOf(editor, node);
  return [
    picker(given),
    known && h("div", { class: "action" }, known.about && h("p", { class: "field__hint" }, known.about), ...notes(known)),
    known ? parameters(given, known) : null,
    otherValues(given, known),
    known?.brings.length ? brought(given, known) : null,
    known?.refuses.length ? refused(given, known) : null,
    otherParts(given, known),
    fold(gettext("Ask the customer first"), hasText(node.confirm) || known?.changes === "writes", text(gettext("Question before it is done"), "confirm", { hint: gettext("“No” leads to “Declined”.") })),
  ].filter(Boolean);
}

export const actionOf = (editor, node) => editor.actions.find((each) => each.name === node.action);

const calledOf = (known, name) => known.labels[name] ?? name;

function picker({ editor, node, put }) {
  if (!editor.actions.length) {
    return field(gettext("Action"), line(node.action, (value) => put("action", value, "action"), { maxlength: 120 }), { at: "action", hint: gettext("There are no actions yet. Make them under “Actions” in the settings.") });
  }
  const twice = (each) => editor.actions.some((one) => one !== each && one.title === each.title);
  const named = (list) => list.map((each) => [each.name, each.title && twice(each) ? `${each.title} (${each.name})` : each.title || each.name]);
  const on = named(editor.actions.filter((each) => each.enabled));
  const off = named(editor.actions.filter((each) => !each.enabled));
  const options = [["", gettext("Choose an action")], ...on, ...(off.length ? [{ group: gettext("Switched off"), options: off }] : [])];
  return field(gettext("Action"), select(node.action, options, (value) => put("action", value)), { at: "action" });
}

function notes(known) {
  const note = (sign, words, kind = "") => h("p", { class: `action__note ${kind}` }, icon(sign, "icon--small"), words);
  return [
    !known.enabled && note("triangle-alert", gettext("It is switched off: it fails until somebody switches it on."), "action__note--warning"),
    known.verified_only && note("key-round", gettext("For verified customers only. It fails for all others.")),
    known.changes === "writes" && note("hand", gettext("It changes something: the customer is always asked first, in your words or in ours.")),
    known.changes === "approval" && note("clock", gettext("It waits until staff have approved it; “While staff decide” says what the customer hears meanwhile.")),
  ].filter(Boolean);
}

const placeOf = (given) => nodeOf(given.store.graph, given.node.id);

function parameters(given, known) {
  const asked = known.parameters.filter((each) => !each.own);
  const own = known.parameters.filter((each) => each.own);
  if (!asked.length && !own.length) return null;
  return group(gettext("What it is given"),
    slotNames(given),
    ...asked.map((each) => parameter(given, each, known)),
    ...own.map((each) => h("p", { class: "field__hint" }, interpolate(gettext("%s: from the verified customer’s own data"), [calledOf(known, each.name)]))),
  );
}

const slotNames = ({ store }) => h("datalist", { id: "slot-names" }, Object.keys(store.graph.slots).map((name) => h("option", { value: `{${name}}` })));

function parameter(given, each, known) {
  const { node, put } = given;
  const write = (value) => {
    const { [each.name]: _gone, ...rest } = placeOf(given).given;
    put("given", value ? { ...rest, [each.name]: value } : rest, `given.${each.name}`);
  };
  const at = `given.${each.name}`;
  const called = calledOf(known, each.name);
  const label = each.required ? called : interpolate(gettext("%s (may be empty)"), [called]);
  if (each.offered.length || each.suits.length) return field(label, chooser({ ...given, each, write, at }), { at });
  const choices = each.choices.length ? interpolate(gettext("One of: %s"), [each.choices.join(", ")]) : "";
  const hint = [each.about, choices].filter(Boolean).join(" ");
  return field(label, line(node.given[each.name] ?? "", write, { list: "slot-names", placeholder: "{slot}", required: each.required }), { at, hint });
}

// What customers have said, or one thing for all of them; what was written otherwise stays as it is.
function chooser({ store, node, each, write }) {
  const { slots } = store.graph;
  const names = Object.keys(slots);
  const fits = (name) => !each.suits.length || each.suits.includes(slots[name].kind) || Boolean(slots[name].offered);
  const shown = (list) => list.map((name) => [`{${name}}`, slotName(store.graph, name, store.language)]);
  const groups = [
    { group: gettext("What the customer has said"), options: shown(names.filter(fits)) },
    { group: gettext("Always the same"), options: each.offered },
    { group: gettext("Other slots, which may not fit"), options: shown(names.filter((name) => !fits(name))) },
  ];
  const held = node.given[each.name] ?? "";
  const none = each.required ? gettext("Choose") : gettext("Left empty");
  return select(held, [["", none], ...groups.filter(({ options }) => options.length)], write, { required: each.required });
}

// What the action does not know, or all of it where the action is not known.
function otherValues(given, known) {
  const { node, put } = given;
  const asked = new Set(known?.parameters.filter((each) => !each.own).map((each) => each.name) ?? []);
  const others = Object.fromEntries(Object.entries(node.given).filter(([name]) => !asked.has(name)));
  if (known && !Object.keys(others).length) return null;
  const kept = () => Object.fromEntries(Object.entries(placeOf(given).given).filter(([name]) => asked.has(name)));
  return group(known ? gettext("What it does not take") : gettext("What it is given"), pairs({
    values: others, at: "given", addLabel: gettext("Add a value"), fresh: freshKey("name"),
    change: (values) => put("given", { ...kept(), ...values }),
    name: (key, change, at) => lazy(key, change, { "aria-label": gettext("Name"), "data-at": at }),
    value: (held, change, at, key) => line(held, (next) => put("given", { ...placeOf(given).given, [key]: next }, `given.${key}`), { "aria-label": gettext("Value"), "data-at": at, placeholder: "{slot}" }),
  }));
}

// A row for each part that is kept, with its slot, and a list of the others.
function brought(given, known) {
  return group(gettext("What it brings, and where that is kept"), ...parts(given, known, known.brings.map((part) => [part, part])));
}

// The same of what comes along when it says no. Why is in the facts “action.error” and “action.message”.
function refused(given, known) {
  return group(gettext("What a refusal brings, and where that is kept"),
    h("p", { class: "field__hint" }, gettext("“Failed” leads on from there: {action.message} says why, and a branch can look at the code.")),
    ...parts(given, known, known.refuses.map((part) => [`failed.${part}`, part])));
}

// `known` names in pairs: the path in what comes back, and what it is called.
function parts(given, known, all) {
  const { store, node } = given;
  const kept = new Set(Object.values(node.takes));
  const rows = all.filter(([path]) => kept.has(path)).map(([path, name]) => keeper(given, path, calledOf(known, name)));
  const left = all.filter(([path]) => !kept.has(path));
  if (!left.length) return rows;
  const keep = (path) => {
    const [, name] = left.find(([each]) => each === path);
    const slot = freshName(name, new Set(Object.keys(store.graph.slots)));
    const label = { [store.language]: known.labels[name] ?? "" };
    const graph = { ...store.graph, slots: { ...store.graph.slots, [slot]: { ...freshSlot(), label: known.labels[name] ? label : {} } } };
    const takes = { ...nodeOf(graph, node.id).takes, [slot]: path };
    store.change(gettext("add a slot"), changeNode(graph, node.id, { takes }));
  };
  const options = [["", gettext("Choose what to keep")], ...left.map(([path, name]) => [path, calledOf(known, name)])];
  return [...rows, field(rows.length ? gettext("Keep something else, too") : gettext("Keep some of it"), select("", options, keep), { at: `brings.add.${all[0][0]}` })];
}

function keeper({ store, node }, path, label) {
  const held = Object.keys(node.takes).find((slot) => node.takes[slot] === path);
  const pick = (slot, graph) => {
    const takes = Object.fromEntries(Object.entries(nodeOf(graph, node.id).takes).filter(([, one]) => one !== path));
    store.change(gettext("choose a slot"), changeNode(graph, node.id, { takes: slot ? { ...takes, [slot]: path } : takes }));
  };
  return slotPicker({ store, value: held, none: gettext("Not kept"), pick, at: `brings.${path}`, label });
}

function otherParts(given, known) {
  const { store, node, put } = given;
  const listed = new Set([...(known?.brings ?? []), ...(known?.refuses ?? []).map((part) => `failed.${part}`)]);
  const others = Object.fromEntries(Object.entries(node.takes).filter(([, path]) => !listed.has(path)));
  const kept = () => Object.fromEntries(Object.entries(placeOf(given).takes).filter(([, path]) => listed.has(path)));
  const content = pairs({
    values: others, at: "takes", addLabel: gettext("Keep something"), fresh: (values) => nextSlot(store)({ ...kept(), ...values }),
    change: (takes) => put("takes", { ...kept(), ...takes }),
    name: slotSelect(store),
    value: (held, change, at, key) => line(held, (next) => put(`takes.${key}`, next, `takes.${key}`), { "aria-label": gettext("Part of it"), "data-at": at, placeholder: gettext("Empty: all of it") }),
  });
  return listed.size ? fold(gettext("Parts within it, or all of it"), Object.keys(others).length > 0, content) : group(gettext("What is kept of what it brings"), content);
}
