// The kinds of steps at the left: pressed, or dragged onto the canvas.

import { byId, h, icon } from "./dom.js";
import { KINDS } from "./kinds.js";

export class Palette {
  constructor(editor) {
    this.editor = editor;
    const rows = Object.entries(KINDS).map(([kind, { name, about, icon: sign }]) =>
      h("li", {}, h("button", {
        type: "button", class: `palette__item kind--${kind}`, title: about, draggable: "true", "data-kind": kind,
        onclick: () => editor.add(kind),
        ondragstart: (event) => this.start(event, kind),
      }, h("span", { class: "kind-tile" }, icon(sign, "icon--small")), h("span", { class: "palette__words" }, h("span", { class: "palette__name" }, name), h("span", { class: "palette__about" }, about)))),
    );
    byId("flow-palette").append(...rows);
    editor.stage.addEventListener("dragover", (event) => this.kind && event.preventDefault());
    editor.stage.addEventListener("drop", (event) => this.drop(event));
    addEventListener("dragend", () => (this.kind = ""));
  }

  start(event, kind) {
    this.kind = kind;
    event.dataTransfer.effectAllowed = "copy";
    event.dataTransfer.setData("text/plain", KINDS[kind].name);
  }

  drop(event) {
    if (!this.kind) return;
    event.preventDefault();
    const [x, y] = this.editor.camera.toWorld(event.clientX, event.clientY);
    this.editor.add(this.kind, [x - 124, y - 38]);
  }
}
