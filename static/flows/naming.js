// What a slot is called that nobody has named: after its label, else after what its question is about.

import { freshName, hasText, keyFrom, plainFrom } from "./graph.js";
import { renameSlot } from "./edits.js";

const MADE_UP = /^(answer|slot)(_\d+)?$/;
const MOST_WORDS = 3;
// What questions begin with and say in passing, in the languages that the product speaks.
const FILLER = new Set(
  `a about am an and any are at be by can could did do does for from give has have how i in is it kind like may me
  need of on one or please prefer see shall should so suit suits tell that the there this to us want was we were what when where which who whom why
  will with would you your yours
  a ai as au aux avec avez c ce cela ces cet cette combien comment dans de des dites donnez du elle en est et etes
  indiquez je l la le les leur lequel laquelle moi mon ma n ne nous on ou par pas pour pouvez pourquoi pourriez qu quand
  que quel quelle quelles quels qui quoi s si son sa sont souhaitez sur t ton ta un une veuillez voudriez votre voulez vos
  vous y il plait`.split(/\s+/),
);

// "What is your order number?" → "order_number".
export function stemOf(question) {
  const telling = plainFrom(question).split("_").filter((word) => word && !FILLER.has(word));
  return keyFrom(telling.slice(0, MOST_WORDS).join("_"));
}

// Whether its name follows what is written. Slots that other flows know keep theirs.
export function isUnnamed({ slots }, name) {
  const slot = slots[name];
  if (!slot || slot.remembered) return false;
  if (MADE_UP.test(name)) return true;
  const stems = hasText(slot.label) ? [] : Object.values(slot.ask).map((words) => stemOf(words ?? ""));
  return stems.some((stem) => stem && (name === stem || name.replace(/_\d+$/, "") === stem));
}

// A field whose words the name follows while they are written. `own`: {name, follows} of the form around it.
export function followed(made, { store, own, path, stem, may = () => true }) {
  made.addEventListener("input", (event) => {
    const words = stem(event.target.value);
    if (!own.follows || !words || !may()) return;
    const others = Object.keys(store.graph.slots).filter((each) => each !== own.name);
    const next = freshName(words, new Set(others));
    if (next === own.name) return;
    const renamed = renameSlot(store.graph, own.name, next);
    own.name = next;
    store.change(gettext("rename a slot"), renamed, { merge: `slot.${path}.${event.target.lang}`, from: "typing" });
  });
  return made;
}
