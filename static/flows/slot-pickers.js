// Choosing among the slots of the flow, and names for rows that are new.

import { field, line, select } from "./fields.js";
import { freshSlot } from "./edits.js";
import { fittingOptions } from "./fitting.js";
import { freshName } from "./graph.js";
import { slotName } from "./words.js";

export const NEW = " new";

// `why(name)` says why one does not fit, "" where it does.
export function slotPicker({ store, value, none, pick, at, label, hint = "", why = () => "" }) {
  const { fit, odd } = fittingOptions(store, value, why);
  const options = [...(none ? [["", none]] : []), ...fit, ...odd, [NEW, gettext("New slot…")]];
  const chosen = (name) => {
    const now = store.graph;
    if (name !== NEW) return pick(name, now);
    const fresh = freshName("answer", new Set(Object.keys(now.slots)));
    pick(fresh, { ...now, slots: { ...now.slots, [fresh]: freshSlot() } });
  };
  return field(label, select(value, options, chosen), { at, hint });
}

export const slotSelect = (store) => (name, change, at) =>
  select(name, Object.keys(store.graph.slots).map((each) => [each, slotName(store.graph, each, store.language)]), change, { "aria-label": gettext("Slot"), "data-at": at });

export const freshKey = (stem) => (values) => freshName(stem, new Set(Object.keys(values)));

export const nextSlot = (store) => (values) => Object.keys(store.graph.slots).find((name) => !(name in values)) ?? freshName("slot", new Set(Object.keys(values)));

// Takes effect when it is left: a name that is half written is no name.
export function lazy(value, change, others) {
  const made = line(value, () => {}, others);
  made.addEventListener("change", () => made.value.trim() && change(made.value.trim()));
  return made;
}
