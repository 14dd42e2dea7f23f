// The fields of a step that has something done: which action, what it gets, and what is kept of what it brings.

import { argumentsForm } from "./arguments-form.js";
import { keptPart } from "./brought.js";
import { h, icon } from "./dom.js";
import { changeNode } from "./edits.js";
import { field, fold, group, line, pairs, select } from "./fields.js";
import { isAsked, kindOfPart } from "./fitting.js";
import { hasText, nodeOf } from "./graph.js";
import { actionOf, isAskedFirst } from "./known-actions.js";
import { freshKey, lazy, nextSlot, slotPicker, slotSelect } from "./slot-pickers.js";

export function actForm(given) {
  const { node } = given;
  const known = actionOf(node);
  return [
    picker(given),
    known && h("div", { class: "action" }, known.about && h("p", { class: "field__hint" }, known.about), ...notes(known)),
    known ? argumentsForm(given, known) : null,
    otherValues(given, known),
    known?.brings.length ? brought(given, known) : null,
    known?.refuses.length ? refused(given, known) : null,
    otherParts(given, known),
    fold(gettext("Ask the customer first"), hasText(node.confirm) || isAskedFirst(node), question(given)),
  ].filter(Boolean);
}

function question({ node, text }) {
  const empty = isAskedFirst(node) ? gettext("Empty: we ask in our own words.") : gettext("Empty: nothing is asked.");
  return text(gettext("Question before it is done"), "confirm", { hint: `${empty} ${gettext("Where a no leads is chosen below, at “The customer says no”.")}` });
}

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

// What the action does not know, or all of it where the action is not known.
function otherValues(given, known) {
  const { node, put } = given;
  const asked = new Set(known?.parameters.filter((each) => !each.own).map((each) => each.name) ?? []);
  const others = Object.fromEntries(Object.entries(node.given).filter(([name]) => !asked.has(name)));
  if (known && !Object.keys(others).length) return null;
  const kept = () => Object.fromEntries(Object.entries(placeOf(given).given).filter(([name]) => asked.has(name)));
  return group(known ? gettext("Given, though the action does not know it") : gettext("What it is given"), pairs({
    values: others, at: "given", addLabel: gettext("Add a value"), fresh: freshKey("name"),
    change: (values) => put("given", { ...kept(), ...values }),
    name: (key, change, at) => lazy(key, change, { "aria-label": gettext("Name"), "data-at": at }),
    value: (held, change, at, key) => line(held, (next) => put("given", { ...placeOf(given).given, [key]: next }, `given.${key}`), { "aria-label": gettext("Value"), "data-at": at, placeholder: "{slot}" }),
  }));
}

// A row for each part that is kept, with its slot, and a list of the others.
function brought(given, known) {
  return group(gettext("What comes back, and where it is kept"), ...parts(given, known, known.brings.map((part) => [part, part])));
}

// The same of what comes along when it says no. Why is in the facts “action.error” and “action.message”.
function refused(given, known) {
  return group(gettext("What comes back when it is refused, and where it is kept"),
    h("p", { class: "field__hint" }, gettext("The flow then goes on at “Failed”. There, {action.message} in a text says why, and a branch can look at the reason.")),
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
    store.change(gettext("add a slot"), keptPart(store.graph, node, path, name));
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
  const kind = kindOfPart(node, path);
  const why = (slot) => (!kind || store.graph.slots[slot]?.kind === kind || !isAsked(store.graph, slot) ? "" : gettext("another kind of answer"));
  return slotPicker({ store, value: held, none: gettext("Not kept"), pick, at: `brings.${path}`, label, why });
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
  return listed.size ? fold(gettext("Other parts of what comes back"), Object.keys(others).length > 0, content) : group(gettext("What is kept of what comes back"), content);
}
