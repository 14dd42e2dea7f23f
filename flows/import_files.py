"""Files that somebody gives in the browser: laid down for the reading process, and what it found in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from flows.brought_along import Brought
from flows.graph import Graph
from flows.importers.base import Line
from flows.importers.naming import program_in_words
from flows.importing import Reading, read_bots
from flows.known_actions import Actions, KnownAction, Parameter, known_actions
from flows.models import FlowImport
from flows.publishing import FlowError
from untrusted.process import ReadingFailed
from untrusted.shapes import mappings, text

MOST_BYTES = 16_000_000
MOST_SECONDS = 60.0  # somebody waits for it
KEPT = timedelta(days=2)


def read_upload(files: list[UploadedFile], *, language: str, author: User | None) -> FlowImport:
    """Read what was given. Raises FlowError, in words, when it cannot be."""
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        told = _("These files have more than %(most)s MB together. The command import_flows takes them.")
        raise FlowError(told % {"most": MOST_BYTES // 1_000_000})
    with _laid_down(files) as folder:
        try:
            reading = read_bots(folder, language=language, most_seconds=MOST_SECONDS)
        except ReadingFailed as failure:
            raise FlowError(_("The files could not be read. Try again.")) from failure
    FlowImport.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    found = _as_json(reading)
    return FlowImport.objects.create(what=_named(files), bots=reading.bots, found=found, author=author)


@contextmanager
def _laid_down(files: list[UploadedFile]) -> Iterator[Path]:
    """Under their names, without any folder; two of one name are told apart by a number."""
    with TemporaryDirectory(prefix="flows") as folder:
        for number, file in enumerate(files):
            name = PurePosixPath((file.name or "").replace("\\", "/").replace("\x00", "")).name[-120:]
            path = Path(folder) / (name.strip(". ") or "file")
            path = Path(folder) / f"{number}-{path.name}" if path.exists() else path
            with path.open("wb") as target:
                for chunk in file.chunks():
                    target.write(chunk)
        yield Path(folder)


def _named(files: list[UploadedFile]) -> str:
    first, more = (files[0].name or "").replace("\x00", "")[:150], len(files) - 1
    if not more:
        return first
    return f"{first} " + ngettext("and %(number)s more", "and %(number)s more", more) % {"number": more}


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "flows": [graph.model_dump(mode="json", by_alias=True) for graph in reading.flows],
        "report": [asdict(line) for line in reading.report],
        "scenarios": reading.scenarios,
        "webhooks": reading.webhooks,
    }


def flows_of(kept: FlowImport) -> list[Graph]:
    return [Graph.model_validate(flow) for flow in kept.found["flows"]]


def actions_with(webhooks: list[dict[str, Any]], known: Actions | None = None) -> Actions:
    """The actions that there are (or those that are `known`), and those that the programs of the bot become:
    switched off."""
    known = (known_actions() or {}) if known is None else known
    brought = map(_switched_off, mappings(webhooks))
    return {action.name: action for action in brought} | dict(known)


def _switched_off(webhook: dict[str, Any]) -> KnownAction:
    given = tuple(
        Parameter(text(one.get("name")), required=False) for one in mappings(webhook.get("parameters"))
    )
    return KnownAction(
        text(webhook.get("name")), program_in_words(text(webhook.get("title"))), parameters=given,
        enabled=False, addressed=bool(webhook.get("url")),
    )  # fmt: skip


def along_with(kept: FlowImport, flows: list[Graph]) -> Brought:
    """What comes with the flows that are taken."""
    origin = f"{', '.join(kept.bots)}: {kept.what}"[:200]
    return Brought(origin, flows, kept.found["webhooks"], kept.found["scenarios"])


def report_of(kept: FlowImport) -> list[Line]:
    return [Line(**line) for line in kept.found["report"]]
