"""What days and times are said as: a grammar whose words and patterns are `flows/stock/slots/dates/`."""
