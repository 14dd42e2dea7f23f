"""What a tool has brought within a reply: for the model, for the check of its answer, for the customer. Pure.

It is data of another system, so nothing in it is followed. Web and mail addresses in it are taken out, unless
staff have named that very part of the answer and it is nothing else: an address in a remark may be anybody's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from actions.declared import Declared
from actions.redacting import redacted, without_secrets
from assistant.events import Citation
from assistant.evidence import ADDRESS, Evidence, facts_in, stems_of
from assistant.prompts import unmarked
from assistant.tools.values import in_words, lines, named_parts

RESULT_CHARACTERS = 4000  # of what a model is told
LEFT_OUT = "[…]"


@dataclass(frozen=True)
class Result:
    """`data` is what `as_data` has left of it, `at` the company's local time."""

    declared: Declared
    given: Mapping[str, Any]
    data: Any
    at: datetime

    @property
    def is_named(self) -> bool:
        """Whether staff have said which parts of the answer are of use, so that customers may see them."""
        return bool(self.declared.takes) and isinstance(self.data, Mapping)

    def for_model(self, number: int) -> str:
        """Within marks that it cannot end."""
        written = unmarked(json.dumps(self.data, ensure_ascii=False, default=str))
        if len(written) > RESULT_CHARACTERS:
            written = f"{written[:RESULT_CHARACTERS]}…"
        about = f'number="{number}" tool="{self.declared.name}" at="{self.at:%H:%M}"'
        return f"<result {about}>\n{written}\n</result>"

    def for_trace(self) -> str:
        return json.dumps(redacted(self.data), ensure_ascii=False, default=str)[:RESULT_CHARACTERS]

    def evidence(self, language: str) -> Evidence:
        """In the answer's language: a status or a date has none of its own."""
        asked = " ".join(str(value) for value in self.given.values())
        words = " ".join([self.declared.title, self.declared.said_in(language), asked])
        return DataEvidence(in_words(self.data), language, words)

    def lines(self, language: str) -> list[str]:
        """The parts that staff have named, a line for each."""
        return lines(named_parts(self.data, language), language) if self.is_named else []

    def citation(self, number: int, language: str) -> Citation:
        return Citation(
            number=number, chunk_id=0, document_id=None, revision_id=None,
            external_id=self.declared.name, title=self.declared.title,
            heading=f"{self.declared.name} · {self.at:%H:%M}", url="", language=language, quote="",
            passage="\n".join(self.lines(language)),
        )  # fmt: skip


@dataclass(frozen=True)
class DataEvidence(Evidence):
    """Data has no sentences to be held against: its figures are what counts, and the words are the model's.

    A sentence that cites it has to give a figure of it or share a word with it, and no figure that stands
    nowhere; one that does not cite it has to say something that only it can have said.
    """

    @cached_property
    def sentences(self) -> list[tuple[frozenset[str], bool]]:
        return []

    def supports(self, sentence: str, language: str, known: Set[str]) -> bool:
        own = (facts_in(sentence) & self.facts) - known
        return self.has_facts_of(sentence, known) and (
            bool(own) or super().supports(sentence, language, known)
        )

    def supports_when_cited(self, sentence: str, language: str, known: Set[str]) -> bool:
        if not self.has_facts_of(sentence, known):
            return False
        return bool(facts_in(sentence) & self.facts or stems_of(sentence, language) & self.stems)


def as_data(declared: Declared, data: Any, *, personal: bool = True) -> Any:
    """Without secrets and without addresses that nobody has vouched for; `personal`: with personal data."""
    data = without_secrets(data) if personal else redacted(data)
    if declared.takes and isinstance(data, Mapping):
        return {name: one if _is_address(one) else _without_addresses(one) for name, one in data.items()}
    return _without_addresses(data)


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and ADDRESS.fullmatch(value.strip()) is not None


def _without_addresses(data: Any) -> Any:
    if isinstance(data, str):
        return ADDRESS.sub(LEFT_OUT, data)
    if isinstance(data, Mapping):
        return {_without_addresses(str(name)): _without_addresses(one) for name, one in data.items()}
    return [_without_addresses(one) for one in data] if isinstance(data, list) else data
