"""How search weighs, and when it answers, learned from questions whose right article is known."""
