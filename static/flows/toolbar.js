// The bar above: views, undo, language, and what the panel at the right shows.

import { byId, root } from "./dom.js";
import { inLanguage, languages } from "./graph.js";
import { languageName } from "./text-field.js";

export class Toolbar {
  constructor(editor) {
    Object.assign(this, { editor, store: editor.store });
    const actions = {
      undo: () => editor.undo(), redo: () => editor.redo(), help: () => editor.help(), arrange: () => editor.arrange(),
      fit: () => editor.fit(), in: () => editor.camera.zoom(1.25), out: () => editor.camera.zoom(0.8),
      try: () => editor.openPanel("try"), history: () => editor.openPanel("history"), customers: () => editor.openPanel("customers"),
      panel: () => editor.inspector.open(editor.inspector.tab), add: () => editor.addAfter(),
    };
    root.addEventListener("click", (event) => {
      const name = event.target.closest("[data-do]")?.dataset.do;
      if (name) actions[name]();
    });
    root.addEventListener("change", (event) => event.target.name === "view" && editor.show(event.target.value));
    this.language = byId("flow-language");
    this.language.addEventListener("change", () => this.store.speak(this.language.value));
    this.store.addEventListener("graph", () => this.draw());
    this.store.addEventListener("language", () => this.draw());
    editor.camera.addEventListener("rest", () => this.showScale());
    this.draw();
  }

  draw() {
    const { graph, language, past, future, readOnly } = this.store;
    root.querySelector("[data-do=undo]").disabled = !past.length || readOnly;
    root.querySelector("[data-do=redo]").disabled = !future.length || readOnly;
    byId("flow-name").textContent = inLanguage(graph.name, language) || graph.key;
    const known = languages(graph).join(" ");
    if (known !== this.known) this.drawLanguages(known.split(" "));
    this.known = known;
    this.language.value = language;
  }

  drawLanguages(known) {
    this.language.replaceChildren(...known.map((each) => new Option(languageName(each), each)));
    this.language.parentElement.hidden = known.length < 2;
  }

  showScale() {
    const scale = `${Math.round(this.editor.camera.scale * 100)} %`;
    const place = byId("flow-scale");
    if (place.textContent !== scale) place.textContent = scale;
  }

  showView(view) {
    root.querySelector(`[name=view][value=${view}]`).checked = true;
  }

  showPanel(tab) {
    for (const name of ["try", "history", "customers"]) root.querySelector(`[data-do=${name}]`).setAttribute("aria-pressed", String(name === tab));
  }
}
