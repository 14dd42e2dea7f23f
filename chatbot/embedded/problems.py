"""What can go wrong while starting, told in one sentence that says what to do."""

from __future__ import annotations


class CannotStart(Exception):
    """A service or the whole product cannot start; the message is one sentence for the person there.

    `permanent` is true when trying again cannot help until that person changes something.
    """

    def __init__(self, sentence: str, *, permanent: bool = True) -> None:
        super().__init__(sentence)
        self.permanent = permanent
