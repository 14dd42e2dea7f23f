// What part of the canvas is seen: its place and its size. Moving it changes one transform and nothing else.

import { calm } from "./dom.js";

export const LEAST = 0.08;
export const MOST = 2;
const FAR = 0.3; // below it, words are too small to be read and are left out
const NEAR = 0.36; // from here on they are there again: not with each small movement
const REST = 160; // ms after which the picture is drawn sharp again

export class Camera extends EventTarget {
  constructor(stage, world) {
    super();
    Object.assign(this, { stage, world, x: 40, y: 40, scale: 1, sharp: 1, frame: 0, rest: 0, glide: 0, far: false });
    this.size = { width: stage.clientWidth, height: stage.clientHeight };
    new ResizeObserver(() => {
      this.size = { width: stage.clientWidth, height: stage.clientHeight };
      this.ask();
    }).observe(stage);
  }

  ask() {
    this.frame ||= requestAnimationFrame(() => this.show());
  }

  show() {
    this.frame = 0;
    const { x, y, scale } = this;
    this.far = scale < (this.far ? NEAR : FAR);
    // In whole pixels a picture is copied; between them each point is mixed from four.
    const at = scale === this.sharp ? [Math.round(x), Math.round(y)] : [x, y];
    this.world.style.transform = `translate(${at[0]}px, ${at[1]}px) scale(${scale})`;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.settle(), REST);
    this.dispatchEvent(new Event("move"));
  }

  // Not between two frames of a slow machine: only where no other one is asked for.
  settle() {
    if (this.frame || this.glide) {
      this.rest = setTimeout(() => this.settle(), REST);
      return;
    }
    if (this.scale !== this.sharp) this.sharpen();
    this.dispatchEvent(new Event("rest"));
  }

  // A layer of its own is drawn once, in the size that it had then, and only moved from there on.
  sharpen() {
    this.sharp = this.scale;
    this.world.classList.add("world--sharpened");
    requestAnimationFrame(() => requestAnimationFrame(() => this.world.classList.remove("world--sharpened")));
  }

  // The part of the canvas that is seen, in its own coordinates.
  get seen() {
    const { x, y, scale, size } = this;
    return { x: -x / scale, y: -y / scale, width: size.width / scale, height: size.height / scale };
  }

  toWorld(clientX, clientY) {
    const box = this.stage.getBoundingClientRect();
    return [(clientX - box.left - this.x) / this.scale, (clientY - box.top - this.y) / this.scale];
  }

  get centre() {
    const { x, y, width, height } = this.seen;
    return [x + width / 2, y + height / 2];
  }

  pan(dx, dy) {
    this.stop();
    this.x += dx;
    this.y += dy;
    this.ask();
  }

  // Around a point of the stage, which stays where it is.
  zoom(factor, [px, py] = [this.size.width / 2, this.size.height / 2]) {
    this.stop();
    const scale = Math.min(MOST, Math.max(LEAST, this.scale * factor));
    this.x = px - ((px - this.x) * scale) / this.scale;
    this.y = py - ((py - this.y) * scale) / this.scale;
    this.scale = scale;
    this.ask();
  }

  // Not smaller than `least`: then from `from` on, as far as there is room.
  fit(box, { most = 1, least = LEAST, at = 48, from = box } = {}) {
    this.size = { width: this.stage.clientWidth, height: this.stage.clientHeight }; // what stands above may have changed
    const { width, height } = this.size;
    if (!width || !height) return;
    const room = Math.min((width - 2 * at) / box.width, (height - 2 * at) / box.height);
    const scale = Math.min(most, Math.max(least, room));
    const along = (begin, length, space, wanted) => {
      if (length * scale <= space - 2 * at) return (space - length * scale) / 2 - begin * scale;
      return Math.max(space - at - (begin + length) * scale, Math.min(at - begin * scale, wanted));
    };
    const x = along(box.x, box.width, width, at - from.x * scale);
    const y = along(box.y, box.height, height, height / 2 - (from.y + from.height / 2) * scale);
    this.go({ x, y, scale });
  }

  // So that a card is seen whole, and no further.
  reveal(box, margin = 32) {
    const { scale, size } = this;
    const shift = (at, length, room, now) => {
      if (now + at * scale < margin) return margin - at * scale;
      const over = now + (at + length) * scale - (room - margin);
      return over > 0 ? now - over : now;
    };
    const x = shift(box.x, box.width, size.width, this.x);
    const y = shift(box.y, box.height, size.height, this.y);
    if (x !== this.x || y !== this.y) this.go({ x, y, scale });
  }

  go(goal) {
    this.stop();
    if (calm()) return this.arrive(goal);
    const from = { x: this.x, y: this.y, scale: this.scale };
    const begun = performance.now();
    const glide = (now) => {
      const share = Math.min(1, Math.max(0, (now - begun) / 180));
      const eased = 1 - (1 - share) ** 3;
      for (const name of ["x", "y", "scale"]) this[name] = from[name] + (goal[name] - from[name]) * eased;
      this.show();
      this.glide = share < 1 ? requestAnimationFrame(glide) : 0;
    };
    this.glide = requestAnimationFrame(glide);
  }

  arrive(goal) {
    Object.assign(this, goal);
    this.ask();
  }

  stop() {
    cancelAnimationFrame(this.glide);
    this.glide = 0;
  }
}
