"""Models fine-tuned by a provider, from a dataset to a candidate that can be compared and promoted."""
