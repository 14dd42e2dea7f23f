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

// Says beside each field what keeps the form back: it is needed and empty, or half a date, which no browser gives
// away. Then what only looks wrong is said too, all at once; alone it goes to the server, which may read it all the
// same. Goes to the first field that is marked. Returns whether the form can be sent.
export function isComplete(form) {
  const values = valuesOf(form);
  const fields = [...form.querySelectorAll("[data-field]")];
  const lacks = fields.map((field) => lackOf(field, values[field.dataset.field], form.dataset));
  const held = lacks.some(Boolean) || ("strict" in form.dataset && fields.some(looksWrong));
  fields.forEach((field, at) => {
    const words = lacks[at] || (held && looksWrong(field) ? field.dataset.doubt : "");
    if (words || "own" in field.dataset) mark(field, words);
    field.toggleAttribute("data-own", Boolean(words)); // what the server has said of it stays until it is changed
  });
  return !held || !goToWrong(form, (field) => "own" in field.dataset);
}

function lackOf(field, value, { needed, unread }) {
  if (controlIn(field).validity.badInput) return unread;
  return "required" in field.dataset && !value ? needed : "";
}

// Phone numbers are written in many ways, but never without digits.
function looksWrong(field) {
  const { type, value, validity } = controlIn(field);
  return value.trim() !== "" && (validity.typeMismatch || (type === "tel" && !/\p{Nd}/u.test(value)));
}

// To the first field that something is wrong with, and what is said of it. Returns whether there is one.
export function goToWrong(form, isWrong = (field) => field.querySelector("[aria-invalid]") !== null) {
  const wrong = [...form.querySelectorAll("[data-field]")].find(isWrong);
  if (wrong) {
    controlIn(wrong).focus();
    wrong.scrollIntoView({ block: "nearest" });
  }
  return wrong !== undefined;
}

// What the server has said of fields, by their names. Returns whether the form has all of them.
export function refuse(form, wrong) {
  const fields = Object.keys(wrong).map((name) => form.querySelector(`[data-field="${name}"]`));
  for (const field of fields) if (field) mark(field, wrong[field.dataset.field]);
  return fields.every(Boolean);
}

// Who writes in a field that was refused has seen why.
export function unmark(target) {
  const field = target.closest("[data-field]");
  if (field) mark(field, "");
  field?.removeAttribute("data-own");
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

const controlIn = (field) => field.querySelector("input, select, textarea");
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
