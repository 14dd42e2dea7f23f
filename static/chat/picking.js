// Ways to attach a file: the paper clip, dropping it anywhere on the page, pasting a picture.

import { byId } from "./dom.js";

export class Picking {
  #field = byId("files");
  #drop = byId("drop");
  #depth = 0;

  constructor({ onFiles }) {
    if (!this.#field) return;
    this.onFiles = onFiles;
    byId("attach").addEventListener("click", () => this.open());
    this.#field.addEventListener("change", () => this.#picked());
    byId("say").addEventListener("paste", (event) => this.#pasted(event));
    window.addEventListener("dragenter", (event) => this.#over(event, 1));
    window.addEventListener("dragleave", (event) => this.#over(event, -1));
    window.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
    window.addEventListener("drop", (event) => this.#dropped(event));
  }

  // `accept`: "pictures" or "documents", where only these are asked for.
  open(accept = "") {
    const { accept: all } = byId("composer").dataset;
    const wanted = { pictures: (each) => each.startsWith("image/"), documents: (each) => !each.startsWith("image/") }[accept];
    this.#field.accept = (wanted && all.split(",").filter(wanted).join(",")) || all;
    this.#field.click();
  }

  #picked() {
    this.onFiles([...this.#field.files]);
    this.#field.value = ""; // the same file may be chosen again
    byId("say").focus();
  }

  // What office programs copy has words too, and a picture of them that nobody wants.
  #pasted(event) {
    const { files, types } = event.clipboardData;
    if (!files.length || types.includes("text/plain")) return;
    event.preventDefault();
    this.onFiles([...files]);
  }

  #over(event, step) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.#depth = Math.max(0, this.#depth + step);
    this.#drop.hidden = this.#depth === 0;
  }

  #dropped(event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.#depth = 0;
    this.#drop.hidden = true;
    this.onFiles([...event.dataTransfer.files]);
    byId("say").focus();
  }
}

const hasFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
