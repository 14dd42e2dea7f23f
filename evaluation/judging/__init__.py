"""Judges: of what no rule can tell, such as whether an answer is kind."""
