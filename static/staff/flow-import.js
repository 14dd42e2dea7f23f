// Says what was chosen, and that reading it takes a moment. Without this the form works as well.

const form = document.querySelector("[data-bring]");
const field = form?.querySelector("input[type=file]");
const words = form?.querySelector("[data-words]");
const asked = words?.textContent;

function show() {
  const files = [...field.files];
  const many = words.dataset.many.replace("{n}", files.length);
  words.textContent = files.length === 0 ? asked : files.length === 1 ? files[0].name : many;
}

function wait(busy) {
  form.querySelector("[data-wait]").hidden = !busy;
  form.querySelector("button").disabled = busy;
}

if (form) {
  const drop = field.parentElement;
  field.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, () => drop.classList.add("bring__drop--over"));
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("bring__drop--over"));
  form.addEventListener("submit", () => wait(true));
  addEventListener("pageshow", () => wait(false)); // also when one comes back to the page
}
