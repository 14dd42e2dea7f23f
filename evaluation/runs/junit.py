"""A run as JUnit XML, which build servers show: a test suite for each suite of each side. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET  # noqa: S405 (written, never read)

from evaluation.judging.verdicts import DIMENSIONS
from evaluation.judging.words import because_in_words
from evaluation.runs.report import Reported
from evaluation.runs.summing import Played

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(sides: Sequence[Reported]) -> str:
    root = ET.Element("testsuites", name="evaluate")
    for side in sides:
        by_suite: dict[str, list[tuple[Played, str]]] = {}
        for suite, case, error in side.cases:
            by_suite.setdefault(suite, []).append((case, error))
        for suite, cases in by_suite.items():
            root.append(_suite(f"{side.name}: {suite}" if suite else side.name, cases))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(name: str, cases: Sequence[tuple[Played, str]]) -> ET.Element:
    failed = sum(case.passed is False for case, _error in cases)
    errors = sum(case.passed is None for case, _error in cases)
    seconds = sum(_seconds(case) for case, _error in cases)
    found = ET.Element("testsuite", name=_clean(name), time=f"{seconds:.3f}")
    for fact, count in (("tests", len(cases)), ("failures", failed), ("errors", errors)):
        found.set(fact, str(count))
    for case, error in cases:
        found.append(_case(name, case, error))
    return found


def _case(suite: str, case: Played, error: str) -> ET.Element:
    named = _clean(case.script.name)
    found = ET.Element("testcase", classname=_clean(suite), name=named, time=f"{_seconds(case):.3f}")
    if case.passed is None:
        ET.SubElement(found, "error", message=_clean(error or "could not be run"))
    elif not case.passed:
        missed = [
            f"turn {number}: {check.kind}: {check.wanted}"
            + (f" (instead: {check.found})" if check.found else "")
            for number, turned in enumerate(case.turned, 1)
            for check in turned.checks
            if check.met is False
        ]
        ET.SubElement(found, "failure", message=_clean(missed[0] if missed else "")).text = _clean(
            "\n".join([*missed, "", *_transcript(case)])
        )
    if told := list(_judged(case)):
        ET.SubElement(found, "system-out").text = _clean("\n".join(told))
    return found


def _judged(case: Played) -> Iterator[str]:
    """What a judge has missed is told, and fails nothing."""
    for number, judged in enumerate(case.judged, 1):
        for name in DIMENSIONS:
            verdict = judged.of(name)
            if verdict.met is False:
                why = " ".join(because_in_words(one) for one in verdict.because)
                yield f"judge {judged.judge}: turn {number}: not {name}: {why}"


def _transcript(case: Played) -> list[str]:
    return [line for one in case.turned for line in (f"customer: {one.words}", f"assistant: {one.said}")]


def _seconds(case: Played) -> float:
    return sum(one.spent.seconds for one in case.turned)


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("�", text)
