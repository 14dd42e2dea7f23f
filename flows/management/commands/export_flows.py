"""`manage.py export_flows [KEY …]`: flows as YAML, as a Mermaid picture or for Rasa."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts import audit
from flows.graph import Graph
from flows.mermaid import to_mermaid
from flows.models import Flow
from flows.publishing import FlowError, read
from flows.rasa_form import to_rasa
from flows.yaml_form import to_yaml

# How it is written, and what the file is called.
FORMATS: dict[str, tuple[Callable[[Graph, str], str], str]] = {
    "yaml": (lambda graph, _language: to_yaml(graph), "{key}.yaml"),
    "mermaid": (to_mermaid, "{key}.mmd"),
    "rasa": (to_rasa, "{key}.rasa.yaml"),
}


class Command(BaseCommand):
    help = "Write flows as YAML (which can be imported again), as a Mermaid picture or for Rasa."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("keys", nargs="*", metavar="KEY", help="which flows (default: all)")
        parser.add_argument("--format", choices=FORMATS, default="yaml")
        parser.add_argument("--draft", action="store_true", help="what is being drawn, not what is published")
        parser.add_argument("--folder", type=Path, help="write a file for each flow there")
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument(
            "--lang", choices=codes, default=settings.LANGUAGE_CODE, help="of a picture, and Rasa's"
        )

    def handle(self, *args: Any, keys: list[str], folder: Path | None, **options: Any) -> None:
        form, file_name = FORMATS[options["format"]]
        made = {graph.key: form(graph, options["lang"]) for graph in graphs(keys, draft=options["draft"])}
        audit.record(
            audit.Action.EXPORTED, label="export_flows", after={"flows": list(made), **_how(options)}
        )
        if folder is None:
            self.stdout.write("---\n".join(made.values()), ending="")
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for key, text in made.items():
                (folder / file_name.format(key=key)).write_text(text, "utf-8")
        except OSError as error:
            raise CommandError(_("Cannot write there: %(why)s") % {"why": error}) from error
        self.stdout.write(
            _("Flows written: %(count)d (%(keys)s)") % {"count": len(made), "keys": ", ".join(made)}
        )


def _how(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options[name] for name in ("format", "draft", "lang")}


def graphs(keys: list[str], *, draft: bool) -> list[Graph]:
    """Of these flows, or of all; raises CommandError for one that there is not, or that does not read."""
    flows = {flow.key: flow for flow in Flow.objects.select_related("published")}
    if unknown := [key for key in keys if key not in flows]:
        known = ", ".join(flows) or _("none")
        raise CommandError(_("There is no flow called %(key)s. There are: %(known)s.")
                           % {"key": unknown[0], "known": known})  # fmt: skip
    in_use = [flow for flow in flows.values() if flow.archived_at is None]
    chosen = [flows[key] for key in dict.fromkeys(keys)] or in_use
    if not draft:
        if keys and (waiting := [flow.key for flow in chosen if flow.published is None]):
            raise CommandError(
                _("%(key)s is not published. --draft exports what is being drawn.") % {"key": waiting[0]}
            )
        chosen = [flow for flow in chosen if flow.published is not None]
    if not chosen:
        raise CommandError(_("There are no flows to export. --draft exports what is being drawn."))
    return [_graph(flow, draft=draft) for flow in chosen]


def _graph(flow: Flow, *, draft: bool) -> Graph:
    try:
        return read(flow.draft if draft or flow.published is None else flow.published.graph)
    except FlowError as error:
        raise CommandError(f"{flow.key}: {error}") from error
