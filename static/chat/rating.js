// After "not helpful": why, and in the customer's own words. The score itself has been sent already.

import { fromTemplate, say } from "./dom.js";

// `email`: an address that need not be written again.
export function askWhy({ item, score, send, control, email = "" }) {
  item.querySelector(":scope > .rating")?.remove();
  if (score > 0) return;
  const form = fromTemplate("rating-template");
  if (form.elements.email) form.elements.email.value = email;
  const end = () => {
    form.remove();
    (control.isConnected ? control : item.querySelector(`[data-score="${score}"]`))?.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = new FormData(form);
    send({
      reason: answers.get("reason") ?? "",
      comment: answers.get("comment").trim(),
      email: answers.get("email")?.trim() ?? "",
    });
    say(gettext("Thank you for telling us."));
    end();
  });
  form.querySelector("[data-close]").addEventListener("click", end);
  form.addEventListener("keydown", (event) => event.key === "Escape" && end());
  item.append(form);
  form.scrollIntoView({ block: "nearest" });
  form.querySelector("input").focus({ preventScroll: true });
}
