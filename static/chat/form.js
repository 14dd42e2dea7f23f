// A form below an answer: read, checked for what is missing, written back. What it means is for the server to say.

// What stands in it, by field; what is empty is left out.
export function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) if (value.trim()) values[name] = value;
  return values;
}

// Into its fields of the same names; `over`: also where something stands already.
export function putBack(form, values, { over }) {
  const there = valuesOf(form);
  for (const control of controlsOf(form)) {
    const value = values[control.name];
    if (value === undefined || (!over && control.name in there)) continue;
    if (control.type === "radio") control.checked = control.value === value;
    else control.value = value;
  }
}

// As the customer reads it until the server has said it: “Name: Ann”.
export function linesOf(form) {
  const values = valuesOf(form);
  const lines = [...form.querySelectorAll("[data-field]")].map((field) => {
    const value = values[field.dataset.field];
    return value && interpolate(gettext("%(name)s: %(value)s"), { name: nameOf(field), value: chosen(field, value) }, true);
  });
  return lines.filter(Boolean).join("\n");
}

// Says beside each field that is needed and empty that it is, and goes to the first. Returns whether all is there.
export function isComplete(form) {
  const values = valuesOf(form);
  for (const field of form.querySelectorAll("[data-field]")) {
    const lacks = "required" in field.dataset && !values[field.dataset.field];
    if (lacks) mark(field, form.dataset.needed);
    else if (field.querySelector("[data-why]").textContent === form.dataset.needed) mark(field, "");
  }
  return !goToWrong(form, (field) => "required" in field.dataset && !values[field.dataset.field]);
}

// To the first field that something is wrong with. Returns whether there is one.
export function goToWrong(form, isWrong = (field) => field.querySelector("[aria-invalid]") !== null) {
  const wrong = [...form.querySelectorAll("[data-field]")].find(isWrong);
  wrong?.querySelector("input, select, textarea").focus();
  return wrong !== undefined;
}

// Who writes in a field that was refused has seen why.
export function unmark(target) {
  const field = target.closest("[data-field]");
  if (field) mark(field, "");
}

export function freeze(form, frozen) {
  form.toggleAttribute("data-sent", frozen);
  form.querySelector("[data-fields]").disabled = frozen;
  form.querySelector("button[type=submit]").disabled = frozen;
}

function mark(field, words) {
  const why = field.querySelector("[data-why]");
  why.textContent = words;
  why.hidden = !words;
  for (const control of field.querySelectorAll("input, select, textarea")) {
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

const controlsOf = (form) => form.querySelectorAll("input[name], select[name], textarea[name]");

function nameOf(field) {
  const label = field.querySelector(".field__label");
  return label.firstChild.textContent.trim();
}

function chosen(field, value) {
  const radio = field.querySelector("input[type=radio]:checked");
  if (radio) return radio.parentElement.textContent.trim();
  return field.querySelector("select")?.selectedOptions[0]?.textContent.trim() ?? value;
}
