"""Rasa projects: each intent that a fixed text answers becomes an article. Pure.

A text answers an intent when it is a retrieval intent (`faq/hours` and `utter_faq/hours`), when a rule or
story holds nothing but the two, or when they are named alike (`hours` and `utter_hours`). Stories, forms and
flows are conversations, not knowledge, and are only counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.importers.base import Files, Importer
from knowledge.importers.pairs import Pair, as_found
from knowledge.importers.rasa_answers import answer_text, blanks_in
from knowledge.importers.rasa_files import PROGRAMS, claim, is_note, is_yaml, roots_of
from knowledge.importers.rasa_project import Project, read_project, topic_of
from knowledge.loaders.base import Found, Place, Record, Refused
from untrusted.folders import Ids, folder, nearest


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    ids = Ids("rasa")
    training = {name for name in claimed if is_yaml(name) and not PROGRAMS.search(name)}
    roots = roots_of(files, training or claimed)
    notes = {name for name in claimed if is_note(name)}
    for name in sorted(name for name in claimed - notes if name.lower().endswith(".md")):
        yield Refused(Place(name), "old_rasa")
    for name in sorted(notes):
        yield Refused(Place(name), "left_notes")
    for root in roots:
        own = sorted(name for name in training if nearest(name, roots) == root)
        yield from _load_project(read_project(files, root, own), ids)
    programs = sorted(name for name in claimed - training - notes if not name.lower().endswith(".md"))
    if programs:
        yield Refused(Place(folder(programs[0]) or programs[0]), "left_programs", {"number": len(programs)})


def _load_project(project: Project, ids: Ids) -> Iterator[Found]:
    used: set[str] = set()
    for intent, language in project.examples:
        yield _article(project, intent, language, ids, used)
    yield from project.refused
    for name, file in project.files.items():
        project.left["left_answers", file] += name not in used
    for (code, file), count in project.left.items():
        if count:
            yield Refused(Place(file), code, {"number": count})


def _article(project: Project, intent: str, language: str, ids: Ids, used: set[str]) -> Record | Refused:
    examples = project.examples[(intent, language)]
    names = _answer_names(project, intent, language)
    used.update(names)
    answer = "\n\n".join(filter(None, (answer_text(project.answer(name, language)) for name in names)))
    spoken = language or project.language
    found = as_found(
        Pair(
            id=ids.of(intent, spoken, project.root),
            name=intent,
            place=examples.place,
            questions=examples.texts,
            answer=answer,
            language=spoken,
            category=topic_of(intent, examples),
            blanks=blanks_in(answer),
        )
    )
    action = project.actions.get(intent, "")
    if (
        isinstance(found, Refused)
        and found.code == "without_answer"
        and action
        and not action.startswith("utter_")
    ):
        return Refused(found.place, "needs_action", {"name": intent[:120], "action": action[:120]})
    return found


def _answer_names(project: Project, intent: str, language: str) -> list[str]:
    own = [name for name in (f"utter_{intent}", intent) if project.answer(name, language)][:1]
    if "/" in intent:
        return own
    return project.replies.get(intent, own)


RASA = Importer("Rasa", claim, load)
