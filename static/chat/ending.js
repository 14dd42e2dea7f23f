// The end of a conversation: how it was, from 1 to 5, and in the customer's own words.

import { say } from "./dom.js";

// `send(command)` keeps it while there is no connection.
export function listenToEndings(list, send) {
  list.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-rate-conversation]");
    if (!form) return;
    event.preventDefault();
    const answers = new FormData(form);
    send({
      type: "rate_conversation",
      message: Number(form.closest("li[data-id]").dataset.id),
      score: Number(answers.get("score")),
      comment: answers.get("comment").trim(),
    });
    say(gettext("Thank you for telling us."));
  });
  // With the first score there is more to fill in, below what was in view.
  list.addEventListener("change", (event) => {
    event.target.closest("[data-rate-conversation]")?.querySelector("[type=submit]").scrollIntoView({ block: "nearest" });
  });
}
