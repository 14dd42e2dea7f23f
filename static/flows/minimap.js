// The whole flow in a corner, with a frame around what is seen. A press or a drag goes there.

import { WIDTH, bounds, grown } from "./geometry.js";
import { later } from "./dom.js";

const SIZED = 90; // ms between two sizes of the frame: each is laid out and painted; the last comes with `draw`
const SIZE = { width: 184, height: 120 };

export class Minimap {
  constructor({ canvas, scene, camera, store }) {
    Object.assign(this, { canvas, scene, camera, store });
    const dense = Math.min(2, devicePixelRatio || 1);
    canvas.width = SIZE.width * dense;
    canvas.height = SIZE.height * dense;
    this.pen = canvas.getContext("2d");
    this.pen.scale(dense, dense);
    this.frame = canvas.nextElementSibling;
    this.sized = 0;
    const draw = later(60, () => this.draw());
    store.addEventListener("graph", draw);
    store.addEventListener("selection", draw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    camera.addEventListener("move", () => this.place());
    camera.addEventListener("rest", draw);
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => event.buttons === 1 && this.press(event));
    this.draw();
  }

  draw() {
    const { pen, scene, store } = this;
    this.area = grown(scene.known.size ? scene.all : bounds([]), 200);
    const { area } = this;
    this.scale = Math.min(SIZE.width / area.width, SIZE.height / area.height);
    this.shift = [
      (SIZE.width - area.width * this.scale) / 2 - area.x * this.scale,
      (SIZE.height - area.height * this.scale) / 2 - area.y * this.scale,
    ];
    const style = getComputedStyle(this.canvas);
    pen.clearRect(0, 0, SIZE.width, SIZE.height);
    for (const [id, box] of scene.boxes) {
      const wrong = scene.problems.get(id)?.some((problem) => problem.level === "error");
      pen.fillStyle = wrong ? style.outlineColor : store.selection.has(id) ? style.caretColor : style.color;
      pen.fillRect(
        box.x * this.scale + this.shift[0],
        box.y * this.scale + this.shift[1],
        Math.max(2, WIDTH * this.scale),
        Math.max(2, box.height * this.scale),
      );
    }
    this.place({ settled: true });
  }

  place({ settled = false } = {}) {
    if (!this.area) return;
    const { x, y, width, height } = this.camera.seen;
    // Cut off by its box, not here: another size would be painted anew with each frame.
    this.frame.style.transform = `translate(${x * this.scale + this.shift[0]}px, ${y * this.scale + this.shift[1]}px)`;
    const size = `${Math.max(4, width * this.scale)}px ${Math.max(4, height * this.scale)}px`;
    const now = performance.now();
    if (size === this.size || (!settled && now - this.sized < SIZED)) return;
    Object.assign(this, { size, sized: now });
    [this.frame.style.width, this.frame.style.height] = size.split(" ");
  }

  press(event) {
    const box = this.canvas.getBoundingClientRect();
    const x = (event.clientX - box.left - this.shift[0]) / this.scale;
    const y = (event.clientY - box.top - this.shift[1]) / this.scale;
    const [cx, cy] = this.camera.centre;
    this.camera.pan((cx - x) * this.camera.scale, (cy - y) * this.camera.scale);
  }
}
