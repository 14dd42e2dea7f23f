"""Regular expressions that staff write into scenarios. Pure.

Some patterns take for ever on some texts ("(a+)+b"): the library that is used here can be stopped.
"""

from __future__ import annotations

import regex
from django.utils.translation import gettext

SECONDS = 0.5


def why_not(pattern: str) -> str:
    """Why this cannot be read as one; "" where it can."""
    try:
        regex.compile(pattern)
    except regex.error as error:
        return str(error)
    return ""


def found_in(pattern: str, text: str) -> tuple[bool, str]:
    """Whether it is found anywhere, whatever its case; and why that cannot be told, where it cannot."""
    try:
        found = regex.search(pattern, text, flags=regex.IGNORECASE | regex.MULTILINE, timeout=SECONDS)
    except TimeoutError:
        return False, gettext("This pattern takes too long. Write it more simply.")
    return found is not None, ""
