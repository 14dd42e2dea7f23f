// The options of a list that is chosen from by keyboard while the focus stays where one writes.

export class Options {
  #list;
  #control;
  #onChoose;

  // `control` has the focus, and is told which option is meant.
  constructor({ list, control, onChoose }) {
    this.#list = list;
    this.#control = control;
    this.#onChoose = onChoose;
    // Pressing the mouse would take the focus away before the click comes.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => this.choose(target.closest("[role=option]")));
  }

  get shown() {
    return [...this.#list.querySelectorAll("[role=option]:not([hidden])")];
  }

  get active() {
    return this.#list.querySelector("[role=option][aria-selected=true]");
  }

  // Which of all options are shown; the first of them is meant then. Returns how many there are.
  narrow(fits, most = Infinity) {
    let many = 0;
    for (const option of this.#list.querySelectorAll("[role=option]")) {
      option.hidden = many >= most || !fits(option);
      if (!option.hidden) many += 1;
    }
    this.mean(this.shown[0] ?? null);
    return many;
  }

  mean(option) {
    this.active?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#control.setAttribute("aria-activedescendant", option.id);
    else this.#control.removeAttribute("aria-activedescendant");
  }

  // The next one, or the one before; after the last comes the first.
  move(step) {
    const all = this.shown;
    if (all.length) this.mean(all[(all.indexOf(this.active) + step + all.length) % all.length]);
  }

  choose(option = this.active) {
    if (option) this.#onChoose(option);
  }
}
