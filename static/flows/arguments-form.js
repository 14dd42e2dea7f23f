// What an action is given: each argument from a slot that fits, or as a text, as its kind allows.

import { h } from "./dom.js";
import { field, group, line, select } from "./fields.js";
import { filledBefore, fittingOptions, whyUnfit } from "./fitting.js";
import { nodeOf } from "./graph.js";

const ONE_SLOT = /^\s*\{(?:slots\.)?([a-z][a-z0-9_]*)\}\s*$/;
const slotIn = (text) => ONE_SLOT.exec(text)?.[1] ?? "";

// Which of the two was pressed: "step argument" → "slot" or "text".
const shownAs = new Map();

export function argumentsForm(given, known) {
  const asked = known.parameters.filter((each) => !each.own);
  const own = known.parameters.filter((each) => each.own);
  if (!asked.length && !own.length) return null;
  const { store, node } = given;
  const before = filledBefore(store.graph, node.id);
  return group(gettext("What it is given"),
    h("datalist", { id: "slot-names" }, [...before].map((name) => h("option", { value: `{${name}}` }))),
    ...asked.map((each) => argument({ ...given, each, before, called: calledOf(known, each.name) })),
    ...own.map((each) => h("p", { class: "field__hint" }, interpolate(gettext("%s: from the verified customer’s own data"), [calledOf(known, each.name)]))),
  );
}

const calledOf = (known, name) => known.labels[name] ?? name;

function argument({ store, node, put, draw, each, before, called }) {
  const at = `given.${each.name}`;
  const held = node.given[each.name] ?? "";
  const write = (value) => {
    const { [each.name]: _gone, ...rest } = nodeOf(store.graph, node.id).given;
    put("given", value ? { ...rest, [each.name]: value } : rest, at);
  };
  const isText = Boolean(held) && !slotIn(held) && !each.offered.some(([value]) => value === held);
  const place = `${node.id} ${each.name}`;
  const as = each.written || isText ? shownAs.get(place) ?? (isText ? "text" : "slot") : "slot";
  const show = (kind) => {
    shownAs.set(place, kind);
    draw();
  };
  const label = each.required ? called : interpolate(gettext("%s (may be empty)"), [called]);
  const beside = each.written || isText ? either({ as, show, called, at }) : null;
  if (as === "text") return field(label, text({ each, held, write }), { at, beside, hint: [each.about, gettext("{slot} stands for what was answered.")].filter(Boolean).join(" ") });
  const { control, isNone } = chooser({ store, each, held, before, write });
  const none = each.required || each.advised ? gettext("No slot fits yet: ask for it in a step before this one.") : gettext("No slot fits yet.");
  return field(label, control, { at, beside, hint: [each.about, isNone && none].filter(Boolean).join(" ") });
}

function either({ as, show, called, at }) {
  const one = (kind, words) => h("button", { type: "button", class: "either__one", "aria-pressed": String(as === kind), "aria-label": `${called}: ${words}`, "data-at": `as.${at}.${kind}`, onclick: () => show(kind) }, words);
  return h("div", { class: "either", role: "group", "aria-label": interpolate(gettext("How it is given: %s"), [called]) }, one("slot", gettext("From a slot")), one("text", gettext("As text")));
}

const text = ({ each, held, write }) => line(held, write, { list: "slot-names", required: each.required });

// What customers have said, or one thing for all of them.
function chooser({ store, each, held, before, write }) {
  const why = (name) => whyUnfit(store.graph, name, { suits: each.suits, before });
  const { fit, odd } = fittingOptions(store, slotIn(held), why);
  const valued = (options) => options.map(([name, label]) => [name === slotIn(held) ? held : `{${name}}`, label]);
  const groups = [
    { group: gettext("What the flow knows by then"), options: valued(fit) },
    { group: gettext("Always the same"), options: each.offered },
    { group: gettext("Chosen, and may not fit"), options: valued(odd) },
  ].filter(({ options }) => options.length);
  const none = each.required ? gettext("Choose") : gettext("Left empty");
  return { control: select(held, [["", none], ...groups], write, { required: each.required }), isNone: !groups.length };
}
