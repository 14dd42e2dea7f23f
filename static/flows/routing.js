// Lines that would run behind cards are led around them, in the free room between, with right angles.

import { touch, grown } from "./geometry.js";

const CLEAR = 6; // what a line keeps from cards at least
const LANES = 4; // so that lines that share a gap do not lie on each other
const TURN = 60; // of length, which a turn may save
const ROUND = 12; // radius of a corner
const TRIES = 12;

// The points of a curve, close enough that it passes no card between two of them.
function along(curve) {
  const [a, b, c, d] = curve;
  const count = Math.min(200, 8 + Math.ceil((Math.abs(d[0] - a[0]) + Math.abs(d[1] - a[1])) / 8));
  return Array.from({ length: count + 1 }, (_, at) => {
    const t = at / count;
    const u = 1 - t;
    return [0, 1].map((axis) => u * u * u * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t * t * t * d[axis]);
  });
}

const holds = (box, [x, y]) => x > box.x && y > box.y && x < box.x + box.width && y < box.y + box.height;

function spanOf(points) {
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

// The cards that a curve runs behind: `own` are those at its ends, which it may touch.
function behind(curve, boxes, own) {
  const points = along(curve);
  const span = grown(spanOf(points), CLEAR);
  return boxes.filter((box) => touch(box, span) && points.some((point) => holds(grown(box, own.includes(box) ? -3 : CLEAR - 2), point)));
}

// The way around as corners from port to entry, null where the plain curve is free, or nothing else is.
export function around({ curve, boxes, own, lane }) {
  const hit = behind(curve, boxes, own);
  if (!hit.length) return null;
  const near = new Set([...own, ...hit]);
  for (let tries = 0; tries < TRIES; tries++) {
    const path = shortest(curve[0], curve.at(-1), [...near], lane % LANES);
    if (!path) return null;
    const more = boxes.filter((box) => !near.has(box) && crosses(path, box));
    if (!more.length) return path;
    more.forEach((box) => near.add(box));
  }
  return null;
}

const crosses = (path, box) => path.some((point, at) => at > 0 && isBehind(path[at - 1], point, box));

function isBehind([x1, y1], [x2, y2], box) {
  const [left, right] = x1 < x2 ? [x1, x2] : [x2, x1];
  const [top, bottom] = y1 < y2 ? [y1, y2] : [y2, y1];
  return right > box.x - CLEAR && left < box.x + box.width + CLEAR && bottom > box.y - CLEAR && top < box.y + box.height + CLEAR;
}

// On the lines beside the cards: from where a line has left its port to where it enters, both to the right.
function shortest(start, end, boxes, lane) {
  const away = CLEAR + 3 + 4 * lane;
  const from = [start[0] + away + 8, start[1]];
  const to = [end[0] - away - 8, end[1]];
  const xs = sorted([from[0], to[0], ...boxes.flatMap((box) => [box.x - away, box.x + box.width + away])]);
  const ys = sorted([from[1], to[1], ...boxes.flatMap((box) => [box.y - away, box.y + box.height + away])]);
  const found = search({ xs, ys, from, to, boxes });
  return found && straightened([start, ...found, end]);
}

const sorted = (numbers) => [...new Set(numbers)].sort((one, other) => one - other);
const SIDES = [[1, 0], [0, 1], [-1, 0], [0, -1]]; // right, down, left, up

// A*: a place is a crossing and the direction in which one comes to it.
function search({ xs, ys, from, to, boxes }) {
  const keyOf = (x, y, side) => (x * ys.length + y) * 4 + side;
  const first = [xs.indexOf(from[0]), ys.indexOf(from[1])];
  const goal = [xs.indexOf(to[0]), ys.indexOf(to[1])];
  const rest = (x, y) => Math.abs(xs[x] - to[0]) + Math.abs(ys[y] - to[1]);
  const best = new Map([[keyOf(...first, 0), 0]]);
  const came = new Map();
  const heap = new Heap();
  heap.push({ x: first[0], y: first[1], side: 0, cost: 0, total: rest(...first) });
  for (let place = heap.pop(); place; place = heap.pop()) {
    const key = keyOf(place.x, place.y, place.side);
    if (place.cost > best.get(key)) continue;
    if (place.x === goal[0] && place.y === goal[1] && place.side !== 2) return walked(came, key, place, xs, ys);
    SIDES.forEach(([dx, dy], side) => {
      if ((side + 2) % 4 === place.side) return;
      const [x, y] = [place.x + dx, place.y + dy];
      if (x < 0 || y < 0 || x >= xs.length || y >= ys.length) return;
      const [here, there] = [[xs[place.x], ys[place.y]], [xs[x], ys[y]]];
      const turned = side === place.side ? 0 : TURN + Math.abs(here[0] - from[0]) / 1000; // rather early than late
      const cost = place.cost + Math.abs(there[0] - here[0]) + Math.abs(there[1] - here[1]) + turned;
      const next = keyOf(x, y, side);
      if (cost >= (best.get(next) ?? Infinity) || boxes.some((box) => isBehind(here, there, box))) return;
      best.set(next, cost);
      came.set(next, { key, place });
      heap.push({ x, y, side, cost, total: cost + rest(x, y) });
    });
  }
  return null;
}

function walked(came, key, place, xs, ys) {
  const points = [[xs[place.x], ys[place.y]]];
  for (let before = came.get(key); before; before = came.get(before.key)) points.unshift([xs[before.place.x], ys[before.place.y]]);
  return points;
}

// Without the points at which it goes straight on.
function straightened(points) {
  return points.filter((point, at) => {
    const [before, after] = [points[at - 1], points[at + 1]];
    return !before || !after || !((before[0] === point[0] && point[0] === after[0]) || (before[1] === point[1] && point[1] === after[1]));
  });
}

class Heap {
  items = [];

  push(item) {
    const { items } = this;
    let at = items.push(item) - 1;
    for (let up = (at - 1) >> 1; at > 0 && items[up].total > item.total; at = up, up = (at - 1) >> 1) items[at] = items[up];
    items[at] = item;
  }

  pop() {
    const { items } = this;
    const [top] = items;
    const last = items.pop();
    if (!items.length) return top;
    let at = 0;
    for (let down = 1; down < items.length; at = down, down = 2 * at + 1) {
      if (down + 1 < items.length && items[down + 1].total < items[down].total) down += 1;
      if (items[down].total >= last.total) break;
      items[at] = items[down];
    }
    items[at] = last;
    return top;
  }
}

// --- drawn

// With round corners, as large as the shorter side of each leaves room for.
export function rounded(points) {
  let drawn = `M${points[0]}`;
  for (let at = 1; at < points.length - 1; at++) {
    const [before, corner, after] = [points[at - 1], points[at], points[at + 1]];
    const radius = Math.min(ROUND, length(before, corner) / 2, length(corner, after) / 2);
    drawn += ` L${towards(corner, before, radius)} Q${corner} ${towards(corner, after, radius)}`;
  }
  return `${drawn} L${points.at(-1)}`;
}

const length = ([x1, y1], [x2, y2]) => Math.abs(x2 - x1) + Math.abs(y2 - y1);
const towards = ([x1, y1], [x2, y2], by) => [x1 + Math.sign(x2 - x1) * by, y1 + Math.sign(y2 - y1) * by];

// The longest piece from left to right or back: a label has most room there.
export function longest(points) {
  const pieces = points.slice(1).map((point, at) => [points[at], point]).filter(([one, other]) => one[1] === other[1]);
  return pieces.sort((one, other) => length(...other) - length(...one))[0] ?? [points[0], points.at(-1)];
}
