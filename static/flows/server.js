// What is asked of the server, and the answers as values: never a page in the middle of this one.

import { isSignIn, tellSessionEnded } from "../staff/trouble.js";
import { root } from "./dom.js";

const token = root.dataset.csrf;
const WITHIN = 20_000; // ms

export class Refused extends Error {
  constructor(status, said) {
    super(said.error ?? "");
    this.status = status;
    this.said = said;
  }
}

// Not reached at all: offline, or too slow.
export class Unreached extends Error {}
export class SignedOut extends Error {}

export async function ask(method, address, body) {
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    const signal = AbortSignal.timeout(WITHIN);
    answer = await fetch(address, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Unreached();
  }
  if (answer.redirected && isSignIn(answer.url)) {
    tellSessionEnded();
    throw new SignedOut();
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  if (!said.error) said.error = gettext("Something went wrong on our side. Try again in a moment.");
  throw new Refused(answer.status, said);
}

export const page = (name) => `${root.dataset.address}${name}`;
