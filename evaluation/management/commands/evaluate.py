"""`manage.py evaluate [SUITE …]`: run scenarios and say what is as expected, to people and build servers.

Exit codes: 0 as expected; 1 below what is asked for, or worse than the other side; 2 it could not be run.
"""

from __future__ import annotations

import os
import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from assistant.models import Assistant
from evaluation.judging.judges import judges_here
from evaluation.judging.verdicts import OFFLINE
from evaluation.runs import asking, junit, report
from evaluation.runs.choosing import chosen
from evaluation.runs.ending import end_if_over, figures_of, played
from evaluation.runs.judging import compared, read_by_judge
from evaluation.runs.rows import MODEL, RULES, Case, Run
from evaluation.runs.sides import NoSuchSide, Side
from evaluation.runs.working import Worker, begin, give_up, learn_first
from knowledge.progress_line import ProgressLine

BELOW, CANNOT = 1, 2
VERSION = (
    "present, settings, drafts, release:NUMBER, model:NAME or run:NUMBER; after an assistant's address and "
    "@: shop@drafts"
)
BEST = "best"
JUDGES = (BEST, OFFLINE, MODEL)
JUDGE = "let a judge read the answers: offline or model (without a word: the model where there is one)"
LOOKS = 0.5  # seconds between two looks at how far it is


class Command(BaseCommand):
    help = "Run suites of scenarios (without one: those of the sample company) and say what is as expected."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("suite", nargs="*", help="names of suites, or files of YAML")
        parser.add_argument("--assistant", metavar="V", default="present", help=VERSION)
        parser.add_argument("--against", metavar="V", help="the version that the other one is compared with")
        parser.add_argument("--times", type=int, default=1, help="how often each scenario is run")
        parser.add_argument("--jobs", type=int, default=min(4, os.cpu_count() or 1), help="at the same time")
        parser.add_argument("--judge", nargs="?", const=BEST, default="", choices=JUDGES, help=JUDGE)
        parser.add_argument(
            "--customers", choices=[RULES, MODEL], default=RULES, help="by whom those with a goal are played"
        )
        parser.add_argument("--resume", type=int, metavar="RUN", help="go on with a run that was interrupted")
        parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML")
        parser.add_argument(
            "--fail-under", type=float, default=1.0, metavar="SHARE", help="of scenarios (default: all, 1.0)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["fail_under"] <= 1:
            raise CommandError("--fail-under is a share, from 0 to 1.", returncode=CANNOT)
        try:
            run = self._resumed(options["resume"]) if options["resume"] else self._asked(options)
        except (asking.Unclear, NoSuchSide) as error:
            raise CommandError(str(error), returncode=CANNOT) from error
        self._play(run, max(1, options["jobs"]))
        self._report(run, options)

    def _asked(self, options: dict[str, Any]) -> Run:
        written = [options["against"], options["assistant"]] if options["against"] else [options["assistant"]]
        read = [_version(one) for one in written]
        assistants = {assistant.pk: assistant for assistant, _side in read}
        if len(assistants) > 1:
            raise asking.Unclear("Both versions have to be of the same assistant.")
        if len(read) > 1 and read[0][1] == read[1][1]:
            raise asking.Unclear("Both versions are the same: name another one to compare with.")
        return asking.ask(
            chosen(options["suite"]), read[0][0], [side for _assistant, side in read], by=None,
            origin=Run.Origin.COMMAND, suites=options["suite"], times=options["times"],
            judge=judges_here()[-1] if options["judge"] == BEST else options["judge"],
            customers=options["customers"],
        )  # fmt: skip

    def _resumed(self, pk: int) -> Run:
        run = asking.reopen(pk)
        if run is None:
            raise asking.Unclear(f"There is no run {pk} that could be gone on with.")
        return run

    def _play(self, run: Run, jobs: int) -> None:
        """In threads of this process; background workers help where there are any."""
        stopped, progress = threading.Event(), ProgressLine(self.stdout)
        threads = [threading.Thread(target=_work, args=(run.pk, stopped), daemon=True) for _ in range(jobs)]
        begin(run.pk)
        try:
            learn_first()
            for thread in threads:
                thread.start()
            while not end_if_over(run.pk) and Run.objects.filter(pk=run.pk, state__in=Run.OPEN).exists():
                progress.show(_progress(run))
                give_up()
                time.sleep(LOOKS)
        except KeyboardInterrupt:
            stopped.set()
            asking.stop(run.pk)
            told = f"Stopped. Go on with: manage.py evaluate --resume {run.pk}"
            raise CommandError(told, returncode=CANNOT) from None
        finally:
            stopped.set()
            for thread in threads:
                if thread.is_alive():
                    thread.join(timeout=30)
        progress.clear()

    def _report(self, run: Run, options: dict[str, Any]) -> None:
        run.refresh_from_db()
        sides = _sides(run)
        other = compared(run) if len(sides) > 1 else None
        for line in report.lines(sides, other):
            self.stdout.write(line)
        if read := read_by_judge(run, [side.name for side in sides], other):
            for line in (f"judge: {read.judge}. {read.agreement}", read.sentence, read.preferred):
                if line:
                    self.stdout.write(line)
        if options["junit"]:
            options["junit"].write_text(junit.as_junit(sides), encoding="utf-8")
        last = sides[-1].figures
        share = last.passed.share or 0.0
        took = run.ended_at - run.started_at if run.ended_at and run.started_at else None
        self.stdout.write(f"run {run.pk}" + (f", {took.total_seconds():.0f} s" if took is not None else ""))
        if any(side.figures.failed for side in sides):
            raise CommandError("Some scenarios could not be run (above).", returncode=CANNOT)
        if share < options["fail_under"]:
            wanted = options["fail_under"]
            raise CommandError(f"{share:.3f} as expected; wanted at least {wanted:.3f}.", returncode=BELOW)
        if other is not None and other.said == "worse":
            raise CommandError(f"“{sides[1].name}” is worse.", returncode=BELOW)


def _progress(run: Run) -> str:
    cases = Case.objects.filter(run=run)
    done, unread = cases.over().count(), cases.unread().count()
    read = f", {done - unread} read" if run.judge and done == run.total else ""
    return f"run {run.pk}: {done} of {run.total}{read}"


def _work(pk: int, stopped: threading.Event) -> None:
    """Until all of it is over: what somebody held who has died may be taken only when the lease has ended."""
    try:
        worker = Worker(Run.objects.select_related("assistant").get(pk=pk))
        while not stopped.is_set():
            if not worker.one():
                stopped.wait(LOOKS)
    finally:
        connection.close()


def _sides(run: Run) -> list[report.Reported]:
    cases = list(Case.objects.filter(run=run).over().order_by("place", "time"))
    return [
        report.Reported(
            str(Side.from_json(side)), figures,
            [(one.suite, played(one), one.error) for one in cases if one.side == number],
        )
        for number, (side, figures) in enumerate(zip(run.sides, figures_of(run), strict=True))
    ]  # fmt: skip


def _version(written: str) -> tuple[Assistant, Side]:
    """Raises Unclear or NoSuchSide."""
    slug, at, version = written.rpartition("@")
    known = Assistant.objects.filter(slug=slug if at else version).first()
    if known is not None:
        return known, Side.read(version if at else "present")
    default = Assistant.objects.order_by("-is_default", "name").first()
    if at or default is None:
        there = ", ".join(Assistant.objects.values_list("slug", flat=True)) or "none yet"
        raise asking.Unclear(f"There is no assistant “{slug}”. Assistants: {there}.")
    return default, Side.read(version)
