"""Replies suggested to staff while a person answers: made of the same knowledge, by the same steps as the
assistant's own, and sent by nobody but a person.

`asking` writes down that one is wanted, `making` has it made by a worker, `ending` says what became of it.
"""
