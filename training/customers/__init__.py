"""Messages of customers that the router was unsure about, or that were corrected: examples, once approved."""
