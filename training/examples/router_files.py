"""What the router learns from, for others that tell intents apart: as Rasa's NLU data, and as JSONL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.conf import settings

from assistant.routing import samples
from assistant.routing.samples import EVERYDAY, KNOWLEDGE, NOTHING, Sample
from chatbot import row_files
from evaluation.redacting import without_personal
from flows.yaml_writing import write_yaml
from training.secrets import without_secrets

# Names that no flow has; the second one is Rasa's own.
NAMES = {KNOWLEDGE: "knowledge", NOTHING: "out_of_scope", EVERYDAY: "chitchat"}
VERSION = "3.1"
MARKS = str.maketrans("[]{}", "()()")  # of Rasa's entities


def learned() -> Iterator[Sample]:
    """Without secrets, and without what would tell who somebody is."""
    kept, _left = without_secrets(samples.gather())
    for sample in kept:
        text = " ".join(without_personal(sample.text, sample.language or "en", "").split())
        yield Sample(text, NAMES.get(sample.label, sample.label), sample.language)


def nlu(language: str) -> bytes:
    """One model of Rasa's knows one language: what is said in no particular one is in each."""
    intents: dict[str, list[str]] = defaultdict(list)
    for sample in learned():
        if sample.language in ("", language):
            intents[sample.label].append(sample.text.translate(MARKS))
    told = [
        {"intent": label, "examples": "".join(f"- {text}\n" for text in texts)}
        for label, texts in sorted(intents.items())
    ]
    return f"# Written by Causerie.\n{write_yaml({'version': VERSION, 'nlu': told})}".encode()


def jsonl() -> bytes:
    rows = [{"text": sample.text, "label": sample.label, "language": sample.language} for sample in learned()]
    return row_files.as_text(rows, "jsonl").encode()


def file_of(name: str) -> tuple[bytes, str] | None:
    """None of what is no file of these."""
    if name == "router.jsonl":
        return jsonl(), row_files.FORMS["jsonl"]
    for language, _called in settings.LANGUAGES:
        if name == f"nlu-{language}.yml":
            return nlu(language), "application/yaml; charset=utf-8"
    return None
