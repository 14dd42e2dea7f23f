"""HTML as Markdown: what a reader of the page sees of it. Pure."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from markdownify import markdownify

UNSEEN_TAGS = ["script", "style", "noscript", "template", "iframe", "object", "svg", "head", "form", "nav"]
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)


def html_to_markdown(html: str) -> str:
    """The readable part of a page or fragment as Markdown; scripts and hidden parts are dropped."""
    soup = BeautifulSoup(html, "lxml")
    for tag in soup(UNSEEN_TAGS):
        tag.decompose()
    for tag in soup.find_all(_is_hidden):
        tag.decompose()
    return str(markdownify(str(soup), heading_style="ATX", bullets="-"))


def _is_hidden(tag: object) -> bool:
    attributes = getattr(tag, "attrs", None) or {}
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or HIDDEN_STYLE.search(str(attributes.get("style", ""))) is not None
    )
