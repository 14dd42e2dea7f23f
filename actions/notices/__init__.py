"""Staff are told by mail that actions wait for their approval: not of each, and not too often."""
