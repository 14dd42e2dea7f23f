"""Which flow a message begins, if any: learned from the flows' examples, the knowledge, and neither."""
