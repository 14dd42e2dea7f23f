// One step as a card: its icon, what it says, and a port for each way on.

import { s, useIcon } from "./dom.js";
import { ENTRY, HEAD, ROW, SMALL, WIDTH, heightOf, portOf, rows, shortened, twoLines } from "./geometry.js";
import { KINDS } from "./kinds.js";
import { emptyWords, goalOf, isMissing, kindLine, stepLine, titleOf, wayLabel } from "./words.js";
import { ways } from "./graph.js";

const START = pgettext("the first step of a flow", "Start");

export function drawCard(node, { graph, language, flows, known }) {
  const card = holder(node, { graph, language, flows, known });
  const height = heightOf(node);
  card.append(
    s("rect", { class: "card__ring", x: -4, y: -4, width: WIDTH + 8, height: height + 8, rx: 15 }),
    s("rect", { class: "card__box", width: WIDTH, height, rx: 12 }),
    s("rect", { class: "card__tile", x: 12, y: 12, width: 32, height: 32, rx: 9 }),
    useIcon(KINDS[node.kind].icon, { class: "card__icon", x: 19, y: 19, width: 18, height: 18 }),
  );
  if (graph.start === node.id) card.append(startMark());
  card.append(words(node, { graph, language, flows }));
  if (rows(node).length) card.append(s("path", { class: "card__line", d: `M0,${HEAD - 0.5}H${WIDTH}` }));
  card.append(s("circle", { class: "card__entry", cx: ENTRY[0], cy: ENTRY[1], r: 4 }));
  for (const way of ways(node)) card.append(...port(node, way, { graph, language, known }));
  if (isMissing(node, graph, language)) card.append(missingMark(language));
  return card;
}

// What can be told apart from far away, and nothing else: without a transform of its own, of which each one is
// looked at with every frame.
export function drawFarCard(node, { x, y, height }, given) {
  const card = holder(node, given);
  card.dataset.far = "";
  if (given.graph.start === node.id) card.classList.add("card--start");
  card.append(
    s("rect", { class: "card__ring", x: x - 4, y: y - 4, width: WIDTH + 8, height: height + 8, rx: 15 }),
    s("rect", { class: "card__box", x, y, width: WIDTH, height, rx: 12 }),
    s("rect", { class: "card__tile", x: x + 12, y: y + 12, width: 52, height: 52, rx: 12 }),
  );
  return card;
}

function holder(node, given) {
  const card = s("g", { class: `card card--${node.kind}`, "data-node": node.id, tabindex: "-1", role: "button" });
  card.setAttribute("aria-label", spoken(node, given));
  return card;
}

function words(node, { graph, language, flows }) {
  const title = titleOf(node, graph, language, flows);
  const lines = twoLines(title || emptyWords(node), WIDTH - 68);
  const text = s("g", { class: "card__words" });
  text.append(s("text", { class: "card__kind", x: 54, y: 23 }, shortened(kindLine(node, graph, language), WIDTH - 84, SMALL)));
  lines.forEach((line, at) =>
    text.append(s("text", { class: title ? "card__title" : "card__title card__title--empty", x: 54, y: 42 + at * 18 }, line)),
  );
  return text;
}

function port(node, { field, target }, { graph, language, known }) {
  const [x, y] = portOf(node, field);
  const led = known.has(target);
  const circle = s("circle", { class: led ? "port port--led" : "port", cx: x, cy: y, r: 5.5 });
  const grip = s("circle", { class: "port__grip", "data-port": field, cx: x, cy: y, r: 13 });
  if (!rows(node).length) return [circle, grip];
  const label = shortened(wayLabel(node, field, graph, language), WIDTH - 40, SMALL);
  return [s("text", { class: "card__way", x: WIDTH - 16, y: y + 4 }, label), circle, grip].map((part, at) => {
    if (at === 0 && y > HEAD + ROW) part.classList.add("card__way--below");
    return part;
  });
}

function startMark() {
  const mark = s("g", { class: "card__start" });
  const width = 20 + START.length * 7;
  mark.append(s("rect", { x: 12, y: -13, width, height: 20, rx: 10 }), s("text", { x: 12 + width / 2, y: 1, "text-anchor": "middle" }, START));
  return mark;
}

function missingMark(language) {
  const mark = s("g", { class: "card__missing" });
  mark.append(s("rect", { x: WIDTH - 40, y: 10, width: 28, height: 18, rx: 6 }), s("text", { x: WIDTH - 26, y: 23 }, language));
  return mark;
}

// How many problems a card has, and how bad the worst of them is.
export function markProblems(card, found) {
  card.querySelector(".card__problems")?.remove();
  card.classList.toggle("card--wrong", found.some((problem) => problem.level === "error"));
  if (!found.length || "far" in card.dataset) return;
  const worst = found.some((problem) => problem.level === "error") ? "error" : "warning";
  const mark = s("g", { class: `card__problems card__problems--${worst}`, transform: `translate(${WIDTH - 6} -8)` });
  mark.append(s("title", {}, found.map((problem) => problem.text).join("\n")), s("circle", { cx: 0, cy: 6, r: 11 }));
  mark.append(s("text", { x: 0, y: 10 }, String(found.length)));
  card.append(mark);
}

function spoken(node, { graph, language, flows, known }) {
  const line = stepLine(node, graph, language, flows);
  const on = ways(node).map((way) => {
    const where = goalOf(way.field, known.get(way.target), graph, language, flows);
    return `${wayLabel(node, way.field, graph, language)} → ${where}`;
  });
  return [line, graph.start === node.id && START, ...on].filter(Boolean).join(". ").slice(0, 400);
}
