"""The request that a tool sends: its templates filled in, each place in its own manner. Pure.

A value is put in as data: quoted in an address, as a value in JSON, never as a part of the template. So it
cannot reach another path, another header, another field, nor another server.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from actions.errors import ActionError

PLACEHOLDER = re.compile(r"\{([A-Za-z][A-Za-z0-9_-]{0,63})\}")
MASK = "••••••"
WRITING = {"POST", "PUT", "PATCH", "DELETE"}
TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What of a tool makes its request. `places` says where each parameter goes."""

    method: str
    url: str
    places: Mapping[str, str]
    headers: Mapping[str, str]
    auth: str = "none"
    auth_name: str = ""
    body_as: str = "json"
    body: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None


def prepare(tool: Declaration, values: Mapping[str, Any], *, secret: str, key: str = "") -> Prepared:
    """Raises ActionError. With MASK as the secret it is what staff may see."""
    headers = {"accept": "application/json"}
    headers |= {name.lower(): _in_header(_filled(text, values)) for name, text in tool.headers.items()}
    headers |= {
        name.lower(): _in_header(plain(values[name]))
        for name, place in tool.places.items()
        if place == "header" and name in values
    }
    headers |= authentication(tool, secret)
    if key and tool.method in WRITING:
        headers.setdefault("idempotency-key", key)
    body = _body(tool, values)
    if body is not None:
        kind = "application/json" if tool.body_as == "json" else "application/x-www-form-urlencoded"
        headers.setdefault("content-type", kind)
    return Prepared(tool.method, _url(tool, values), headers, body)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def plain(value: Any) -> str:
    """A value as the text that stands for it in an address or a header."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value) if isinstance(value, list | Mapping) else str(value)


def authentication(tool: Declaration, secret: str) -> dict[str, str]:
    if tool.auth == "bearer":
        return {"authorization": f"Bearer {secret}"}
    if tool.auth == "key":
        return {tool.auth_name.lower(): secret}
    if tool.auth == "basic":
        pair = base64.b64encode(f"{tool.auth_name}:{secret}".encode()).decode()
        return {"authorization": f"Basic {MASK if secret == MASK else pair}"}
    return {}


def _url(tool: Declaration, values: Mapping[str, Any]) -> str:
    """The server is always the one that staff wrote."""
    front, mark, query = tool.url.partition("?")
    if "{" in urlsplit(front.replace("[", "").replace("]", "")).netloc or not urlsplit(front).netloc:
        raise ActionError("bad_template")
    segments = [_segment(segment, values) for segment in front.split("/")]
    asked = PLACEHOLDER.sub(lambda found: quote(plain(values.get(found[1], "")), safe=""), query)
    more = {
        name: plain(values[name])
        for name, place in tool.places.items()
        if place == "query" and name in values and name not in placeholders(query)
    }
    asked = "&".join(part for part in (asked, urlencode(more)) if part)
    return "/".join(segments) + (f"?{asked}" if asked else "")


def _segment(template: str, values: Mapping[str, Any]) -> str:
    """A value stays in its segment: `..` and nothing at all would lead to another address."""

    def fill(found: re.Match[str]) -> str:
        value = plain(values.get(found[1], ""))
        if not value.strip(". "):
            raise ActionError("bad_argument", f"{found[1]}: not_in_path")
        return quote(value, safe="")

    return PLACEHOLDER.sub(fill, template)


def _filled(template: str, values: Mapping[str, Any]) -> str:
    return PLACEHOLDER.sub(lambda found: plain(values.get(found[1], "")), template)


def _in_header(text: str) -> str:
    """One line; what is not Latin is quoted, since a header cannot hold it."""
    line = " ".join(text.split())
    return line if line.isascii() else quote(line, safe=" !#$%&'()*+,-./:;<=>?@[]^_`{|}~\"")


def _body(tool: Declaration, values: Mapping[str, Any]) -> bytes | None:
    if tool.method == "GET":
        return None
    if tool.body.strip():
        fields = _in_template(read_body(tool.body), values)
    else:
        fields = {
            name: values[name] for name, place in tool.places.items() if place == "body" and name in values
        }
        if not fields:
            return None
    if tool.body_as == "json":
        return json.dumps(fields, ensure_ascii=False).encode()
    if not isinstance(fields, Mapping):
        raise ActionError("bad_template")
    return urlencode({name: plain(value) for name, value in fields.items() if value is not None}).encode()


def read_body(template: str) -> Any:
    """Raises ActionError for what is not JSON."""
    try:
        return json.loads(template)
    except (ValueError, RecursionError):
        raise ActionError("bad_template") from None


def _in_template(part: Any, values: Mapping[str, Any]) -> Any:
    """A text that is one placeholder becomes the value itself; what was not given is left out."""
    if isinstance(part, str):
        alone = PLACEHOLDER.fullmatch(part)
        return values.get(alone[1]) if alone else _filled(part, values)
    if isinstance(part, Mapping):
        return {
            name: filled
            for name, one in part.items()
            if (filled := _in_template(one, values)) is not None or one is None
        }
    return [_in_template(one, values) for one in part] if isinstance(part, list) else part
