"""What `benchmarks/routing.py` trains on and asks: two companies' flows, and words that begin none."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.routing.samples import KNOWLEDGE, Sample, of_flows, of_nothing
from flows.graph import Graph
from flows.samples import sample_flows

HERE = Path(__file__).parent
DATA = Path(os.environ.get("CAUSERIE_DATA", "../shared/data"))
HELP = Path("knowledge/sample")
FIRST_WORDS = HERE / "questions" / "abcd_first_words.yaml"
# The data set's own three conversations: what the customer says first, and which sub-flow it is.
REAL = {"return_size": "Return Due to Size", "refund_status": "Refund Status", "timing_4": "Timing FAQ"}


@dataclass(frozen=True)
class Words:
    """What is asked, which flow it begins ("" for none), its language, and in which part it is left out."""

    text: str
    label: str
    language: str = "en"
    part: int = 0


def off_topic() -> list[Sample]:
    """What every installation trains with; none of it is asked here."""
    return list(of_nothing())


# --- ABCD


def guidelines() -> dict[str, str]:
    """Each sub-flow's name and the first line of its guideline; empty where the sample is not there."""
    path = DATA / "abcd" / "guidelines.json"
    groups = json.loads(path.read_text("utf-8")).values() if path.exists() else ()
    return {
        name: " ".join(sub["instructions"][0].split())
        for one in groups
        for name, sub in one["subflows"].items()
    }


def abcd_described() -> list[Sample]:
    """What there is to train on when nobody has written an example: the names, and what the flows are for."""
    return [Sample(text, name) for name, line in guidelines().items() for text in (name, line[:300])]


def abcd_words() -> list[Words]:
    written = yaml.safe_load(FIRST_WORDS.read_text("utf-8"))
    return [Words(text, name, part=at) for name, texts in written.items() for at, text in enumerate(texts)]


def abcd_real() -> list[Words]:
    found = []
    for line in (DATA / "abcd" / "conversations_sample.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        said = [turn["text"] for turn in one["turns"] if turn["role"] == "customer"]
        first = next(text for text in said if len(text.split()) > 3)  # "HEY HO!" begins nothing
        found.append(Words(first, REAL[one["scenario"]["subflow"]]))
    return found


# --- the sample company


def company() -> list[Graph]:
    return sample_flows()


def company_words(parts: int) -> list[Words]:
    """The examples of its flows, and what sounds alike and begins none, each in one part of `parts`."""
    found = []
    for graph in company():
        for lines, label in ((graph.examples, graph.key), (graph.unlike, "")):
            for language, texts in lines.items():
                found += [Words(text, label, language, at % parts) for at, text in enumerate(texts)]
    return found


def company_names() -> list[Sample]:
    bare = [graph.model_copy(update={"examples": {}, "unlike": {}}) for graph in company()]
    return list(of_flows(bare))


def company_articles() -> list[Sample]:
    """The titles of its articles, as `samples.of_knowledge` has them."""
    paths = sorted(HELP.glob("en/*.md")) + sorted(HELP.glob("fr/*.md"))
    heads = (yaml.safe_load(path.read_text("utf-8").split("---")[1]) for path in paths)
    return [Sample(str(head["title"]), KNOWLEDGE) for head in heads]


def company_questions() -> list[Words]:
    """What its customers ask the help centre, colloquially; none of it is trained on."""
    return [Words(one["question"], "", one["lang"]) for one in _lines(HELP / "questions.jsonl")]


# --- what begins no flow of either


def strangers() -> dict[str, list[Words]]:
    """Words for nobody, and questions for the help centres of others."""
    sets: dict[str, Sequence[str]] = {
        "off topic (CLINC150) and next to the topic (CNIL)": ["oos_en_fr.jsonl"],
        "questions for other help centres": [
            "questions_dmv_en.jsonl",
            "questions_service_public_fr.jsonl",
            "questions_gnome_help_en_fr.jsonl",
            "questions_cnil_fr.jsonl",
        ],
    }
    return {name: [one for file in files for one in _asked(DATA / file)] for name, files in sets.items()}


def _asked(path: Path) -> Iterator[Words]:
    if path.exists():
        yield from (Words(one["question"], "", one["lang"]) for one in _lines(path))


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
