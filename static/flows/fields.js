// The controls that the inspector is made of. Each has a place (`data-at`), by which the keyboard finds it again
// when the form around it is drawn anew.

import { h, icon, iconButton, newId } from "./dom.js";

// `beside`: what stands beside the label.
export function field(label, control, { hint = "", at = "", beside = null } = {}) {
  control.id ||= newId("field");
  if (at) control.dataset.at = at;
  const about = hint && h("p", { class: "field__hint", id: `${control.id}-hint` }, hint);
  if (about) control.setAttribute("aria-describedby", about.id);
  const named = h("label", { class: "field__label", for: control.id }, label);
  return h("div", { class: "field" }, beside ? h("div", { class: "text__head" }, named, beside) : named, control, about);
}

export function line(value, oninput, others = {}) {
  return h("input", { type: "text", class: "field__control field__control--small", value: value ?? "", oninput: (event) => oninput(event.target.value, event.target), ...others });
}

export function area(value, oninput, others = {}) {
  const made = h("textarea", { class: "field__control field__control--small", rows: 2, value: value ?? "", oninput: (event) => {
    grow(event.target);
    oninput(event.target.value);
  }, ...others });
  requestAnimationFrame(() => grow(made));
  return made;
}

function grow(box) {
  if (!box.isConnected) return;
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 260)}px`;
}

export function number(value, oninput, others = {}) {
  const read = (text) => oninput(text === "" ? null : Number(text));
  return line(value ?? "", read, { type: "number", step: "any", inputmode: "decimal", ...others });
}

// `options`: [value, label] pairs, or {group, options}.
export function select(value, options, onchange, others = {}) {
  const made = h("select", { class: "field__control field__control--small", onchange: (event) => onchange(event.target.value), ...others });
  const add = (holder, [each, label]) => holder.append(h("option", { value: each, selected: each === value }, label));
  for (const one of options) {
    if (!one.group) add(made, one);
    else made.append(one.options.reduce((group, each) => (add(group, each), group), h("optgroup", { label: one.group })));
  }
  if (![...made.options].some((each) => each.value === value)) add(made, [value, value || "–"]);
  made.value = value;
  return made;
}

export function check(label, checked, onchange, { at = "", hint = "", ...others } = {}) {
  const id = newId("field");
  const box = h("input", { type: "checkbox", id, checked, "data-at": at, onchange: (event) => onchange(event.target.checked), ...others });
  return h("div", { class: "check" }, box, h("label", { for: id }, label), hint && h("p", { class: "field__hint" }, hint));
}

export function group(title, ...children) {
  const id = newId("group");
  return h("section", { class: "group", role: "group", "aria-labelledby": id }, h("p", { class: "group__title", id }, title), ...children);
}

// What is rarely needed, folded.
export function fold(title, open, ...children) {
  return h("details", { class: "fold", open: open || false }, h("summary", { class: "fold__title" }, icon("chevron-right", "icon--small"), title), h("div", { class: "fold__body" }, ...children));
}

// Rows of one kind: a button below adds one while there are fewer than `most`, each can be removed and moved.
export function listOf({ items, draw, add, remove, swap, addLabel, name, at, most = Infinity }) {
  const rows = items.map((item, index) => {
    const what = name(item, index);
    const tools = h("div", { class: "rows__tools" },
      swap && iconButton("arrow-up", interpolate(gettext("Move up: %s"), [what]), () => swap(index, index - 1), { disabled: index === 0, "data-at": `${at}.${index}.up` }),
      swap && iconButton("arrow-down", interpolate(gettext("Move down: %s"), [what]), () => swap(index, index + 1), { disabled: index === items.length - 1, "data-at": `${at}.${index}.down` }),
      iconButton("trash-2", interpolate(gettext("Remove: %s"), [what]), () => remove(index), { "data-at": `${at}.${index}.remove` }),
    );
    return h("li", { class: "rows__row" }, h("div", { class: "rows__body" }, draw(item, index)), tools);
  });
  const more = h("button", { type: "button", class: "button button--small", onclick: add, disabled: items.length >= most, "data-at": `${at}.add` }, icon("plus", "icon--small"), addLabel);
  return h("div", { class: "rows" }, h("ul", { class: "rows__list" }, rows), more);
}

export const swapped = (list, one, other) => list.map((item, at) => (at === one ? list[other] : at === other ? list[one] : item));
export const without = (list, gone) => list.filter((item, at) => at !== gone);

// Names with values, as two columns: an action's arguments.
export function pairs({ values, change, name, value, addLabel, at, fresh }) {
  const entries = Object.entries(values);
  const write = (index, key, held) => change(Object.fromEntries(entries.map((entry, each) => (each === index ? [key, held] : entry))));
  return listOf({
    items: entries,
    at,
    addLabel,
    name: ([key]) => key,
    add: () => change({ ...values, [fresh(values)]: "" }),
    remove: (index) => change(Object.fromEntries(without(entries, index))),
    draw: ([key, held], index) => h("div", { class: "pair" },
      name(key, (next) => write(index, next, held), `${at}.${index}.name`),
      value(held, (next) => write(index, key, next), `${at}.${index}.value`, key),
    ),
  });
}
