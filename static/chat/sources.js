// The panel with the passages behind an answer: beside the thread on a wide screen, a sheet on a narrow one.

import { byId } from "./dom.js";

const panel = byId("sources");
const body = byId("sources-body");
const wide = window.matchMedia("(min-width: 60rem)");
let opener = null;

export function openSource(control, item) {
  const number = control.dataset.number;
  if (opener === control && panel.open) return close();
  const returnTo = panel.open && opener ? opener : control;
  opener?.removeAttribute("aria-expanded");
  fill(item, number);
  show();
  opener = control.isConnected ? control : returnTo;
  opener.setAttribute("aria-expanded", "true");
  return point(number);
}

function fill(item, number) {
  const sources = [...item.querySelectorAll("template[data-source]")];
  body.replaceChildren(...sources.map((source) => source.content.cloneNode(true)));
  for (const source of body.children) {
    source.setAttribute("aria-current", String(source.dataset.number === number));
  }
}

function show() {
  if (panel.open) return;
  if (wide.matches) panel.show();
  else panel.showModal();
}

function point(number) {
  const source = body.querySelector(`[data-number="${number}"]`);
  (source ?? byId("sources-title")).focus({ preventScroll: true });
  source?.scrollIntoView({ block: "nearest" });
  const mark = source?.querySelector("mark");
  if (mark) mark.scrollIntoView({ block: "nearest" });
}

export function close() {
  if (!panel.open) return;
  const returnTo = opener;
  panel.close();
  forget();
  returnTo?.focus();
}

function forget() {
  opener?.removeAttribute("aria-expanded");
  opener = null;
}

// Comes in a task of its own: by then the reader may be elsewhere, or have opened it again. The browser gives the
// focus back by itself where it closes the panel by itself (the back gesture).
panel.addEventListener("close", () => panel.open || forget());
panel.addEventListener("click", (event) => {
  if (event.target === panel || event.target.closest("[data-close]")) close();
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
wide.addEventListener("change", close);
