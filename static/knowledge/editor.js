// The Markdown editor of the admin site: a few buttons, and a preview rendered and sanitised by the server.

const WAIT = 350; // ms after the last key

class Editor {
  constructor(root) {
    this.root = root;
    this.text = root.querySelector("textarea");
    this.preview = root.querySelector("[data-preview]");
    this.count = root.querySelector("[data-count]");
    this.title = this.text.form?.querySelector('[name$="title"]');
    this.request = null;
    root.querySelector(".md__bar").addEventListener("click", (event) => this.press(event));
    this.text.addEventListener("input", () => this.later());
    this.text.addEventListener("keydown", (event) => this.shortcut(event));
    this.title?.addEventListener("input", () => this.later());
    this.render();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.render(), WAIT);
  }

  async render() {
    const words = this.text.value.trim().split(/\s+/).filter(Boolean).length;
    this.count.textContent = `${words} ${this.count.dataset.words}`;
    if (!words) return this.say(this.preview.dataset.empty);
    this.request?.abort();
    this.request = new AbortController();
    try {
      const answer = await fetch(this.root.dataset.previewUrl, {
        method: "POST",
        body: this.fields(),
        signal: this.request.signal,
      });
      if (!answer.ok) throw new Error(answer.status);
      this.preview.classList.remove("md__preview--empty");
      this.preview.innerHTML = await answer.text(); // sanitised by chatbot/markdown.py
    } catch (error) {
      if (error.name !== "AbortError") this.say(this.preview.dataset.broken);
    }
  }

  fields() {
    const fields = new FormData();
    const change = location.pathname.match(/\/knowledge\/document\/(\d+)\/change\//);
    fields.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    fields.set("body", this.text.value);
    fields.set("title", this.title?.value ?? "");
    fields.set("document", change ? change[1] : "");
    return fields;
  }

  say(words) {
    this.preview.textContent = words;
    this.preview.classList.add("md__preview--empty");
  }

  press(event) {
    const tool = event.target.closest("button");
    if (!tool) return;
    if (tool.dataset.wrap) this.wrap(tool.dataset.wrap);
    else if (tool.dataset.line) this.begin(tool.dataset.line);
    else this.link();
  }

  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const mark = { b: "**", i: "*" }[event.key.toLowerCase()];
    if (mark) {
      event.preventDefault();
      this.wrap(mark);
    }
  }

  // execCommand is the only way that keeps the browser's undo.
  replace(text, from, to) {
    this.text.focus();
    document.execCommand("insertText", false, text);
    this.text.setSelectionRange(from, to);
  }

  wrap(mark) {
    const { selectionStart: start, selectionEnd: end, value } = this.text;
    this.replace(mark + value.slice(start, end) + mark, start + mark.length, end + mark.length);
  }

  begin(mark) {
    const { selectionStart, selectionEnd, value } = this.text;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const lines = value.slice(start, selectionEnd).split("\n");
    const marked = lines.map((line) => (line.startsWith(mark) ? line.slice(mark.length) : mark + line)).join("\n");
    this.text.setSelectionRange(start, selectionEnd);
    this.replace(marked, start + marked.length, start + marked.length);
  }

  link() {
    const { selectionStart: start, selectionEnd: end, value } = this.text;
    const words = value.slice(start, end);
    this.replace(`[${words}](https://)`, start + words.length + 3, start + words.length + 11);
  }
}

// Forms come with the page, or later: a row of an import when it is opened.
function begin(within) {
  for (const root of within.querySelectorAll(".md:not([data-begun])")) {
    root.dataset.begun = "";
    new Editor(root);
  }
}

document.addEventListener("DOMContentLoaded", () => begin(document));
document.addEventListener("htmx:load", (event) => begin(event.detail.elt.parentElement ?? document));
