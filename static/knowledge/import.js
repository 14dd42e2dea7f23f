// Files for an import: dropped or chosen, listed, then sent one by one, so that a big folder shows where it is.

const PIECE = 8_000_000; // bytes of one request
const ATTEMPTS = 4; // of each piece, while the connection comes and goes
const UNITS = ["B", "kB", "MB", "GB"];

class ImportForm {
  constructor(form) {
    this.form = form;
    this.drop = form.querySelector("[data-drop]");
    this.field = this.drop.querySelector("input");
    this.list = form.querySelector("[data-files]");
    this.error = form.querySelector("[data-error]");
    this.button = form.querySelector("[data-send]");
    this.files = []; // {file, name, row}
    this.drop.classList.add("imp-drop--ready");
    this.listen();
  }

  listen() {
    this.field.addEventListener("change", () => {
      for (const file of this.field.files) this.add(file, file.webkitRelativePath || file.name);
      this.field.value = "";
    });
    for (const kind of ["dragenter", "dragover"]) this.drop.addEventListener(kind, (event) => this.hover(event, true));
    this.drop.addEventListener("dragleave", (event) => this.hover(event, false));
    this.drop.addEventListener("drop", (event) => this.take(event));
    this.form.addEventListener("submit", (event) => this.submit(event));
  }

  hover(event, over) {
    event.preventDefault();
    this.drop.classList.toggle("imp-drop--over", over);
  }

  async take(event) {
    this.hover(event, false);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.length) for (const file of event.dataTransfer.files) this.add(file, file.name);
    for (const entry of entries) await this.walk(entry, "");
  }

  async walk(entry, folder) {
    const path = folder + entry.name;
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      return this.add(file, path);
    }
    for (const child of await this.children(entry.createReader())) await this.walk(child, `${path}/`);
  }

  async children(reader) {
    const found = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return found;
      found.push(...some); // a browser gives a hundred at a time
    }
  }

  add(file, name) {
    this.files = this.files.filter((other) => other.name !== name || other.row.remove());
    const row = document.createElement("li");
    row.className = "imp-file";
    row.append(span("imp-file__name", name), span("imp-file__size", size(file.size)), this.remover(name));
    this.list.append(row);
    this.files.push({ file, name, row });
    this.say("");
  }

  remover(name) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "imp-file__remove";
    button.textContent = "×";
    button.setAttribute("aria-label", `${this.form.dataset.remove}: ${name}`);
    button.addEventListener("click", () => {
      const gone = this.files.find((each) => each.name === name);
      gone.row.remove();
      this.files = this.files.filter((each) => each !== gone);
      this.field.focus();
    });
    return button;
  }

  say(text) {
    this.error.textContent = text;
    this.error.hidden = !text;
  }

  async submit(event) {
    event.preventDefault();
    const total = this.files.reduce((sum, each) => sum + each.file.size, 0);
    if (!this.files.length) return this.say(this.form.dataset.nothing);
    if (total > Number(this.form.dataset.most)) return this.say(this.form.dataset.tooLarge);
    this.button.disabled = true;
    try {
      await this.send();
    } catch (error) {
      this.say(error instanceof Refused ? error.message : this.form.dataset.broken);
      this.button.disabled = false;
    }
  }

  async send() {
    const run = await this.post(this.form.action || location.href, this.fields());
    for (const each of this.files) {
      each.row.append(document.createElement("progress"));
      each.row.lastChild.className = "doc-progress";
      each.row.lastChild.setAttribute("aria-label", `${this.form.dataset.sending}: ${each.name}`);
      await this.sendFile(run.file, each, (share) => (each.row.lastChild.value = share));
    }
    await this.post(run.start, this.data({}));
    location.assign(run.page);
  }

  async sendFile(url, { file, name }, show) {
    let said = { at: 0 };
    do {
      const piece = file.slice(said.at, said.at + PIECE);
      const whose = said.upload ? { upload: said.upload, at: said.at } : { name, size: file.size };
      const next = await this.retried(() => this.post(url, this.data({ file: piece, ...whose })));
      if (next.at <= said.at && file.size) throw new Error("it does not get on");
      said = next;
      show(file.size ? said.at / file.size : 1);
    } while (said.at < file.size);
  }

  async retried(action) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await action();
      } catch (error) {
        if (error instanceof Refused || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1000 * attempt));
      }
    }
  }

  fields() {
    const data = new FormData(this.form);
    data.delete("files");
    const [first, ...others] = this.files;
    data.set("first", first.name);
    data.set("what", others.length ? `${first.name} +${others.length}` : first.name);
    return data;
  }

  data(values) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(values)) data.set(name, value);
    return data;
  }

  async post(url, body) {
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (answer.ok) return said;
    throw new Refused(said.error || Object.values(said.errors || {}).flat().join(" "));
  }
}

class Refused extends Error {}

function span(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}

function size(bytes) {
  const power = bytes ? Math.min(Math.floor(Math.log(bytes) / Math.log(1000)), UNITS.length - 1) : 0;
  const number = bytes / 1000 ** power;
  return `${number.toLocaleString(document.documentElement.lang, { maximumFractionDigits: power ? 1 : 0 })} ${UNITS[power]}`;
}

for (const form of document.querySelectorAll("[data-import]")) new ImportForm(form);
