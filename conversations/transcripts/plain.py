"""HTML that the Markdown door made, as text that reads well in a mail or a file. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from textwrap import indent

PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "table"}
ROWS = {"li", "tr"}  # these stand close together


def plain(html: str) -> str:
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.finish()


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[tuple[str, bool]] = []  # text, and whether it is a row
        self._words = ""
        self._lists: list[int | None] = []  # the next number of each open list; None: bullets
        self._marker = ""
        self._quotes = self._preformatted = 0
        self._link: tuple[str, int] | None = None  # where it leads, and where its words begin

    def finish(self) -> str:
        self._end(row=False)
        text, row_before = "", False
        for block, row in self._blocks:
            text += ("\n" if row and row_before else "\n\n") * bool(text) + block
            row_before = row
        return text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in PARAGRAPHS | ROWS:
            self._end(row=bool(self._lists))
        if tag in {"ul", "ol"}:
            self._lists.append(int(said.get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag == "br":
            self._words = self._words.rstrip(" ") + "\n"
        elif tag == "hr":
            self._end(row=False)
            self._blocks.append(("* * *", False))
        elif tag == "a":
            self._link = (said.get("href") or "", len(self._words))
        elif tag in {"td", "th"} and self._words:
            self._words += " | "
        self._quotes += tag == "blockquote"
        self._preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in PARAGRAPHS | ROWS:
            self._end(row=tag in ROWS or bool(self._lists))
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "a" and self._link:
            self._tell_where_it_leads(*self._link)
            self._link = None
        self._quotes -= tag == "blockquote"
        self._preformatted -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if not self._preformatted:
            data = re.sub(r"\s+", " ", data)
            if not self._words or self._words.endswith(("\n", " ")):
                data = data.lstrip(" ")
        self._words += data

    def _begin_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        self._marker = "- " if number is None else f"{number}. "
        if self._lists and number is not None:
            self._lists[-1] = number + 1

    def _tell_where_it_leads(self, href: str, begin: int) -> None:
        if href.removeprefix("mailto:") != self._words[begin:].strip():
            self._words += f" ({href})"

    def _end(self, *, row: bool) -> None:
        text = self._words.strip("\n") if self._preformatted else self._words.strip()
        self._words = ""
        if not text:
            return
        inner = " " * (2 * len(self._lists))
        marker, self._marker = self._marker, ""
        text = indent(text, inner)
        if marker:
            text = " " * (len(inner) - 2) + marker + text[len(inner) :]
        self._blocks.append((indent(text, "> " * self._quotes, lambda line: True), row))
