"""Suites: scenarios that are kept, sent around and run together."""
