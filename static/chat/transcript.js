// What was said, to keep: as a file, or by e-mail where the page offers it.

import { byId, newId } from "./dom.js";

const LOST = () =>
  gettext("This could not be sent. Check your connection and try again; if that does not help, load the page again.");

export class Transcript {
  #button = byId("transcript");
  #dialog = byId("transcript-dialog");
  #form = byId("transcript-form");
  #address = "";
  #sending = false;
  #known;
  #wish = newId(); // one for each address: the same wish sent twice, after an answer that got lost, is one mail

  // `known()`: an address that need not be written again.
  constructor({ known }) {
    this.#known = known;
    this.#button.addEventListener("click", () => this.#show());
    this.#dialog.querySelector("[data-close]").addEventListener("click", () => this.#dialog.close());
    this.#form?.addEventListener("input", () => this.#renew());
    this.#form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  // `address` is where the transcript of this conversation is.
  open(address) {
    this.#address = address;
    this.#renew();
    this.#dialog.close();
  }

  // There is something to keep.
  set offered(value) {
    this.#button.hidden = !value;
  }

  #show() {
    byId("transcript-download").href = `${this.#address}?${new URLSearchParams({ time_zone: timeZone() })}`;
    if (this.#form) this.#begin();
    this.#dialog.showModal();
  }

  #renew() {
    this.#wish = newId();
  }

  #begin() {
    this.#form.hidden = false;
    byId("transcript-done").hidden = true;
    byId("transcript-email").value ||= this.#known();
    this.#complain("");
  }

  async #send() {
    const field = byId("transcript-email");
    if (this.#sending) return;
    if (!field.value.trim() || !field.checkValidity()) {
      this.#complain(gettext("Please write an e-mail address such as name@example.org."));
      return;
    }
    this.#complain("");
    this.#busy(true);
    const wish = { email: field.value, client_id: this.#wish };
    const { done, text } = await ask(this.#address, wish).catch(() => ({ done: false, text: LOST() }));
    this.#busy(false);
    if (done) this.#tell(text);
    else this.#complain(text);
  }

  #busy(value) {
    const button = byId("transcript-send");
    this.#sending = value;
    button.setAttribute("aria-disabled", value);
    button.lastElementChild.textContent = value ? gettext("Sending…") : gettext("Send");
  }

  // The focus goes to what happened, so that it is read, and the address is not kept on the page either.
  #tell(text) {
    const done = byId("transcript-done");
    done.lastElementChild.textContent = text;
    done.hidden = false;
    this.#form.hidden = true;
    this.#form.reset();
    this.#renew();
    done.focus();
  }

  #complain(text) {
    const error = byId("transcript-error");
    const field = byId("transcript-email");
    error.textContent = text;
    error.hidden = !text;
    field.removeAttribute("aria-invalid");
    if (!text) return;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }
}

function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

async function ask(address, wish) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": document.body.dataset.csrf },
    body: JSON.stringify({ ...wish, time_zone: timeZone() }),
  });
  const said = await response.json();
  return { done: response.ok, text: said.text };
}
