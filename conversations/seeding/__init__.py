"""Conversations that were never had: so that a new installation can be looked at as after a month's work."""
