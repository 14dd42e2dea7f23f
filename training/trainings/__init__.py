"""What trainings of every kind have in common, of the router and of search: register, and what is in use."""
