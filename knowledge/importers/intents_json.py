"""Chatbots kept in one JSON file of intents: `{intents: [{tag, patterns, responses}]}`. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.importers.base import Files, Importer
from knowledge.importers.entries import entries, look
from knowledge.importers.pairs import Pair, as_found, fullest
from knowledge.importers.rasa_answers import blanks_in
from knowledge.loaders.base import Found, Place, Refused
from untrusted.folders import Ids, folder, real
from untrusted.shapes import first_text, texts


def claim(files: Files) -> set[str]:
    names = [name for name in real(files.names) if name.lower().endswith(".json")]
    return {
        name
        for name in names
        if any(look(files, name).has("patterns", "responses", of=of) for of in ("intents", ""))
    }


def load(files: Files, claimed: set[str]) -> Iterator[Found]:
    ids = Ids("intents")
    for name in sorted(claimed):
        for one in entries(files, name, "intents"):
            if isinstance(one, Refused):
                yield one
                continue
            place, intent = one
            tag = first_text(intent, ("tag", "intent", "name")) or f"{place.number}"
            answer = fullest(texts(intent.get("responses")))
            yield as_found(
                Pair(
                    id=ids.of(tag, "", folder(name) or name),
                    name=tag,
                    place=Place(name, "entry", place.number, tag[:120]),
                    questions=texts(intent.get("patterns")),
                    answer=answer,
                    blanks=blanks_in(answer),
                )
            )


INTENTS_JSON = Importer("Intents (JSON)", claim, load)
