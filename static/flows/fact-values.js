// What a fact can be, where that is known: of some there are few values, each with a name.

import { inLanguage, languages } from "./graph.js";
import { languageName } from "./text-field.js";

export const slotOf = (fact, graph) => (fact.startsWith("slots.") ? graph.slots[fact.slice(6)] : null);

// [value, label] pairs, [] where it may be anything.
export function choicesOf(fact, graph, language) {
  const slot = slotOf(fact, graph);
  if (fact === "customer.verified" || fact === "time.open" || slot?.kind === "yes_no") return [[true, gettext("yes")], [false, gettext("no")]];
  if (fact === "time.weekday") return weekdays();
  if (fact === "conversation.language") return languages(graph).map((each) => [each, languageName(each)]);
  if (slot?.kind !== "choice") return [];
  return slot.choices.map((each) => [each.value, inLanguage(each.label, language) || each.value]);
}

// 1 is Monday, as the first of January 2024 was.
function weekdays() {
  const name = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long" });
  return [...Array(7).keys()].map((day) => [day + 1, name.format(new Date(2024, 0, day + 1))]);
}
