"""A wrong answer put right once: a scenario that fails, what mends it, and whoever is told then."""
