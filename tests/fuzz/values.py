"""What nobody would type, and what programs send."""

from __future__ import annotations

import os
from urllib.parse import quote

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.browser.hostile import HOSTILE

# The same examples in every run of the suite; FUZZ=2000 looks for new ones.
MORE = int(os.environ.get("FUZZ", "0"))

NUMBERS = [
    "0", "-1", "1", "00", "+1", " 1", "1.5", "1e9", "nan", "inf", "²", "١٢", "0x10", "1_000", "2147483648",
    "9223372036854775808", "9" * 30, "9" * 5000, "true", "None",
]  # fmt: skip
WORDS = [
    "", " ", "\x00", "a\x00b", "\n", "\r\n", "%", "%00", "\\", "'", '"', "';--", "../../etc/passwd", "{",
    "null", "\ud7ff", "\ufffe", "\U0010ffff", "\u202e", "é" * 300, "a" * 5000, "x y z " * 300, "[[[" * 400,
    "# " * 400, "6a1de8f2-9a41-4f0e-8a40-2d5bd4f1a001", "en", "fr", "xx", "zz-ZZ", "//evil.example/", "*",
    "https://evil.example/", "javascript:alert(1)", "/staff/", "\\\\evil.example", "http://[::1", "a@b.c",
]  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(NUMBERS), st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)  # fmt: skip
RAW = st.binary(max_size=40).map(lambda raw: quote(raw))  # percent-encoded bytes that need not be UTF-8


def fuzz(examples: int) -> settings:
    return settings(
        max_examples=MORE or examples,
        derandomize=not MORE,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
