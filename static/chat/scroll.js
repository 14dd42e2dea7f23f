// Follows the end of the thread while the reader is there, and never moves it under someone reading above.

const NEAR = 96;

export class Scroll {
  #frame;
  #pill;
  #following = true;
  #depth = 0;

  constructor({ frame, pill }) {
    this.#frame = frame;
    this.#pill = pill;
    frame.addEventListener("scroll", () => this.#look(), { passive: true });
    new ResizeObserver(() => this.#following && this.toEnd()).observe(frame);
    pill?.addEventListener("click", () => this.toEnd({ smooth: true }));
  }

  // Change the thread inside `change`; `jump` goes to the end whatever the reader was looking at.
  hold(change, jump = false) {
    const follow = jump || this.#following;
    this.#depth++;
    const result = change();
    this.#depth--;
    if (follow && (jump || this.#depth === 0)) this.toEnd();
    return result;
  }

  // Something new came while the reader is further up.
  offer() {
    if (this.#pill && !this.#following) this.#pill.hidden = false;
  }

  toEnd({ smooth = false } = {}) {
    this.#following = true;
    if (this.#pill) this.#pill.hidden = true;
    if (!this.#frame.querySelector(".thread > li")) return;
    this.#frame.scrollTo({ top: this.#frame.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  // To one message, and stay there.
  to(item) {
    this.#following = false;
    item.scrollIntoView({ block: "center", behavior: "instant" });
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#frame;
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#following && this.#pill) this.#pill.hidden = true;
  }
}
