"""Staff's browser without a screen: a session with its cookies, and forms sent back as they were shown."""

from __future__ import annotations

import http.cookiejar
import urllib.parse
import urllib.request
from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag


class Browser:
    def __init__(self, base: str) -> None:
        self.base = base
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def get(self, path: str) -> str:
        return self._open(urllib.request.Request(self.base + path))

    def send_form(self, path: str, changes: Mapping[str, str], *, having: str, button: str = "") -> str:
        """Fill in the form of a page that has the field `having`, and send it."""
        form = self._form(path, having)
        filled = dict(fields_of(form)) | dict(changes) | ({button: ""} if button else {})
        return self._open(
            urllib.request.Request(
                urllib.parse.urljoin(self.base + path, str(form.get("action") or "")),
                data=urllib.parse.urlencode(filled).encode(),
                headers={"Referer": self.base + path},
            )
        )

    def field(self, path: str, name: str) -> str:
        return dict(fields_of(self._form(path, name)))[name]

    def _form(self, path: str, having: str) -> Tag:
        field = BeautifulSoup(self.get(path), "html.parser").select_one(f'[name="{having}"]')
        form = field.find_parent("form") if field else None
        assert form is not None, f"{path} has no form with {having}"
        return form

    def _open(self, request: urllib.request.Request) -> str:
        with self._opener.open(request, timeout=20) as response:
            return str(response.read().decode())


def fields_of(form: Tag) -> list[tuple[str, str]]:
    """What a browser would send if nothing was changed."""
    return [pair for field in form.find_all(["input", "textarea", "select"]) for pair in _sent(field)]


def _sent(field: Tag) -> list[tuple[str, str]]:
    name, kind = str(field.get("name") or ""), str(field.get("type") or "")
    if not name or kind in ("submit", "button", "file"):
        return []
    if kind in ("checkbox", "radio"):
        return [(name, str(field.get("value") or "on"))] if field.has_attr("checked") else []
    if field.name == "select":
        return [(name, str(option["value"])) for option in field.find_all("option", selected=True)]
    # A browser leaves out the line break after <textarea>.
    return [
        (name, field.text.removeprefix("\n") if field.name == "textarea" else str(field.get("value") or ""))
    ]
