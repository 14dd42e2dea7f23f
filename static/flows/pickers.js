// Small menus that open where one is: a kind for a new step, a step to lead to, a flow.

import { h, icon, newId } from "./dom.js";
import { KINDS } from "./kinds.js";

let open = null;

// `items`: {value, label, about, icon}. Calls `pick(value)`; Escape and a press elsewhere close it.
export function openPicker({ title, items, at, pick, search = false }) {
  close();
  const before = document.activeElement;
  const list = h("ul", { class: "picker__list", role: "listbox", "aria-label": title, id: newId("picker"), tabindex: search ? "-1" : "0" });
  const field = !search ? null : h("input", { class: "picker__search", type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-label": title, placeholder: gettext("Search"), autocomplete: "off" });
  const box = h("div", { class: "picker", role: "dialog", "aria-label": title }, h("p", { class: "picker__title" }, title), field, list);
  const state = { box, items, shown: [], at: 0, before, pick, list, field };
  document.body.append(box);
  open = state;
  show(state, "");
  place(box, at);
  const holder = field || list;
  field?.addEventListener("input", () => show(state, field.value));
  box.addEventListener("keydown", (event) => keydown(state, event));
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-at]");
    if (item) choose(state, Number(item.dataset.at));
  });
  setTimeout(() => document.addEventListener("pointerdown", elsewhere), 0);
  holder.focus({ preventScroll: true });
}

function place(box, [x, y]) {
  box.style.left = `${Math.max(8, Math.min(x, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(y, innerHeight - box.offsetHeight - 8))}px`;
}

function show(state, words) {
  const wanted = words.trim().toLowerCase();
  state.shown = state.items.filter((item) => `${item.label} ${item.about ?? ""}`.toLowerCase().includes(wanted));
  state.at = 0;
  const made = state.shown.map((item, at) =>
    h("li", { class: `picker__item picker__item--${item.kind ?? "plain"}`, role: "option", "data-at": at, id: `${state.list.id}-${at}`, "aria-selected": "false" },
      item.icon && h("span", { class: "picker__icon" }, icon(item.icon)),
      h("span", { class: "picker__words" }, h("span", { class: "picker__label" }, item.label), item.about && h("span", { class: "picker__about" }, item.about)),
    ),
  );
  state.list.replaceChildren(...(made.length ? made : [h("li", { class: "picker__none", role: "option", "aria-selected": "false", "aria-disabled": "true" }, gettext("Nothing found"))]));
  mark(state);
}

function mark(state) {
  [...state.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === state.at)));
  const active = state.list.children[state.at];
  active?.scrollIntoView({ block: "nearest" });
  (state.field || state.list).setAttribute("aria-activedescendant", active?.id ?? "");
}

function keydown(state, event) {
  const steps = { ArrowDown: 1, ArrowUp: -1, Home: -1e6, End: 1e6 };
  event.stopPropagation();
  if (event.key in steps) state.at = Math.min(state.shown.length - 1, Math.max(0, state.at + steps[event.key]));
  else if (event.key === "Enter") return event.preventDefault(), choose(state, state.at);
  else if (event.key === "Escape" || event.key === "Tab") return event.preventDefault(), close({ back: true });
  else return;
  event.preventDefault();
  mark(state);
}

function choose(state, at) {
  const item = state.shown[at];
  if (!item) return;
  close({ back: true });
  state.pick(item.value);
}

const elsewhere = (event) => open && !open.box.contains(event.target) && close();

export function close({ back = false } = {}) {
  if (!open) return;
  const { box, before } = open;
  open = null;
  document.removeEventListener("pointerdown", elsewhere);
  box.remove();
  if (back && before?.isConnected) before.focus({ preventScroll: true });
}

export const kindItems = () =>
  Object.entries(KINDS).map(([kind, { name, about, icon: sign }]) => ({ value: kind, label: name, about, icon: sign, kind }));
