// Where everything stands on the canvas. Sizes follow from the step alone, so that nothing has to be measured
// in the page: what is out of sight needs no element to have a place.

import { ways } from "./graph.js";

export const WIDTH = 248;
export const HEAD = 76;
export const ROW = 28;
const FOOT = 6;

// Rows for ways on that have a name of their own; a single plain way on leaves from the head.
export function rows(node) {
  const found = ways(node);
  return found.length === 1 && found[0].field === "next" ? [] : found;
}

export function heightOf(node) {
  const count = rows(node).length;
  return HEAD + (count ? count * ROW + FOOT : 0);
}

export function boxOf(node, layout) {
  const [x, y] = layout[node.id] ?? [0, 0];
  return { x, y, width: WIDTH, height: heightOf(node) };
}

// Where a way leaves, from the corner of its card.
export function portOf(node, field) {
  const at = rows(node).findIndex((way) => way.field === field);
  return at < 0 ? [WIDTH, HEAD / 2] : [WIDTH, HEAD + at * ROW + ROW / 2];
}

export const ENTRY = [0, HEAD / 2];

// From a port to an entry: to the right a plain curve, backwards one that leaves room.
export function bend([x1, y1], [x2, y2]) {
  const away = x2 - x1;
  const reach = away > 40 ? Math.max(36, away / 2) : Math.min(220, 70 + Math.abs(away) / 3);
  return [[x1, y1], [x1 + reach, y1], [x2 - reach, y2], [x2, y2]];
}

export function curve(start, end) {
  const [from, out, into, to] = bend(start, end);
  return `M${from} C${out} ${into} ${to}`;
}

export function middle([x1, y1], [x2, y2]) {
  return [(x1 + x2) / 2, (y1 + y2) / 2];
}

export function bounds(boxes) {
  if (!boxes.length) return { x: 0, y: 0, width: WIDTH, height: HEAD };
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

export const touch = (one, other) =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

export const grown = (box, by) => ({ x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by });

// --- text that must fit into a card

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

function width(text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    if (widths.size > 20_000) widths.clear();
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

export const FONT = "450 13px Inter, system-ui, sans-serif";
export const SMALL = "450 12px Inter, system-ui, sans-serif";

export function shortened(text, most, font = FONT) {
  if (width(text, font) <= most) return text;
  let low = 0;
  let high = Math.min(text.length, 120);
  while (low < high) {
    const half = (low + high + 1) >> 1;
    if (width(`${text.slice(0, half)}…`, font) <= most) low = half;
    else high = half - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}

// At most two lines; the second ends in "…" where there is more.
export function twoLines(text, most) {
  const words = text.replace(/[\t\n\r ]+/g, " ").trim().slice(0, 240).split(" "); // French signs stay with their word
  let first = "";
  while (words.length && width(first ? `${first} ${words[0]}` : words[0], FONT) <= most) {
    first = first ? `${first} ${words.shift()}` : words.shift();
  }
  if (!first) return [shortened(words.join(" "), most)];
  return words.length ? [first, shortened(words.join(" "), most)] : [first];
}

// What is looked at is drawn first.
export function nearestFirst(ids, boxes, [x, y]) {
  const away = new Map(ids.map((id) => [id, Math.hypot(boxes.get(id).x - x, boxes.get(id).y - y)]));
  return ids.sort((one, other) => away.get(one) - away.get(other));
}
