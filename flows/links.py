"""Where a button of a card may lead, with the values that stand in the address. Pure.

Only pages (`https://`, `http://`), a mailbox (`mailto:`), a telephone (`tel:`) and pages of our own help
centre (`/help/…`). The host is written out in the flow, values are encoded, and what comes out is looked at
once more: no value ever turns a link into another kind of link, or leads to another host. A host in letters
of its country is written as its name in the network, which nobody takes for another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import idna

from flows.conditions import fact
from flows.texts import PLACEHOLDER, path_of, plain

LONGEST_LINK = 2_000
_HOST = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.?(?::\d{1,5})?"
_SIGN = r"[^\s<>\"\\^`{|}\x00-\x1f\x7f]"
_PAGE = re.compile(rf"https?://{_HOST}(?:[/?#]{_SIGN}*)?", re.I)
_FORMS = (
    _PAGE,
    re.compile(r"mailto:[^\s@?<>\"\\/]+@[^\s@?<>\"\\/]+(?:\?" + _SIGN + r"*)?", re.I),
    re.compile(r"tel:\+?\(?\d[\d().-]{1,40}", re.I),
    re.compile(rf"/help/{_SIGN}*"),
)
_STAND_INS = ("1", "11", "1@1")  # in the place of a value, to look at the rest
# Signs of a value that stay as they are, by how the link begins: “@” makes a mailbox, “+” a country's number.
_KEPT = {"mailto:": "@", "tel:": "+"}
_PARTS = re.compile(r"(https?://)([^/?#:\\]*)(.*)", re.I | re.S)
_STEPS_UP = re.compile(r"(?:^|[/\\])(?:\.|%2e){1,2}(?=[/\\?#]|$)", re.I)


def may_lead_there(template: str) -> bool:
    """Whether it is a link, whatever its values: one that is nothing but a value is looked at when that is
    known."""
    template = _spelled(template)
    if len(template) > LONGEST_LINK:
        return False
    if PLACEHOLDER.fullmatch(template):
        return True
    filled = (PLACEHOLDER.sub(value, template) for value in _STAND_INS)
    return not _values_in_host(template) and any(_is_link(_in_the_network(one)) for one in filled)


def link_to(template: str, facts: Mapping[str, Any]) -> str:
    """The whole address, "" where a value is missing or it would be no link any more."""
    template = _spelled(template)
    if alone := PLACEHOLDER.fullmatch(template):
        return _page(_value(alone[1], facts))
    if not may_lead_there(template):
        return ""
    kept = next((signs for begins, signs in _KEPT.items() if template.casefold().startswith(begins)), "")
    values = [_value(name, facts) for name in PLACEHOLDER.findall(template)]
    if kept == _KEPT["tel:"]:  # "+33 1 23 45 67 89"
        values = ["".join(value.split()) for value in values]
    if not all(values):
        return ""
    encoded = iter(quote(value, safe=kept) for value in values)
    return _checked(PLACEHOLDER.sub(lambda _found: next(encoded), template))


def _spelled(template: str) -> str:
    """As links are: a number to call has no spaces, a mailbox none but in the subject, and there they are
    encoded."""
    template = template.strip()
    if template.casefold().startswith("tel:"):
        return template.replace(" ", "")
    begins, mark, rest = (
        template.partition("?") if template.casefold().startswith("mailto:") else ("", "", template)
    )
    return begins + mark + rest.replace(" ", "%20")


def _value(name: str, facts: Mapping[str, Any]) -> str:
    found = fact(facts, path_of(name))
    return "" if isinstance(found, bool | list | tuple) else plain(found).strip()


def _page(address: str) -> str:
    """An address that an action brought whole: a page, nothing else."""
    if not (parts := _PARTS.fullmatch(address)):
        return ""
    begins, host, rest = parts.groups()
    link = _checked(begins + host + quote(rest, safe="/:?#[]@!$&'()*+,;=%~"))
    return link if _PAGE.fullmatch(link) else ""


def _checked(link: str) -> str:
    link = _in_the_network(link)
    return link if len(link) <= LONGEST_LINK and _is_link(link) else ""


def _in_the_network(link: str) -> str:
    """With its host in the letters of the network: "xn--bcher-kva.example". "" where it can be none."""
    parts = _PARTS.fullmatch(link)
    if parts is None or parts[2].isascii():
        return link
    try:
        return parts[1] + idna.encode(parts[2], uts46=True).decode() + parts[3]
    except UnicodeError:
        return ""


def _is_link(link: str) -> bool:
    return any(form.fullmatch(link) for form in _FORMS) and not _STEPS_UP.search(
        link.partition("://")[2] or link
    )


def _values_in_host(template: str) -> bool:
    """In `https://{shop}/` or `https://shop{ending}` a value would choose whom the link leads to."""
    host = re.match(r"(?i)https?://[^/?#]*", template)
    return host is not None and PLACEHOLDER.search(host[0]) is not None
