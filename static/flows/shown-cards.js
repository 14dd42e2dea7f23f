// Cards as a customer would see them, in the emulator.

import { h, icon } from "./dom.js";

// `say(words)` is what a button does that says something.
export function shownCards(cards, say) {
  return h("ul", { class: "deck", role: "list", "aria-label": gettext("Cards"), tabindex: cards.length > 1 ? "0" : null }, cards.map((card) => one(card, say)));
}

function one({ title, text, picture, alt, buttons }, say) {
  return h("li", { class: "deck__card" },
    picture && h("img", { class: "deck__picture", src: picture.url, alt, width: picture.width, height: picture.height }),
    title && h("p", { class: "deck__title" }, title),
    text && h("p", { class: "deck__text" }, text),
    buttons.length ? h("ul", { class: "deck__buttons", role: "list" }, buttons.map((each) => h("li", {}, control(each, say)))) : "",
  );
}

function control({ label, link, says }, say) {
  if (!link) return h("button", { type: "button", class: "deck__button", onclick: () => say(says) }, label);
  return h("a", { class: "deck__button", href: link, target: "_blank", rel: "noopener noreferrer" }, label, icon("external-link", "icon--small"));
}
