// Keeping a note. It comes back over the socket, to everybody who looks at the conversation.

import { newId } from "../chat/dom.js";
import { isSignIn, tellSessionEnded, tellTrouble, words } from "./trouble.js";

export class Notes {
  #address;
  #onLost;
  #lost = new Map(); // text → the id it was sent under: it may have been stored all the same

  // `onLost(text)` gets back what could not be kept.
  constructor({ address, onLost }) {
    this.#address = address;
    this.#onLost = onLost;
  }

  async keep(text) {
    const id = this.#lost.get(text) ?? newId();
    const response = await this.#post(text, id);
    if (response?.status === 204) return this.#lost.delete(text);
    this.#lost.set(text, id);
    this.#onLost(text);
    return this.#tell(response);
  }

  #post(text, id) {
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    const body = new URLSearchParams({ text, client_id: id });
    return fetch(this.#address, { method: "POST", headers, body }).catch(() => null);
  }

  async #tell(response) {
    if (response === null) tellTrouble(gettext("The note could not be saved. It is still here: try again."));
    else if (isSignIn(response.url)) tellSessionEnded();
    else tellTrouble(await refusal(response));
  }
}

// Why the server did not take it, in its words where it has some.
async function refusal(response) {
  if (response.status !== 400) return words(response.status);
  const errors = await response.json().catch(() => ({}));
  return errors.text?.[0] ?? words(response.status);
}
