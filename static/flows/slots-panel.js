// All that a flow remembers, with where it is used; the one that is chosen opens.

import { button, h, icon, iconButton } from "./dom.js";
import { SLOT_KINDS } from "./kinds.js";
import { freshSlot, removeSlot } from "./edits.js";
import { freshName, usesOf } from "./graph.js";
import { slotForm } from "./slot-form.js";
import { slotName } from "./words.js";

export function slotsPanel(editor, inspector) {
  const { store } = editor;
  const names = Object.keys(store.graph.slots);
  const add = () => {
    const name = freshName("slot", new Set(names));
    inspector.slot = name;
    store.change(gettext("add a slot"), { ...store.graph, slots: { ...store.graph.slots, [name]: freshSlot() } });
  };
  const rows = names.map((name) => row({ editor, inspector, name }));
  return h("div", { class: "form" },
    names.length ? h("ul", { class: "slots" }, rows) : h("p", { class: "field__hint" }, gettext("What customers answer is kept in slots. The first comes with the first question.")),
    button(gettext("New slot"), add, { icon: "plus", small: true, kind: "button button--small", "data-at": "slots.add" }),
  );
}

function row({ editor, inspector, name }) {
  const { store } = editor;
  const uses = usesOf(store.graph, name);
  const open = inspector.slot === name;
  const toggle = () => {
    inspector.slot = open ? "" : name;
    inspector.draw();
  };
  const used = uses.length ? interpolate(ngettext("in %s step", "in %s steps", uses.length), [uses.length]) : gettext("not used");
  const head = h("button", { type: "button", class: "slot__head", "aria-expanded": String(open), onclick: toggle, "data-at": `slots.${name}` },
    icon("tag", "icon--small"),
    h("span", { class: "slot__name" }, slotName(store.graph, name, store.language)),
    h("span", { class: "slot__kind" }, `${SLOT_KINDS[store.graph.slots[name].kind]} · ${used}`),
  );
  const drop = iconButton("trash-2", interpolate(gettext("Remove: %s"), [name]), () => store.change(gettext("remove a slot"), removeSlot(store.graph, name)), { disabled: uses.length > 0, title: uses.length ? gettext("It is still used.") : gettext("Remove") });
  return h("li", { class: "slot" }, h("div", { class: "slot__line" }, head, drop), open && slotForm({ store, name }));
}
