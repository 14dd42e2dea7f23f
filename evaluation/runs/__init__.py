"""Many scenarios at once, on one or several sides, and what can be said of the difference."""
