"""What members of staff are told, and how: in a list of their own, by their browser, by e-mail.

For every app that stands above: `tell` (conversations/notifying/telling.py), and `declare` for a kind of its
own (conversations/notifying/kinds.py).
"""
