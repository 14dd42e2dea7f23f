// What is asked of the server, and the answers as values: never a page in the middle of this one.

import { isSignIn, tellSessionEnded } from "../staff/trouble.js";
import { root } from "./dom.js";

const token = root.dataset.csrf;
const WITHIN = 20_000; // ms
const FILE_WITHIN = 90_000; // it has to get there first

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

// `body` is a file, or what becomes JSON.
export async function ask(method, address, body) {
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  const isFile = body instanceof Blob;
  if (body !== undefined) headers["Content-Type"] = isFile ? "application/octet-stream" : "application/json";
  let answer;
  try {
    const signal = AbortSignal.timeout(isFile ? FILE_WITHIN : WITHIN);
    answer = await fetch(address, { method, headers, signal, body: body === undefined || isFile ? body : JSON.stringify(body) });
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
