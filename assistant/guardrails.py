"""What happens to a customer's words before anything reads them.

No filter looks for "attacks": the model behind has nothing to give away and may do nothing (see prompts.py).
Here only what cannot be meant goes: invisible characters, control characters, excess length.
"""

from __future__ import annotations

import re
import unicodedata

from django.conf import settings

# Zero-width, direction overrides, soft hyphen, byte-order mark, and the tag block that spells hidden text.
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
# Joiners mean something between letters of some scripts and inside emoji, but never after ASCII.
STRAY_JOINER = re.compile("(?<=[\x00-\x7f])[\u200c\u200d]+|^[\u200c\u200d]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MANY_BREAKS = re.compile(r"\n{3,}")
MANY_MARKS = re.compile("([\u0300-\u036f])[\u0300-\u036f]{2,}")  # letters buried under stacked accents


def clean(text: str) -> str:
    """The words a customer can have meant, at most MESSAGE_MAX_CHARACTERS of them."""
    text = text[: settings.MESSAGE_MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    for pattern in (INVISIBLE, STRAY_JOINER, CONTROL):
        text = pattern.sub("", text)
    text = MANY_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
    return MANY_BREAKS.sub("\n\n", text).strip()
