"""Nobody is there: a message form in the chat, and answers that also go out by e-mail."""
