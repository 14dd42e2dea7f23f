// What was done beside what was asked for, said where it is seen, with the way back.

import { byId, button, h, iconButton, tell } from "./dom.js";

const SHOWN = 12_000; // ms, but not while somebody is at it

let leaving = 0;

export function notice(words, undo) {
  tell(words);
  const place = byId("flow-notice");
  const away = () => place.replaceChildren();
  const back = () => {
    away();
    undo();
  };
  place.replaceChildren(h("div", { class: "undoing" }, h("p", {}, words), button(gettext("Undo"), back, { icon: "undo-2", small: true, kind: "button button--small" }), iconButton("x", gettext("Close"), away)));
  clearTimeout(leaving);
  const leave = () => {
    if (place.matches(":hover, :focus-within")) leaving = setTimeout(leave, SHOWN);
    else away();
  };
  leaving = setTimeout(leave, SHOWN);
}
