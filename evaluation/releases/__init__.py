"""Releases of an assistant: compared, held up by suites that must pass, published, watched, rolled back."""
