"""Guidance: short rows in which staff say how to answer, what never to say, and when to bring in a person.

Which rows hold is decided for each reply (`judging`, `conditions`); what they ask for is done by the engine
where it can be (`guarding`, `saying`) and asked of a model where only that can (`assistant/prompts.py`).
"""
