// How dates and numbers are written: as the browser asks, while it asks for the language of the page.

const page = document.documentElement.lang || "en";
const base = (tag) => tag.toLowerCase().split("-")[0];

export const locale = navigator.languages.find((tag) => base(tag) === base(page)) ?? page;
