"""How many tokens a line has, by tiktoken with OpenAI's encoding o200k_base. Pure.

tiktoken would fetch the encoding from the internet; it is kept here (`stock/`), so that nothing is asked of
anybody. Models of other makers count otherwise; what is said of tokens says which these are.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

ENCODING = "o200k_base"
STOCK = Path(__file__).parent / "stock" / f"{ENCODING}.xz"
# How the encoding cuts a text before it looks for tokens, and its special ones: as tiktoken has them.
ENDINGS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
PATTERN = "|".join(
    [
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+" + ENDINGS,
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*" + ENDINGS,
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)
SPECIAL = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}
A_MESSAGE = 3  # what stands around each, and once before the answer: as OpenAI's cookbook counts


def count(messages: Sequence[Mapping[str, str]]) -> int:
    texts = [text for message in messages for text in (message["role"], message["content"])]
    encoded = _encoding().encode_ordinary_batch(texts, num_threads=1)
    return sum(map(len, encoded)) + A_MESSAGE * (len(messages) + 1)


@cache
def _encoding() -> tiktoken.Encoding:
    """Half a second and some 60 MB: only where something is counted."""
    import tiktoken

    return tiktoken.Encoding(
        ENCODING, pat_str=PATTERN, mergeable_ranks=_ranks(), special_tokens=dict(SPECIAL)
    )


def _ranks() -> dict[bytes, int]:
    """Each token stands behind its length, a byte; its place is its rank."""
    stored, ranks, at = lzma.decompress(STOCK.read_bytes()), dict[bytes, int](), 0
    while at < len(stored):
        end = at + 1 + stored[at]
        ranks[stored[at + 1 : end]] = len(ranks)
        at = end
    return ranks
