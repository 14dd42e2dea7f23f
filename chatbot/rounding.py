"""Numbers as people read them: rounded, which Django's `number_format` is not: it cuts digits off."""

from __future__ import annotations

from django.utils.formats import number_format


def rounded(value: float, digits: int = 0) -> str:
    """With so many digits after the point, in the reader's way of writing."""
    return number_format(round(value, digits), digits)
