// The cards of a step in the inspector: what stands on each, its picture and buttons, and of which list there is
// one for each.

import { h } from "./dom.js";
import { field, fold, group, line, listOf, select, swapped, without } from "./fields.js";
import { filledBefore, whyNoList } from "./fitting.js";
import { inLanguage, languages } from "./graph.js";
import { pictureField } from "./picture-field.js";
import { slotPicker } from "./slot-pickers.js";
import { textField } from "./text-field.js";

// As many as one step shows, and as one card has (flows/cards.py).
const MOST_CARDS = 10;
const MOST_BUTTONS = 3;

// `put(path, value, merge)` changes a part of the step.
export function cardsForm({ store, node, put }) {
  const list = node.cards ?? [];
  const change = (next) => put("cards", next);
  return group(gettext("Cards"), list.length ? "" : h("p", { class: "field__hint" }, gettext("Boxes below the words, side by side: an order, a few lamps, an appointment.")), listOf({
    items: list, at: "cards", addLabel: gettext("Add a card"), most: MOST_CARDS,
    add: () => change([...list, { title: blank(store), text: {}, picture: "", alt: {}, buttons: [], each: "" }]),
    remove: (index) => change(without(list, index)),
    swap: (one, other) => change(swapped(list, one, other)),
    name: (each) => inLanguage(each.title, store.language) || gettext("a card"),
    draw: (each, index) => cardForm({ store, node, each, index, put }),
  }));
}

const blank = (store) => Object.fromEntries(languages(store.graph).map((language) => [language, ""]));

// A text of a card or of a button.
function text({ store, put }, label, path, words, others = {}) {
  return textField({ store, label, text: words, at: path, write: (language, said) => put(`${path}.${language}`, said, `${path}.${language}`), ...others });
}

function cardForm({ store, node, each, index: at, put }) {
  const path = `cards.${at}`;
  const list = each.buttons;
  const change = (next) => put(`${path}.buttons`, next);
  return h("div", { class: "form form--tight" },
    text({ store, put }, gettext("Title"), `${path}.title`, each.title, { needed: true }),
    text({ store, put }, gettext("Text"), `${path}.text`, each.text, { hint: each.each ? gettext("{item.name} stands for the name of the entry.") : "" }),
    pictureField({
      id: each.picture ?? "", at: `${path}.picture`, change: (id) => put(`${path}.picture`, id),
      alt: text({ store, put }, gettext("The picture in words"), `${path}.alt`, each.alt ?? {}, { needed: true, hint: gettext("For those who do not see it, and for transcripts.") }),
    }),
    group(interpolate(gettext("Buttons of card %s"), [at + 1]), listOf({
      items: list, at: `${path}.buttons`, addLabel: gettext("Add a button"), most: MOST_BUTTONS,
      add: () => change([...list, { label: blank(store), link: "", says: blank(store) }]),
      remove: (index) => change(without(list, index)),
      swap: (one, other) => change(swapped(list, one, other)),
      name: (button) => inLanguage(button.label, store.language) || gettext("a button"),
      draw: (button, index) => buttonForm({ store, button, path: `${path}.buttons.${index}`, put }),
    })),
    fold(gettext("A card for each entry of a list"), Boolean(each.each), repeated({ store, node, each, path, put })),
  );
}

function repeated({ store, node, each, path, put }) {
  const pick = (name, graph) => {
    if (graph !== store.graph) store.change(gettext("add a slot"), graph);
    put(`${path}.each`, name);
  };
  const before = filledBefore(store.graph, node.id);
  const why = (name) => whyNoList(store.graph, name, before);
  return slotPicker({
    store, why, value: each.each, none: gettext("No list: this card once"), pick, at: `${path}.each`,
    label: gettext("A card for each entry of"), hint: gettext("A list that an action has brought before."),
  });
}

const leads = (button) => Boolean(button.link) || !Object.keys(button.says).length;

function buttonForm({ store, button, path, put }) {
  const does = [["says", gettext("Says for the customer")], ["link", gettext("Leads to a page")]];
  const turn = (to) => put(path, { ...button, link: "", says: to === "says" ? blank(store) : {} });
  return h("div", { class: "form form--tight" },
    text({ store, put }, gettext("Button"), `${path}.label`, button.label, { needed: true }),
    field(gettext("What it does"), select(leads(button) ? "link" : "says", does, turn), { at: `${path}.does` }),
    leads(button)
      ? field(gettext("Address"), line(button.link, (link) => put(`${path}.link`, link, `${path}.link`), { maxlength: 2000, spellcheck: "false", placeholder: "https://", inputmode: "url" }), { at: `${path}.link`, hint: gettext("Begins with https://, mailto:, tel: or /help/. {slot} stands for what was answered.") })
      : text({ store, put }, gettext("What it says"), `${path}.says`, button.says, { needed: true }),
  );
}
