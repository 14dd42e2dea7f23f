// Whether somebody is there to talk to: said before they are asked for, in the dialog that asks.

import { byId } from "./dom.js";
import { elsewhere } from "./zone.js";

// `people` as the conversation has it; null while a person answers.
export function showPeople(people) {
  const { there, words, zone } = people ?? { there: true, words: "", zone: "" };
  const dialog = byId("person-dialog");
  for (const part of dialog.querySelectorAll("[data-there]")) part.hidden = !there;
  for (const part of dialog.querySelectorAll("[data-away]")) part.hidden = there;
  const when = byId("person-when");
  when.hidden = !words;
  // What somebody wrote of it once steps back before what is known.
  const said = byId("person-said");
  if (said) said.hidden = Boolean(words);
  when.querySelector("span").textContent = [words, elsewhere(zone)].filter(Boolean).join(" ");
}
