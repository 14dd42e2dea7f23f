// The form of a correction: what belongs to the cause that is chosen is shown, the rest is not.

const form = document.getElementById("correct-form");

function show() {
  const chosen = new FormData(form).get("cause");
  for (const part of form.querySelectorAll("[data-cause]")) part.hidden = part.dataset.cause !== chosen;
  const outcome = new FormData(form).get("outcome");
  for (const button of form.querySelectorAll("[data-cause-button]")) button.hidden = chosen !== "missing";
  const draft = form.querySelector("[name=draft]");
  if (draft) {
    draft.textContent = chosen === "missing" ? gettext("Keep as a draft") : gettext("Save");
    draft.classList.toggle("button--primary", chosen !== "missing");
  }
  form.dataset.outcome = outcome;
}

form.addEventListener("change", show);
show();
