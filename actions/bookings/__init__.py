"""Appointments: who offers what and when, what is free of it, and what customers have booked.

`free` says what is free (pure), `booking` is the only writer of bookings, `mails` tells the customer,
`actions` is what the assistant can do with all that, and the calendar what staff can.
"""
