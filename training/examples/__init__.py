"""Examples from reviewed conversations, chosen, cleaned and split, for training a model of one's own."""
