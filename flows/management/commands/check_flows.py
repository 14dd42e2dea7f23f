"""`manage.py check_flows [PATH|KEY …]`: what is wrong with flows, in files or in the database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from flows.graph import Graph
from flows.known_actions import known_actions
from flows.models import Flow
from flows.pictures.rows import there_of
from flows.places import path_of
from flows.problem_words import with_place
from flows.problems import Problem, problems
from flows.publishing import FlowError, read
from flows.shelves import published_flows
from flows.spoken_here import spoken_here
from flows.yaml_form import from_yaml_with_lines
from flows.yaml_reading import Read, YamlError

ENDINGS = {".yaml", ".yml"}


@dataclass(frozen=True)
class Found:
    """A flow, where it comes from and, of a file, where its parts stand."""

    where: str
    graph: Graph
    read: Read | None = None

    def place(self, problem: Problem) -> str:
        if self.read is None:
            return self.where
        return f"{self.where}:{self.read.line(path_of(problem, self.graph))}"


class Command(BaseCommand):
    help = (
        "Check flows: files, folders of files, or drafts by their keys (default: all drafts). "
        "Exit code 1 when customers would get stuck."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="*", metavar="PATH|KEY")
        parser.add_argument("--strict", action="store_true", help="exit code 1 for warnings too")

    def handle(self, *args: Any, what: list[str], **options: Any) -> None:
        self.bad, self.actions = False, known_actions()
        found = [one for name in what for one in self.found(name)] if what else list(self.drafts(None))
        known = {key: graph for key, (_number, graph) in published_flows().items()}
        known |= {one.graph.key: one.graph for one in found}
        for one in found:
            self.tell(one, known, strict=options["strict"])
        self.stdout.write(_("Flows checked: %(count)d") % {"count": len(found)})
        if self.bad:
            sys.exit(1)

    def tell(self, one: Found, known: dict[str, Graph], *, strict: bool) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        pictures, spoken = there_of(one.graph), spoken_here()
        for problem in problems(
            one.graph,
            languages=languages,
            flows=known,
            actions=self.actions,
            pictures=pictures,
            spoken=spoken,
        ):
            level = _("stops") if problem.level == "stops" else _("warns")
            self.stdout.write(f"{one.place(problem)}: {level}: {with_place(problem)}")
            self.bad = self.bad or strict or problem.level == "stops"

    def found(self, name: str) -> Iterator[Found]:
        path = Path(name)
        if path.is_dir():
            files = sorted(one for one in path.rglob("*") if one.suffix in ENDINGS and one.is_file())
            if not files:
                raise CommandError(_("There are no YAML files in %(path)s.") % {"path": path})
            yield from (one for file in files for one in self.file(file))
        elif path.is_file():
            yield from self.file(path)
        else:
            yield from self.drafts(name)

    def file(self, path: Path) -> Iterator[Found]:
        try:
            graph, lines = from_yaml_with_lines(path.read_text("utf-8"))
            yield Found(str(path), graph, lines)
        except YamlError as error:
            self.unreadable(f"{path}:{error.line or 1}", str(error))
        except (OSError, UnicodeDecodeError) as error:
            self.unreadable(str(path), str(error))

    def drafts(self, key: str | None) -> Iterator[Found]:
        flows = Flow.objects.in_use() if key is None else Flow.objects.filter(key=key)
        if key is not None and not flows:
            raise CommandError(_("%(name)s is no file, no folder and no flow.") % {"name": key})
        for flow in flows:
            try:
                yield Found(flow.key, read(flow.draft))
            except FlowError as error:
                self.unreadable(flow.key, str(error))

    def unreadable(self, where: str, why: str) -> None:
        self.bad = True
        self.stdout.write(f"{where}: {_('stops')}: {why}")
