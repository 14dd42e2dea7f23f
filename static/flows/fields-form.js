// A step that asks for several things at once: which slots it shows, in which order, and which may stay empty.

import { button, h, icon, iconButton } from "./dom.js";
import { check, group } from "./fields.js";
import { SLOT_KINDS } from "./kinds.js";
import { changeNode, freshSlot } from "./edits.js";
import { isBrought } from "./fitting.js";
import { freshName } from "./graph.js";
import { slotForm } from "./slot-form.js";
import { slotName } from "./words.js";

const LABEL = { title: gettext("Name of the field"), hint: gettext("It stands above the field, as in “Order number”."), needed: true };
const MOST = 10; // fields (flows/form_steps.py)

export function fieldsForm({ editor, store, node, put, text }) {
  const others = Object.keys(store.graph.slots).filter((name) => !node.slots.includes(name) && !isBrought(store.graph, name));
  const full = node.slots.length >= MOST;
  return [
    text(gettext("What is said above the form"), "text", { hint: gettext("{slot} stands for what was answered.") }),
    group(gettext("What it asks for"),
      h("ul", { class: "form-fields" }, ...node.slots.map((name, at) => chosen({ editor, store, node, name, at })), ...others.map((name) => offered({ store, node, name, full }))),
      node.slots.length || others.length ? "" : h("p", { class: "field__hint" }, gettext("Add what the customer is to tell, such as a name and an e-mail address.")),
      button(gettext("New field"), () => addNew({ editor, store, node }), { icon: "plus", small: true, kind: "button button--small", disabled: full || store.readOnly, "data-at": "slots.add" }),
      h("p", { class: "field__hint" }, gettext("Customers see a form, or answer in words: then these are asked for one by one, with their own questions.")),
    ),
    check(gettext("Ask for what is known already, too"), node.again, (value) => put("again", value), { at: "again" }),
  ];
}

// By its place, since a name that nobody has chosen follows what is written.
const isOpen = (editor, node, at) => editor.openField?.node === node.id && editor.openField.at === at;

export function openField(editor, node, at) {
  editor.openField = { node: node.id, at };
}

function chosen({ editor, store, node, name, at }) {
  const open = isOpen(editor, node, at);
  const called = slotName(store.graph, name, store.language);
  const kind = SLOT_KINDS[store.graph.slots[name]?.kind] ?? "";
  const toggle = () => {
    editor.openField = open ? null : { node: node.id, at };
    editor.inspector.draw();
  };
  const optional = (empty) => change(store, node, { optional: empty ? [...node.optional, name] : node.optional.filter((each) => each !== name) });
  const head = h("button", { type: "button", class: "slot__head", "aria-expanded": String(open), onclick: toggle, "data-at": `slots.${at}` },
    h("span", { class: "slot__name" }, called), h("span", { class: "slot__kind" }, kind), icon(open ? "chevron-down" : "chevron-right", "icon--small"));
  return h("li", { class: "form-fields__row" },
    h("div", { class: "form-fields__line" }, box({ name: called, on: true, at: `slots.take.${name}`, toggle: () => drop({ editor, store, node, at }) }), head, tools({ editor, store, node, called, at })),
    check(gettext("May stay empty"), node.optional.includes(name), optional, { at: `optional.${at}`, "aria-label": interpolate(gettext("May stay empty: %s"), [called]) }),
    open && h("div", { class: "form-fields__slot" }, slotForm({ store, name, label: LABEL })),
  );
}

function offered({ store, node, name, full }) {
  const slot = store.graph.slots[name];
  const called = slotName(store.graph, name, store.language);
  const isFile = slot.kind === "file";
  const add = () => change(store, node, { slots: [...node.slots, name] });
  return h("li", { class: "form-fields__row form-fields__row--offered" },
    h("div", { class: "form-fields__line" }, box({ name: called, on: false, at: `slots.take.${name}`, toggle: add, disabled: isFile || full }),
      h("span", { class: "slot__name" }, called), h("span", { class: "slot__kind" }, isFile ? gettext("A file needs a step of its own.") : SLOT_KINDS[slot.kind])),
  );
}

function tools({ editor, store, node, called, at }) {
  const swap = (other) => {
    const slots = [...node.slots];
    [slots[at], slots[other]] = [slots[other], slots[at]];
    if (editor.openField?.node === node.id) editor.openField = { node: node.id, at: { [at]: other, [other]: at }[editor.openField.at] ?? editor.openField.at };
    change(store, node, { slots });
  };
  return h("div", { class: "rows__tools" },
    iconButton("arrow-up", interpolate(gettext("Move up: %s"), [called]), () => swap(at - 1), { disabled: at === 0 || store.readOnly, "data-at": `slots.${at}.up` }),
    iconButton("arrow-down", interpolate(gettext("Move down: %s"), [called]), () => swap(at + 1), { disabled: at === node.slots.length - 1 || store.readOnly, "data-at": `slots.${at}.down` }),
  );
}

const box = ({ name, on, at, toggle, disabled = false }) =>
  h("input", { type: "checkbox", checked: on, disabled, "data-at": at, "aria-label": interpolate(gettext("Ask for: %s"), [name]), onchange: toggle });

function drop({ editor, store, node, at }) {
  const name = node.slots[at];
  const slots = node.slots.filter((each, place) => place !== at);
  editor.openField = null;
  change(store, node, { slots, optional: slots.includes(name) ? node.optional : node.optional.filter((each) => each !== name) });
}

// A slot made right here, open, to be named.
function addNew({ editor, store, node }) {
  const name = freshName("answer", new Set(Object.keys(store.graph.slots)));
  const graph = { ...store.graph, slots: { ...store.graph.slots, [name]: freshSlot() } };
  openField(editor, node, node.slots.length);
  store.change(gettext("add a field"), changeNode(graph, node.id, { slots: [...node.slots, name] }));
}

function change(store, node, changes) {
  store.change(gettext("change a step"), changeNode(store.graph, node.id, changes));
}
