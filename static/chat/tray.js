// What is attached to the message that is being written: each file with its picture, how far it is, and a way
// to take it out again. What was uploaded survives a reload.

import { byId, fromTemplate, say } from "./dom.js";
import { sizeWords } from "./sizes.js";
import { DONE, LOST, REFUSED, SENDING, Upload } from "./upload.js";

const PREVIEW = 96; // pixels

export class Tray {
  #list = byId("tray");
  #trouble = byId("tray-trouble");
  #form = byId("composer");
  #token;
  #key = "";
  #entries = [];
  onChange = () => {};

  // `token(fresh)`: see Upload.
  constructor({ token }) {
    this.#token = token;
  }

  // Whether this assistant takes files at all.
  get offered() {
    return this.#list !== null;
  }

  get count() {
    return this.#entries.length;
  }

  // Everything that is attached has arrived.
  get ready() {
    return this.#entries.every(({ file }) => file.id);
  }

  open(conversation) {
    if (!this.offered) return;
    for (const { upload } of this.#entries) upload?.cancel();
    this.#entries = [];
    this.#list.replaceChildren();
    this.#key = `causerie:customer:files:${conversation}`;
    this.#tell("");
    for (const file of JSON.parse(localStorage.getItem(this.#key) ?? "[]")) this.#show({ file, upload: null });
    this.#changed();
  }

  add(files) {
    if (!this.offered) return;
    const troubles = [];
    for (const file of files) {
      const why = this.#whyNot(file);
      if (why) troubles.push(`${file.name}: ${why}`);
      else this.#begin(file);
    }
    this.#tell(troubles.join("\n"));
    this.#changed();
  }

  // What could not be sent, to be sent otherwise.
  putBack(files) {
    if (!this.offered) return;
    for (const file of files) this.#show({ file, upload: null });
    this.#changed();
  }

  // What goes with the message; the tray is empty then.
  take() {
    const files = this.#entries.map(({ file }) => file);
    this.#entries = [];
    this.#list?.replaceChildren();
    if (this.offered) this.#tell("");
    this.#changed();
    return files;
  }

  #whyNot({ name, type, size }) {
    const { most, megabytes, atOnce, accept, kinds } = this.#form.dataset;
    if (this.count >= Number(atOnce)) {
      return interpolate(ngettext("No more than %s file fits into one message.", "No more than %s files fit into one message.", Number(atOnce)), [atOnce]);
    }
    if (!size) return gettext("The file is empty. Choose another one.");
    if (size > Number(most)) return interpolate(gettext("The file is larger than %(most)s MB. Send a smaller one."), { most: megabytes }, true);
    const ending = `.${name.split(".").pop().toLowerCase()}`;
    const taken = accept.split(",");
    const known = type ? taken.includes(type) || taken.includes(ending) : taken.includes(ending);
    return known ? "" : interpolate(gettext("This kind of file cannot be sent. Send %(kinds)s."), { kinds }, true);
  }

  #begin(file) {
    const upload = new Upload({ file, address: this.#form.dataset.files, token: this.#token });
    const entry = { file: { name: file.name, size: file.size, kind: "" }, upload };
    this.#show(entry);
    draw(file, entry.item.querySelector("[data-picture]"));
    upload.addEventListener("change", () => this.#follow(entry));
    upload.start();
  }

  #show(entry) {
    const item = (entry.item = fromTemplate("file-template"));
    const { name, size } = entry.file;
    item.querySelector("[data-name]").textContent = name;
    item.querySelector("[data-about]").textContent = sizeWords(size);
    const remove = item.querySelector("[data-remove]");
    remove.setAttribute("aria-label", interpolate(gettext("Remove %(name)s"), { name }, true));
    remove.addEventListener("click", () => this.#remove(entry));
    item.querySelector("[data-again]").addEventListener("click", () => {
      remove.focus(); // the button that was pressed goes
      entry.upload.start();
    });
    item.querySelector("progress").setAttribute("aria-label", interpolate(gettext("Uploading %(name)s"), { name }, true));
    if (entry.file.kind === "picture") showPicture(item, entry.file);
    this.#entries.push(entry);
    this.#list.append(item);
    this.#state(entry);
  }

  #follow(entry) {
    if (!this.#entries.includes(entry)) return;
    const { upload } = entry;
    if (upload.state === REFUSED) {
      this.#drop(entry);
      this.#tell(`${entry.file.name}: ${upload.refusal || gettext("The file could not be sent. Try again, or send another one.")}`);
    } else if (upload.state === DONE && !entry.file.id) {
      entry.file = upload.result;
      say(interpolate(gettext("%(name)s is attached"), { name: entry.file.name }, true));
    }
    this.#state(entry);
    this.#changed();
  }

  #state({ item, upload, file }) {
    const state = file.id ? DONE : (upload?.state ?? SENDING);
    item.dataset.state = state;
    const bar = item.querySelector("progress");
    bar.hidden = state === DONE || state === LOST;
    bar.value = upload?.progress ?? 0;
    item.querySelector("[data-again]").hidden = state !== LOST;
    item.querySelector("[data-name]").textContent = file.name;
    item.querySelector("[data-about]").textContent = about(state, upload, file);
  }

  #remove(entry) {
    const next = entry.item.nextElementSibling ?? entry.item.previousElementSibling;
    entry.upload?.cancel();
    if (entry.file.id) this.#forget(entry.file.id);
    this.#drop(entry);
    this.#tell("");
    say(interpolate(gettext("%(name)s is removed"), { name: entry.file.name }, true));
    (next?.querySelector("[data-remove]") ?? byId("say")).focus();
    this.#changed();
  }

  #drop(entry) {
    this.#entries = this.#entries.filter((other) => other !== entry);
    entry.item.remove();
  }

  // Whether the server hears of it or not: what nobody sends it forgets by itself.
  async #forget(id) {
    const headers = { Authorization: `Bearer ${await this.#token(false)}` };
    await fetch(`${this.#form.dataset.files}${id}/`, { method: "DELETE", headers }).catch(() => {});
  }

  #tell(text) {
    this.#trouble.textContent = text;
    this.#trouble.hidden = !text;
  }

  #changed() {
    if (this.offered) this.#list.hidden = this.count === 0;
    const kept = this.#entries.map(({ file }) => file).filter(({ id }) => id);
    if (this.#key && kept.length) localStorage.setItem(this.#key, JSON.stringify(kept));
    else if (this.#key) localStorage.removeItem(this.#key);
    this.onChange();
  }
}

function about(state, upload, { size }) {
  if (state === DONE) return sizeWords(size);
  if (state === LOST) return gettext("Not sent: no connection");
  if (state !== SENDING) return gettext("Waiting for connection");
  if (upload?.progress === 1) return gettext("Being checked…");
  return `${Math.round((upload?.progress ?? 0) * 100)} % · ${sizeWords(size)}`;
}

// On a canvas: the policy of the page lets no picture in that is not from our server.
async function draw(file, into) {
  if (!file.type.startsWith("image/")) return;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = PREVIEW / Math.min(bitmap.width, bitmap.height);
    const canvas = Object.assign(document.createElement("canvas"), { width: PREVIEW, height: PREVIEW });
    const [width, height] = [bitmap.width * scale, bitmap.height * scale];
    canvas.getContext("2d").drawImage(bitmap, (PREVIEW - width) / 2, (PREVIEW - height) / 2, width, height);
    bitmap.close();
    into.replaceChildren(canvas);
  } catch {
    // The server will say what is wrong with it.
  }
}

function showPicture(item, { id }) {
  const picture = Object.assign(document.createElement("img"), { src: `${byId("composer").dataset.files}${id}/thumbnail/`, alt: "" });
  item.querySelector("[data-picture]").replaceChildren(picture);
}
