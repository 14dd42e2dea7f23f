// How dates and numbers are written: as the browser asks, while it asks for the language of the page. English of
// no country is Britain's, with the day before the month.

const page = document.documentElement.lang || "en";
const base = (tag) => tag.toLowerCase().split("-")[0];
const wanted = navigator.languages.find((tag) => base(tag) === base(page)) ?? page;

export const locale = wanted === "en" ? "en-GB" : wanted;

// "1er décembre": what the browser writes has no other form for the first of a month.
export const ordinal = (text) =>
  base(locale) === "fr" ? text.replace(/(?<=^|\s)1(?= \p{L})/u, "1er") : text;
