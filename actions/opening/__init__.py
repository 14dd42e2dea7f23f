"""Business hours: of the company, and of whoever has hours of their own."""
