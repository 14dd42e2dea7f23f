// A text in each language: tabs beside each other, those that are empty marked, one or all of them open.

import { h, newId } from "./dom.js";
import { area } from "./fields.js";
import { languages } from "./graph.js";

const names = new Intl.DisplayNames([document.documentElement.lang], { type: "language" });
const ALL = "*";

export function languageName(code) {
  const name = names.of(code) ?? code;
  return name[0].toUpperCase() + name.slice(1);
}

// `write(language, words)`. `lines`: one per line instead of one text (examples, synonyms); `count(number)` says
// something about how many there are.
export function textField({ store, label, text = {}, write, at, hint = "", lines = false, count = null, needed = false, placeholder = "" }) {
  const known = languages(store.graph);
  const shown = store.together ? known : [known.includes(store.language) ? store.language : known[0]];
  const id = newId("text");
  const words = (language) => (lines ? (text[language] ?? []).join("\n") : text[language] ?? "");
  const filled = known.some((language) => words(language).trim());
  const isMissing = (language) => (needed || filled) && !words(language).trim();
  const tabs = known.length > 1 && tabsOf({ store, known, isMissing, label });
  const counted = count && countedOf({ shown, words, count });
  const boxes = shown.map((language) => {
    const other = known.find((each) => each !== language && words(each).trim());
    const box = area(words(language), (value) => {
      write(language, lines ? linesOf(value) : value);
      counted?.show(language, value);
      tabs && tabs.mark(language, (needed || filled) && !value.trim());
    }, {
      id: shown[0] === language ? id : newId("text"),
      lang: language,
      placeholder: placeholder || (other ? words(other).replaceAll("\n", " · ") : ""),
      "data-at": `${at}.${language}`,
      "aria-describedby": hint ? `${id}-hint` : null,
      rows: lines ? 3 : 2,
    });
    if (known.length < 2) return box;
    box.setAttribute("aria-label", `${label} (${languageName(language)})`);
    return h("div", { class: "text__box" }, store.together && h("span", { class: "text__language", "aria-hidden": "true" }, language), box);
  });
  return h("div", { class: "field text" },
    h("div", { class: "text__head" }, h("label", { class: "field__label", for: id }, label), tabs && tabs.element),
    ...boxes,
    counted && counted.element,
    hint && h("p", { class: "field__hint", id: `${id}-hint` }, hint),
  );
}

const linesOf = (value) => value.split("\n").filter((each) => each.trim());

function countedOf({ shown, words, count }) {
  const numbers = new Map(shown.map((language) => [language, linesOf(words(language)).length]));
  const element = h("p", { class: "field__hint text__count" });
  const named = (language, said) => (shown.length > 1 ? `${languageName(language)}: ${said}` : said);
  const draw = () => (element.textContent = [...numbers].map(([language, number]) => named(language, count(number))).join(" · "));
  draw();
  return {
    element,
    show(language, value) {
      numbers.set(language, linesOf(value).length);
      draw();
    },
  };
}

function tabsOf({ store, known, isMissing, label }) {
  const made = new Map();
  for (const language of [...known, ALL]) {
    const pressed = language === ALL ? store.together : !store.together && store.language === language;
    const name = language === ALL ? gettext("All languages side by side") : languageName(language);
    const tab = h("button", {
      type: "button", class: "text__tab", "aria-pressed": String(Boolean(pressed)), title: name, "aria-label": `${label}: ${name}`,
      "data-at": `${label}.tab.${language}`,
      onclick: () => {
        store.together = language === ALL;
        store.speak(language === ALL ? store.language : language);
      },
    }, language === ALL ? "∥" : language);
    made.set(language, tab);
  }
  const mark = (language, missing) => {
    const tab = made.get(language);
    tab.classList.toggle("text__tab--missing", missing);
    tab.setAttribute("aria-label", `${label}: ${languageName(language)}${missing ? ` (${gettext("missing")})` : ""}`);
  };
  for (const language of known) mark(language, isMissing(language));
  return { element: h("div", { class: "text__tabs" }, [...made.values()]), mark };
}
