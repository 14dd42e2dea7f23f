"""A web page, or a fragment of one, as one document: its own content as Markdown. Pure.

A page (it has `<html>` or `<body>`) loses its menus, banners and footers; a fragment is taken whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from knowledge.loaders.base import Found, Place, RawFile, Record, Refusal, Refused
from knowledge.loaders.naming import sensible_title, title_of_file
from knowledge.loaders.parts import records, settle_headings
from untrusted.decoding import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#0*(?:[0-8]|1[124-9]|2\\d|3[01])(?!\\d);?"
    "|&#x0*(?:[0-8bcef]|1[0-9a-f]|fffe|ffff)(?![0-9a-f]);?",
    re.IGNORECASE,
)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
SITE_BEHIND = re.compile(r"\s+[|–—·•»:-]\s+[^|–—·•»]{1,60}$")


def load(file: RawFile) -> Iterator[Found]:
    try:
        fields = _read(file.data, "")
        title = fields.pop("title") or title_of_file(file.name)
        yield from records(Place(file.name), title, fields.pop("body"), **fields)
    except Refusal as refusal:
        yield Refused.by(refusal, Place(file.name))


def page_record(html: bytes, url: str) -> Record:
    """A page as it was fetched. Raises Refusal when there is nothing to read on it."""
    fields = _read(html, url)
    address = fields["url"] or url
    title = fields["title"] or title_of_file(urlsplit(url).path.rstrip("/") or urlsplit(url).netloc)
    body = settle_headings(fields["body"], title)
    return Record(Place(url), {**fields, "id": address, "url": address, "title": title, "body": body}, url)


def fragment(data: bytes) -> tuple[str, str]:
    """The first heading and the Markdown of a text that is all its own, such as a chapter of a book."""
    from knowledge.loaders.main_content import show_panels, tidy

    page = _parse(_text(data))
    _make_links_absolute(page, "")
    show_panels(page)
    tidy(page)
    headings = [" ".join(heading.text_content().split()) for heading in page.iter("h1", "h2", "h3")]
    return next(iter(headings), ""), _markdown(page)


def _read(data: bytes, url: str) -> dict[str, Any]:
    from knowledge.loaders.main_content import main_content, show_panels, tidy

    text = _text(data)
    page = _parse(text)
    fields = _facts(page, url)
    _make_links_absolute(page, fields["url"] or url)
    if PAGE.search(text):
        root = main_content(page)
    else:
        show_panels(page)
        tidy(page)
        root = page
    fields["title"] = _own_heading(root) or fields["title"]
    fields["body"] = _markdown(root)
    if not fields["body"]:
        raise Refusal("no_text")
    return fields


def _text(data: bytes) -> str:
    """Without the letters that lxml takes from a page, but does not give back."""
    return CONTROL.sub("", DECLARATION.sub("", _decoded(data)))


def _decoded(data: bytes) -> str:
    named = CHARSET.search(data[:4_000])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(named[1].decode())
        except (UnicodeDecodeError, LookupError):
            pass  # pages lie about it
    return decode(data)


def _parse(text: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        page: HtmlElement = document_fromstring(text, HTMLParser(remove_comments=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("no_text") from error
    return page


def _facts(page: HtmlElement, url: str) -> dict[str, Any]:
    canonical = next((link.get("href") or "" for link in page.xpath("//link[@rel='canonical']")), "")
    address = _joined(url, canonical.strip())
    if url and _host(address) != _host(url):
        address = url  # another site's word for its own text is no address of this one
    return {
        "title": _meta(page, "og:title") or _window_title(page),
        "lang": (page.get("lang") or page.get("xml:lang") or "").strip(),
        "description": _meta(page, "description") or _meta(page, "og:description"),
        "url": address if address.startswith(("http://", "https://")) else "",
    }


def _meta(page: HtmlElement, name: str) -> str:
    found = page.xpath("//meta[@name=$name or @property=$name]/@content", name=name)
    return " ".join(str(found[0]).split()) if found else ""


def _window_title(page: HtmlElement) -> str:
    """Without the name of the site behind it."""
    title = " ".join((page.findtext(".//title") or "").split())
    return sensible_title(SITE_BEHIND.sub("", title)) or title


def _own_heading(root: HtmlElement) -> str:
    headings = [" ".join(heading.text_content().split()) for heading in root.iter("h1")]
    return headings[0] if len(headings) == 1 else ""


def _make_links_absolute(page: HtmlElement, url: str) -> None:
    """Links inside the page and scripts lead nowhere from here; their words stay."""
    given = next((base.get("href") or "" for base in page.iter("base")), "")
    base = _joined(url, given)
    for link in list(page.iter("a")):
        href = (link.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "data:")):
            link.attrib.pop("href", None)
        else:
            link.set("href", _joined(base, href))
    for picture in page.iter("img"):
        picture.set("src", _joined(base, picture.get("src") or ""))


def _host(address: str) -> str:
    return address.partition("//")[2].partition("/")[0].lower()


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _markdown(root: HtmlElement) -> str:
    from lxml.html import tostring

    from knowledge.loaders.markup import html_to_markdown

    return html_to_markdown(str(tostring(root, encoding="unicode", with_tail=False))).strip()
