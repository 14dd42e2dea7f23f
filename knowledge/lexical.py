"""The baseline that search has to beat: BM25 over whole articles in memory, stop words out, no stemming."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from knowledge.chunking import plain_text
from knowledge.models import Document
from knowledge.terms import stop_words, tokenise

K1, B = 1.2, 0.75


class LexicalIndex:
    """`articles` are (external id, text, language). Build once, then `search`."""

    def __init__(self, articles: Iterable[tuple[str, str, str]]) -> None:
        self.ids: list[str] = []
        self.lengths: list[int] = []
        self.postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for external_id, text, language in articles:
            self._add(external_id, [word for word in tokenise(text) if word not in stop_words(language)])
        self.average = sum(self.lengths) / len(self.lengths) if self.lengths else 1.0

    @classmethod
    def of_sources(cls, sources: frozenset[int] | None) -> LexicalIndex:
        documents = Document.objects.published()
        if sources is not None:
            documents = documents.filter(source__in=sources)
        return cls(
            (document.external_id, f"{document.title}\n{plain_text(document.body)}", document.language)
            for document in documents.iterator()
        )

    def _add(self, external_id: str, words: list[str]) -> None:
        number = len(self.ids)
        self.ids.append(external_id)
        self.lengths.append(len(words))
        for word, count in Counter(words).items():
            self.postings[word].append((number, count))

    def search(self, text: str, limit: int = 10) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for word in set(tokenise(text)):
            matches = self.postings.get(word, [])
            rarity = math.log(1 + (len(self.ids) - len(matches) + 0.5) / (len(matches) + 0.5))
            for number, count in matches:
                base = K1 * (1 - B + B * self.lengths[number] / self.average)
                scores[number] += rarity * count * (K1 + 1) / (count + base)
        return [self.ids[number] for number in heapq.nlargest(limit, scores, key=lambda at: scores[at])]
