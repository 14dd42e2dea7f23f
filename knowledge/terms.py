"""Words as search counts them: BM25 as two sparse vectors whose inner product is the score.

A document's side holds the length-normalised frequency of each term, a question's side how rare the term is.
Every word counts twice, half each: as its stem ("printers" finds "printer") and as itself, because stems
alone lose names and short words. Accents are folded, since people leave them out.
"""

import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import Stemmer

TERM_SPACE = 2**29
K1 = 1.2
B = 0.75
TITLE_COUNTS = 2

STOCK = Path(__file__).parent / "stock"
WORD = re.compile(r"[^\W_]+")
# Outside of what FURTHER finds (a few scripts and punctuation), the accents are the only marks that combine.
ACCENTS = re.compile("[\u0300-\u036f]+")
FURTHER = re.compile("[^\\x00-\u0482\u2000-\u20cf]")
COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]{1,3}(?:-[^\W\d_]+)(?![\w-])")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "cs": "czech", "pl": "polish", "fa": "persian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def tokenise(text: str) -> list[str]:
    """Lower-case words without accents; runs of Chinese, Japanese or Korean become pairs of characters."""
    return [part for word in WORD.findall(fold(text)) for part in _parts(word)]


def fold(text: str) -> str:
    """In small letters, without accents. Every word that is indexed or asked for goes through here."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", _without_marks(unicodedata.normalize("NFKD", folded)))


def _without_marks(decomposed: str) -> str:
    if FURTHER.search(decomposed):
        return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return ACCENTS.sub("", decomposed)


def _parts(word: str) -> list[str]:
    if UNSPACED.search(word):
        return [word[at : at + 2] for at in range(len(word) - 1)]
    return [word]


@cache
def stop_words(language: str) -> frozenset[str]:
    path = STOCK / f"stopwords_{language}.txt"
    return frozenset(path.read_text().split()) if path.exists() else frozenset()


@cache
def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    algorithm = ALGORITHMS.get(language)
    return Stemmer.Stemmer(algorithm) if algorithm in Stemmer.algorithms() else None


def content_words(text: str, language: str) -> list[str]:
    """The words of a text that say what it is about; "wi-fi" also counts as "wifi"."""
    stop = stop_words(language)
    compounds = [compound.split("-") for compound in COMPOUND.findall(fold(text))]
    joined = ["".join(parts) for parts in compounds if not stop.intersection(parts)]
    return [word for word in tokenise(text) if word not in stop] + joined


def stem_words(words: list[str], language: str) -> list[str]:
    stemmer = _stemmer(language)
    return stemmer.stemWords(words) if stemmer else words


def count_terms(text: str, language: str) -> Counter[str]:
    """Terms of a text: each word's stem, and "=" with the word itself."""
    words = content_words(text, language)
    return Counter(stem_words(words, language)) + Counter("=" + word for word in words)


def count_passage_terms(*, title: str, extra: str, text: str, language: str) -> Counter[str]:
    """Terms of a passage: its title counts twice; `extra` is what describes it (headings, keywords)."""
    counts = count_terms(f"{extra}\n{text}", language)
    for term, count in count_terms(title, language).items():
        counts[term] += TITLE_COUNTS * count
    return counts


def term_id(term: str) -> int:
    """A number from 1 to `TERM_SPACE`, the same on every machine."""
    return zlib.crc32(term.encode()) % TERM_SPACE + 1


def passage_weights(counts: Mapping[str, int], average_length: float) -> dict[int, float]:
    """A passage's side of BM25 by term id. Lengths are in words: half the number of terms."""
    length = sum(counts.values()) / 2
    base = K1 * (1 - B + B * length / (average_length or length or 1))
    weights: dict[int, float] = {}
    for term, count in counts.items():
        weights[term_id(term)] = count * (K1 + 1) / (count + base)
    return weights


def inverse_frequency(passages: int, with_term: int) -> float:
    return math.log(1 + (passages - with_term + 0.5) / (with_term + 0.5))


def question_weights(
    counts: Mapping[str, float], frequencies: Mapping[int, int], passages: int
) -> dict[int, float]:
    """A question's side of BM25, divided by the best score a passage could reach: the product is 0 to 1.

    A word that no passage has counts in full, so that a question of unknown words scores low.
    """
    rarity = {
        term: weight * inverse_frequency(passages, frequencies.get(term_id(term), 0))
        for term, weight in counts.items()
    }
    ideal = (K1 + 1) * sum(rarity.values())
    return {term_id(term): value / ideal for term, value in rarity.items()} if ideal else {}


def mix_counts(parts: Iterable[tuple[float, Mapping[str, int]]]) -> dict[str, float]:
    """Weighted terms of several texts, for instance the last question and the whole conversation."""
    mixed: dict[str, float] = {}
    for share, counts in parts:
        for term, count in counts.items():
            mixed[term] = mixed.get(term, 0.0) + share * (1 if count else 0)
    return mixed
