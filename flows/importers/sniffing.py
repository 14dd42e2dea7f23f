"""What files hold, whatever they are called. Pure."""

from __future__ import annotations

from typing import Any

from untrusted.base import Refusal
from untrusted.folders import nearest, real
from untrusted.shapes import mapping
from untrusted.together import Files

LARGEST_YAML = 1_000_000  # bytes


def objects(files: Files) -> dict[str, dict[str, Any]]:
    """The files that hold one JSON object. What looks like one and is broken holds none."""
    found = {}
    for name in real(files.names):
        content = json_at(files, name)
        if isinstance(content, dict):
            found[name] = content
    return found


def json_at(files: Files, name: str) -> Any:
    """What a file holds; None when it is no JSON, or broken."""
    try:
        if files.read(name).data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
            return files.json(name)
    except Refusal:
        pass
    return None


def object_at(files: Files, name: str) -> dict[str, Any]:
    """The object of a file. Raises Refusal when it is broken or none."""
    content = files.json(name)
    if not isinstance(content, dict):
        raise Refusal("no_object")
    return mapping(content)


def by_root(names: set[str], roots: set[str]) -> dict[str, list[str]]:
    """Files by the innermost of these folders in which they lie; "" for those in none."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault(nearest(name, roots) or "", []).append(name)
    return found


def yaml_texts(files: Files) -> dict[str, str]:
    """The files that may be YAML, as text."""
    found = {}
    for name in real(files.names):
        try:
            data = files.read(name).data
            if len(data) <= LARGEST_YAML and b"\x00" not in data[:1000] and data[:1] not in (b"{", b"["):
                found[name] = files.text(name)
        except Refusal:
            continue
    return found
