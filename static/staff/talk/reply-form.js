// The form of a reply kept ready: places are put where one writes, and deleting asks first.

let last = document.querySelector("#reply-form textarea");

document.addEventListener("focusin", ({ target }) => {
  if (target.matches("#reply-form textarea")) last = target;
});
document.addEventListener("click", ({ target }) => {
  const place = target.closest("[data-place]");
  if (place) put(`{${place.dataset.place}}`);
  const opener = target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  target.closest("[data-closes]")?.closest("dialog").close();
});

function put(text) {
  last.focus();
  last.setRangeText(text, last.selectionStart, last.selectionEnd, "end");
  last.dispatchEvent(new Event("input", { bubbles: true }));
}
