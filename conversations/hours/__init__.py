"""The page on which business hours are set: the company's, and a team's own."""
