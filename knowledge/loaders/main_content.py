"""The part of a web page that is its own: no menus, no banners, no footers. Pure.

What is dropped is dropped by what the page says of itself (elements, roles, names of classes), never by how
long a text is: in a help centre the short texts are the answers. What stands on every page of a site and
still gets through is found when its pages are compared (`Rules.repeated` of knowledge/cleaning).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSEEN = (
    "script style noscript template iframe object embed svg canvas audio video input select textarea dialog"
)
BESIDE = "nav aside menu"
BESIDE_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "alertdialog",
    "menu",
}
BESIDE_ROLES |= {"menubar", "toolbar"}
BESIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|rgpd|breadcrumbs?|fil-ariane|side-?bar|share|sharing|social|newsletter"
    r"|related|recommended|see-also|pagination|pager|nav|navbar|navigation|menu|skip|skip-?link|advert|ads|popup"
    r"|modal|site-header|page-header-nav|site-footer|footer|masthead|feedback|votes?|helpful|article-vote\w*|toc"
    r"|comments?|comment-list|language-selector|search-?(?:box|form|bar)|back-to-top|sr-only|visually-hidden)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
OWN = (
    "//main",
    "//*[@role='main']",
    "//*[@itemprop='articleBody']",
    "//article",
    "//*[contains(concat(' ', @class, ' '), ' article-body ')]",
    "//*[@id='content' or @id='main-content' or @id='main' or @id='contenu' or @id='mw-content-text']",
)
ENOUGH = 0.25  # of the page's text has to stand in what calls itself its main part
MOSTLY_LINKS = 0.8
PERMALINK = re.compile(r"[¶#§🔗\s]*")


def main_content(page: HtmlElement) -> HtmlElement:
    """The element that holds the page's own text; the page is changed."""
    show_panels(page)
    tidy(page)
    _drop_beside(page)
    root = _own_part(page)
    if root.tag in ("body", "html"):
        for block in list(root.iter("ul", "ol", "div", "section")):
            if block.getparent() is not None and block is not root and _is_list_of_links(block):
                block.drop_tree()
    return root


def tidy(page: HtmlElement) -> None:
    """Without what is not text, and with questions that fold out as headings."""
    for element in list(page.iter(*UNSEEN.split())):
        element.drop_tree()
    for form in list(page.iter("form", "fieldset")):
        form.drop_tag()  # some systems wrap the whole page into one
    for button in list(page.iter("button")):
        folds_out = button.get("aria-controls") or button.get("aria-expanded")
        if folds_out or _inside(button, "h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"):
            button.drop_tag()
        else:
            button.drop_tree()
    for summary in page.iter("summary"):
        summary.tag = "h3"
    for link in list(page.iter("a")):
        if PERMALINK.fullmatch(link.text_content()) and link.find(".//img") is None:
            link.drop_tree()
    for picture in list(page.iter("img")):
        if not picture.get("src", "").startswith(("http://", "https://", "/")) or not picture.get("alt"):
            picture.drop_tree()


def show_panels(page: HtmlElement) -> None:
    """What a button of the page shows is no hidden text: it is the answer to the question on the button."""
    shown = {
        name for button in page.xpath("//*[@aria-controls]") for name in button.get("aria-controls").split()
    }
    for panel in page.xpath("//*[@id]"):
        if panel.get("id") in shown:
            for name in ("hidden", "aria-hidden", "style"):
                panel.attrib.pop(name, None)


def _drop_beside(page: HtmlElement) -> None:
    most = 0.5 * max(len(page.text_content()), 1)
    for element in list(page.iter()):
        if (
            not isinstance(element.tag, str)
            or element.tag in ("html", "body", "main")
            or not _is_attached(element)
        ):
            continue
        if _is_beside(element) and len(element.text_content()) <= most:
            element.drop_tree()


def _is_attached(element: HtmlElement) -> bool:
    return element.getparent() is not None


def _is_beside(element: HtmlElement) -> bool:
    if element.tag in BESIDE.split() or element.get("role", "").lower() in BESIDE_ROLES:
        return True
    if element.tag in ("header", "footer") and not _inside(element, "article", "main", "section"):
        return element.find(".//h1") is None
    if element.tag in ("h1", "h2", "h3", "p", "a", "td", "tr", "table", "article"):
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return BESIDE_NAMES.search(names) is not None and element.find(".//h1") is None


def _own_part(page: HtmlElement) -> HtmlElement:
    body = page.find(".//body")
    whole = body if body is not None else page
    least = ENOUGH * len(whole.text_content().strip())
    for path in OWN:
        found = max(page.xpath(path), key=lambda part: len(part.text_content()), default=None)
        if found is not None and len(found.text_content().strip()) >= max(least, 1):
            return found
    return whole


def _is_list_of_links(block: HtmlElement) -> bool:
    links = [link.text_content().strip() for link in block.iter("a")]
    text = " ".join(block.text_content().split())
    return len(links) >= 4 and sum(map(len, links)) >= MOSTLY_LINKS * max(len(text) - len(links), 1)


def _inside(element: HtmlElement, *tags: str) -> bool:
    return any(True for _ in _above(element, tags))


def _above(element: HtmlElement, tags: tuple[str, ...]) -> Iterator[HtmlElement]:
    yield from element.iterancestors(*tags)
