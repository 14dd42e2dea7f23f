"""Spaces, bullets and letter forms that a conversion left behind, as a person would type them. Pure.

Only in prose: code and tables keep their columns, and what starts a line keeps its indentation.
"""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.prose import kept_spans, substitute

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Full-width digits and Latin letters; full-width punctuation is right in Chinese and Japanese.
FORMS = re.compile("[ﬀ-ﬆ０-９Ａ-Ｚａ-ｚ＠]+")
ODD_SPACE = re.compile("[\u1680\u2000-\u200a\u202f\u205f\u3000]")
# The first branch steps over an item's mark, whose width says how deep its text is indented.
RUN = re.compile(r"^[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]+)+|(?<=\S)(?:[ \t]{2,}|\t)(?=\S)", re.MULTILINE)
# Bullets of Word and PDF; the last ones are those of the Symbol and Wingdings fonts, in private use.
BULLET = re.compile(
    r"^([ \t]*)(?:•[ \t]*|[◦▪▫‣⁃∙●○■➢➤\uf0b7\uf0a7\uf0d8][ \t]+)(?:\n(?=\w))?(?=\S)", re.MULTILINE
)


def tidy_spacing(draft: Draft, rules: Rules) -> tuple[Draft, int]:
    title, in_title = _forms(draft.title)
    body, in_body = tidy(draft.body)
    return replace(draft, title=title, body=body), in_title + in_body


def tidy(text: str) -> tuple[str, int]:
    text, forms = _forms(text)
    text, spaces = substitute(ODD_SPACE, lambda match: " ", text, kept_spans(text))
    text, bullets = substitute(BULLET, lambda match: f"{match[1]}- ", text, kept_spans(text))
    text, runs = substitute(RUN, _one_space, text, kept_spans(text))
    return text, forms + spaces + bullets + runs


def _forms(text: str) -> tuple[str, int]:
    return substitute(FORMS, lambda match: "".join(map(_plain, match.group())), text, kept_spans(text))


def _plain(letter: str) -> str:
    return LIGATURES.get(letter) or chr(ord(letter) - 0xFEE0)


def _one_space(match: re.Match[str]) -> str:
    return match.group() if match.group().strip() else " "
