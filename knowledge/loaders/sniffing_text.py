"""Which kind of text this is: the name says it where the text does not. Pure."""

from __future__ import annotations

import re

import orjson

from knowledge.loaders.base import Refusal
from knowledge.loaders.delimited import delimiter_of
from untrusted.decoding import decode

SEEN = 20_000  # characters
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|table|ul|ol|section"
    r"|article|main|span|br|strong|b|a)\b",
    re.IGNORECASE | re.DOTALL,
)
PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][a-z0-9]*[\s>/]", re.IGNORECASE)
PICTURE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype svg[^>]*>\s*)?<svg\b", re.IGNORECASE | re.DOTALL
)
FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[\w-]+:.*\n|[ \t-].*\n)+---[ \t]*(?:\n|\Z)")
MARKDOWN_LINE = re.compile(
    r"^(?:#{2,6} \S|```|.*\]\((?:https?:|\.|/|#)|\|?(?:\s*:?-{3,}:?\s*\|)+)", re.MULTILINE
)
MARKDOWN, PLAIN, TABLE = (
    {".md", ".markdown", ".mdown", ".mdx"},
    {".txt", ".text", ".asc"},
    {".csv", ".tsv", ".tab"},
)
# Text, but nothing that anybody would want to be told.
CODE = re.compile(
    r"\.(?:py|js|mjs|ts|s?css|java|c|h|cpp|cs|go|rs|rb|php|sh|bat|ps1|sql|xml|xsd|xsl|ya?ml|toml|ini|cfg|conf|lock"
    r"|log|svg|ics|vcf|tex|map|env|pot?|srt|vtt|eml|mbox)"
)


def kind_of_text(data: bytes, suffix: str) -> str:
    text = decode(data[: SEEN * 4])[:SEEN]
    if len(CONTROL.findall(text)) > len(text) * 0.005:
        raise Refusal("unknown_kind")
    if PICTURE.match(text):
        raise Refusal("picture")
    if suffix in {".jsonl", ".ndjson"}:
        return "jsonl"
    if suffix == ".json" or text.lstrip()[:1] in ("{", "["):
        kind = _kind_of_json(data, suffix)
        if kind:
            return kind
    return _kind_of_prose(text, suffix)


def _kind_of_prose(text: str, suffix: str) -> str:
    if suffix in MARKDOWN:
        return "markdown"
    if _is_html(text, suffix):
        return "html"
    if CODE.fullmatch(suffix) or text.lstrip().startswith("<?xml"):
        raise Refusal("unknown_kind")
    if suffix in TABLE:
        return "csv"
    if FRONT_MATTER.match(text.replace("\r\n", "\n")) or len(MARKDOWN_LINE.findall(text)) >= 2:
        return "markdown"
    return "csv" if _is_table(text, suffix) else "text"


def _is_table(text: str, suffix: str) -> bool:
    """Of a text that does not say so: sentences have commas and semicolons too, but a space behind them."""
    delimiter = delimiter_of(text)
    if delimiter == "\t":
        return True
    inside = text.count(f"{delimiter} ") > 0.5 * text.count(delimiter)
    return delimiter in (",", ";") and suffix not in PLAIN and not inside


def _is_html(text: str, suffix: str) -> bool:
    if HTML_START.match(text) or PAGE.search(text[:2_000]):
        return True
    return suffix in {".html", ".htm", ".xhtml"} and TAG.search(text) is not None


def _kind_of_json(data: bytes, suffix: str) -> str:
    """Nothing when it only begins like JSON."""
    text = decode(data)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if _is_object(text.lstrip().split("\n", 1)[0]):
            return "jsonl"
        if suffix == ".json":
            raise Refusal("not_json", reason=str(error)[:120]) from error
        return ""
    if _is_document(value):
        return "jsonl" if "\n" not in text.strip() else "json_list"
    if isinstance(value, list) and value and all(_is_document(each) for each in value):
        return "json_list"
    raise Refusal("unknown_json")


def _is_object(line: str) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _is_document(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("body"), str) and bool(value.get("title"))
