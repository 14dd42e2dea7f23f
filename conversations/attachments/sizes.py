"""How large a file is, in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def size_words(size: int) -> str:
    """As browsers say it too (static/chat/sizes.js): thousands and not 1,024s, as on the labels of disks."""
    if size < 1_000_000:
        return _("%(number)s kB") % {"number": number_format(max(1, round(size / 1000)))}
    return _("%(number)s MB") % {"number": number_format(round(size / 1_000_000, 1), decimal_pos=1)}
