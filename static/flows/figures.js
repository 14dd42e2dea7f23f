// Numbers on the canvas: how often customers came to a step, and went from one to the next. Said by the number
// first; colour and width say it again.

import { WIDTH } from "./geometry.js";
import { s } from "./dom.js";

const LEVELS = 4;

// 0: never; 1 to 4: how much of what the busiest step has.
export const levelOf = (times, most) => (times > 0 ? Math.max(1, Math.ceil((LEVELS * times) / most)) : 0);

export function markCard(card, figure, { height }) {
  card.querySelector(".card__figure")?.remove();
  for (let level = 0; level <= LEVELS; level++) card.classList.toggle(`card--seen-${level}`, figure?.level === level);
  if (!figure) return;
  card.setAttribute("aria-label", `${figure.spoken}. ${card.getAttribute("aria-label")}`);
  if ("far" in card.dataset) return;
  const width = 16 + figure.text.length * 7.5;
  card.append(s("g", { class: "card__figure", transform: `translate(${WIDTH - width - 12} ${height - 11})` },
    s("rect", { width, height: 22, rx: 11 }), s("text", { x: width / 2, y: 15 }, figure.text)));
}

export function markLine(line, figure, [x, y]) {
  line.querySelector(".line__figure")?.remove();
  for (let level = 0; level <= LEVELS; level++) line.classList.toggle(`line--seen-${level}`, figure?.level === level);
  if (figure?.text) line.append(s("text", { class: "line__figure", x, y: y + 14 }, figure.text));
}
