// What is true of the whole flow: its name, what begins it, in which languages it is written.

import { calledIn } from "./brought.js";
import { button, h, iconButton, tell } from "./dom.js";
import { check, field, fold, group, select } from "./fields.js";
import { REPAIRS } from "./kinds.js";
import { put as putInto } from "./edits.js";
import { languages } from "./graph.js";
import { conditionField, freshTest } from "./condition-field.js";
import { languageName, textField } from "./text-field.js";

const FEW = 5; // examples in a language (flows/learning.py says it in the list)

export function flowForm(editor) {
  const { store } = editor;
  const { graph } = store;
  const put = (path, value, merge = "") =>
    store.change(gettext("change the flow"), putInto(graph === store.graph ? graph : store.graph, path.split("."), value), { merge: merge && `flow.${merge}`, from: merge ? "typing" : "" });
  const text = (label, path, others) =>
    textField({ store, label, text: graph[path], at: path, write: (language, words) => put(`${path}.${language}`, words, `${path}.${language}`), ...others });
  return h("div", { class: "form" },
    text(gettext("Name"), "name", { needed: true }),
    text(gettext("What it is for"), "description", { hint: gettext("One sentence: it helps to tell what customers mean.") }),
    text(gettext("Customers say"), "examples", { lines: true, needed: graph.begins, count: graph.begins ? howMany : null, hint: gettext("One per line: what begins this flow. Ten or more work well.") }),
    check(gettext("Customers can begin it"), graph.begins, (value) => put("begins", value), { at: "begins", hint: gettext("Otherwise only other flows lead here.") }),
    languagesOf(store),
    check(gettext("Begins in other languages too"), graph.any_language, (value) => put("any_language", value), { at: "any_language", hint: gettext("Customers of another language then read it in a language of the flow. Otherwise it begins only for those whose language its steps speak.") }),
    fold(gettext("More"), Boolean(graph.when || graph.repair || Object.keys(graph.unlike).length),
      text(gettext("Sounds similar, but is something else"), "unlike", { lines: true }),
      when({ store, put }),
      field(gettext("Everyday trouble that it deals with"), select(graph.repair, Object.entries(REPAIRS), (value) => put("repair", value)), { at: "repair" }),
    ),
  );
}

// That there are none is a problem, and said with the others.
function howMany(number) {
  const said = interpolate(ngettext("%s example", "%s examples", number), [number]);
  return number && number < FEW ? `${said}: ${gettext("with five or more it is recognised better.")}` : said;
}

function when({ store, put }) {
  const condition = store.graph.when;
  if (!condition) return button(gettext("Begins only if…"), () => put("when", freshTest(store)), { kind: "link-button", "data-at": "when.add" });
  return group(gettext("Begins only if"), conditionField({
    store, condition, at: "when", remove: () => put("when", null),
    change: (next, { typing } = {}) => put("when", next, typing ? "when" : ""),
  }));
}

function languagesOf(store) {
  const known = languages(store.graph);
  const offered = ["en", "fr", "de", "es", "it", "nl", "pt", "pl", "ar"].filter((each) => !known.includes(each));
  const add = (language) => {
    if (!language) return;
    const spoken = { ...store.graph, name: { ...store.graph.name, [language]: "" } };
    store.change(gettext("add a language"), calledIn(spoken, language));
    store.speak(language);
    tell(interpolate(gettext("%s added. Texts that are missing are marked."), [languageName(language)]));
  };
  const list = known.map((language) => h("li", { class: "language" }, languageName(language),
    known.length > 1 && iconButton("x", interpolate(gettext("Remove: %s"), [languageName(language)]), () => removeLanguage(store, language), { "data-at": `language.${language}` }),
  ));
  return group(gettext("Languages"), h("ul", { class: "languages" }, list),
    field(gettext("Add a language"), select("", [["", "–"], ...offered.map((each) => [each, languageName(each)])], add), { at: "language.add" }),
  );
}

// All its texts in that language go; undo brings them back.
function removeLanguage(store, language) {
  const drop = (value) => {
    if (Array.isArray(value)) return value.map(drop);
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, isText(name, each) ? lacking(each, language) : drop(each)]));
  };
  const changed = drop(store.graph);
  if (store.language === language) store.language = languages(changed)[0];
  store.change(gettext("remove a language"), changed);
}

const TEXTS = new Set(["name", "description", "examples", "unlike", "label", "ask", "reject", "synonyms", "text", "confirm", "question", "title", "says", "alt"]);
const isText = (name, value) => TEXTS.has(name) && value && typeof value === "object" && !("kind" in value);
const lacking = (text, language) => Object.fromEntries(Object.entries(text).filter(([each]) => each !== language));
