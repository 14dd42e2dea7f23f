"""Customers who have a goal and no script: what they say depends on what they are answered."""
