// Menus that are open stay so when the part of the page that they stand in is drawn anew; dialogs that buttons open.

import { byId } from "../../chat/dom.js";

let open = [];
document.addEventListener("htmx:beforeSwap", () => {
  open = [...document.querySelectorAll("details.menu[id][open]")].map((menu) => menu.id);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const id of open) if (byId(id)) byId(id).open = true;
  open = [];
});

// Closed before its answer comes: what was chosen is done.
export function closeMenu(menu) {
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-opens]");
  if (opener) {
    const menu = opener.closest("details");
    if (menu) menu.open = false;
    openDialog(byId(opener.dataset.opens));
  }
  if (target.closest("dialog [data-closes]")) target.closest("dialog").close();
});

export function openDialog(dialog) {
  if (!dialog || dialog.open) return;
  const query = dialog.querySelector("[data-query-here]");
  if (query) query.value = byId("list").dataset.query;
  dialog.showModal();
}
