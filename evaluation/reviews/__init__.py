"""Answers that staff look at again: which deserve it, what reviewers say of them, how far they agree."""
