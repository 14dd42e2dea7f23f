"""What was said, for the customer to keep: as a file at once, or by e-mail.

`content` is what the customer sees, `plain` and `writing` put it on paper, `asking` takes a wish for a mail,
`sending` sees it through. The row (`rows`) is the truth; the task after the commit only rings.
"""
