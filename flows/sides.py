"""What two sides of a comparison may be: the draft, a version, an earlier draft, or what an import found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from flows.graph import Graph
from flows.models import Flow, FlowImport
from flows.publishing import FlowError, read

NAME = re.compile(r"(kept-|import-|)([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Side:
    """`title` stands within a sentence."""

    title: str
    graph: Graph


def side(flow: Flow, name: str) -> Side:
    """By its name in an address: `draft`, `3` (a version), `kept-12`, `import-7`. Raises FlowError."""
    if name == "draft":
        return Side(_("the draft"), read(flow.draft))
    named = NAME.fullmatch(name)
    found = SIDES[named[1]](flow, int(named[2])) if named else None
    if found is None:
        raise FlowError(_("What was to be compared is not here (any more). Choose from the history."))
    return found


def _version(flow: Flow, number: int) -> Side | None:
    version = flow.versions.filter(number=number).first()
    if version is None:
        return None
    return Side(_("version %(number)d") % {"number": number}, read(version.graph))


def _kept(flow: Flow, number: int) -> Side | None:
    kept = flow.kept_drafts.filter(pk=number).first()
    if kept is None:
        return None
    when = date_format(localtime(kept.created_at), "SHORT_DATETIME_FORMAT")
    return Side(_("the draft until %(when)s") % {"when": when}, read(kept.draft))


def _import(flow: Flow, number: int) -> Side | None:
    found = FlowImport.objects.filter(pk=number).first()
    graphs: list[Any] = found.found.get("flows", []) if found else []
    graph = next((one for one in graphs if one.get("key") == flow.key), None)
    if found is None or graph is None:
        return None
    return Side(_("the import “%(what)s”") % {"what": found.what}, read(graph))


SIDES = {"": _version, "kept-": _kept, "import-": _import}
