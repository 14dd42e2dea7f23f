"""What customers are told of their bookings by e-mail, with an entry for their calendar.

The row (`rows`) is the truth and waits with the booking's own change; the task after the commit only rings.
`writing` says what stands in it, `entries` makes the calendar file, `sending` sees it through.
"""
