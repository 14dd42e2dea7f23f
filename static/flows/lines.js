// A line between two cards: its way, its head and its label.

import { s } from "./dom.js";
import { SMALL, bend, curve, middle, shortened } from "./geometry.js";
import { around, longest, rounded } from "./routing.js";

const LABELLED = 150; // a line that is shorter has no room for a label

export function freshLine(key) {
  const line = s("g", { class: "line", "data-line": key });
  line.append(s("path", { class: "line__grip" }), s("path", { class: "line__path" }), s("path", { class: "line__head" }));
  return line;
}

// `corners`: those of the way around cards, null for the plain curve. Returns where its middle is.
export function putLine(line, { start, end, corners, label }) {
  const [grip, path, head] = line.children;
  const drawn = corners ? rounded(corners) : curve(start, end);
  grip.setAttribute("d", drawn);
  path.setAttribute("d", drawn);
  head.setAttribute("d", `M${end[0] - 2},${end[1] - 5}l8,5l-8,5z`);
  line.querySelector(".line__label")?.remove();
  const [one, other] = corners ? longest(corners) : [start, end];
  const centre = middle(one, other);
  const room = corners ? Math.abs(other[0] - one[0]) : end[0] - start[0];
  if (label && room >= LABELLED) line.append(s("text", { class: "line__label", x: centre[0], y: centre[1] - 5 }, shortened(label, room - 60, SMALL)));
  return centre;
}

// The ways around cards, each found once while these stand where they are.
export class Routes {
  found = new Map();
  boxes = new Map();

  over(boxes) {
    const stayed = boxes.size === this.boxes.size && [...boxes].every(([id, box]) => isSame(box, this.boxes.get(id)));
    if (stayed) return;
    this.found.clear();
    this.boxes = boxes;
    this.all = [...boxes.values()];
  }

  of({ key, from, to, lane }, start, end) {
    const asked = `${key} ${to} ${start}`;
    if (!this.found.has(asked)) {
      const own = [this.boxes.get(from), this.boxes.get(to)];
      this.found.set(asked, around({ curve: bend(start, end), boxes: this.all, own, lane }));
    }
    return this.found.get(asked);
  }
}

const isSame = (one, other) => other && one.x === other.x && one.y === other.y && one.height === other.height;
