"""The one exception that leaves this package, and how a provider's failures become it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite

from django.utils.translation import gettext_lazy as _

from .sdk import httpx2, openai


class ModelError(Exception):
    """A model did not do what it was asked.

    `code` names the reason (see `REASONS`), `permanent` says that asking again without changing something
    cannot help, `retry_after` is the number of seconds the provider asked us to wait, if it did.
    """

    def __init__(
        self, code: str, *, permanent: bool = False, retry_after: float | None = None, detail: str = ""
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.permanent = permanent
        self.retry_after = retry_after
        self.detail = detail


# What staff read beside a failure; the customer never sees these words.
REASONS = {
    "rate_limited": _("the provider asks for fewer requests"),
    "quota": _("the account at the provider has no credit left"),
    "unauthorised": _("the provider refuses the key"),
    "not_found": _("the provider does not know this model or address"),
    "bad_request": _("the provider does not accept the request"),
    "too_long": _("the conversation and its passages are longer than the model can read"),
    "server_error": _("the provider had an error of its own"),
    "unreachable": _("no connection to the provider"),
    "timeout": _("the model did not begin to answer in time"),
    "stalled": _("the model stopped in the middle of its answer"),
    "interrupted": _("the connection was cut in the middle of the answer"),
    "garbled": _("the provider sent something that is not valid"),
    "not_a_stream": _("the address answers, but not as a language model does"),
    "empty": _("the model answered nothing"),
    "over_budget": _("the answer took longer than it may"),
    "unavailable": _("the provider failed several times in a row and is left alone for a moment"),
    "invalid_output": _("the model did not keep to the form it was asked for"),
    "wrong_dimension": _("the embedding model gives vectors of another size than EMBEDDING_DIMENSIONS"),
    "not_configured": _("no model is configured for this"),
}

_BY_STATUS = {
    400: ("bad_request", True),
    401: ("unauthorised", True),
    402: ("quota", True),
    403: ("unauthorised", True),
    404: ("not_found", True),
    405: ("not_found", True),
    408: ("timeout", False),
    409: ("server_error", False),
    413: ("too_long", True),
    422: ("bad_request", True),
    429: ("rate_limited", False),
}
_BY_PROVIDER_CODE = {
    "context_length_exceeded": ("too_long", True),
    "exceed_context_size_error": ("too_long", True),
    "insufficient_quota": ("quota", True),
    "model_not_found": ("not_found", True),
    "invalid_api_key": ("unauthorised", True),
    "rate_limit_exceeded": ("rate_limited", False),
}
# In the words of vLLM and of llama.cpp, which calls it an error of its own.
_TOO_LONG = ("maximum context length", "too large to process")


@contextmanager
def provider_errors() -> Iterator[None]:
    """Turn whatever the SDK or its transport raises inside the block into a `ModelError`."""
    try:
        yield
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError, TimeoutError, OSError) as error:
        raise translate(error) from error


def translate(error: BaseException) -> ModelError:
    """The `ModelError` that says the same as this failure of the SDK, the transport or the clock."""
    if isinstance(error, openai.APIStatusError):
        return _from_status(error)
    if isinstance(error.__cause__, httpx2.ConnectTimeout):  # also what a closed connection looks like
        return ModelError("unreachable", detail=_reason(error))
    if isinstance(error, (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError)):
        return ModelError("timeout", detail=_reason(error))
    if isinstance(error, (openai.APIConnectionError, httpx2.ConnectError)):
        return ModelError("unreachable", detail=_reason(error))
    if isinstance(error, (httpx2.TransportError, httpx2.StreamError, OSError)):
        return ModelError("interrupted", detail=_reason(error))
    return ModelError("garbled", detail=_reason(error))


def from_payload(error: object) -> ModelError:
    """The failure described by an `{"error": …}` object that arrived where an answer was expected."""
    described = error if isinstance(error, dict) else {"message": str(error)}
    detail = str(described.get("message", ""))[:300]
    for name in (described.get("code"), described.get("type")):
        if name in _BY_PROVIDER_CODE:
            code, permanent = _BY_PROVIDER_CODE[str(name)]
            return ModelError(code, permanent=permanent, detail=detail)
        if isinstance(name, int) and name in _BY_STATUS:
            code, permanent = _BY_STATUS[name]
            return ModelError(code, permanent=permanent, detail=detail)
    return ModelError("server_error", detail=detail)


def _from_status(error: openai.APIStatusError) -> ModelError:
    code, permanent = _BY_STATUS.get(error.status_code, ("server_error", 300 <= error.status_code < 500))
    if any(words in error.message for words in _TOO_LONG):
        code, permanent = "too_long", True
    for name in (error.type, error.code):
        code, permanent = _BY_PROVIDER_CODE.get(name or "", (code, permanent))
    return ModelError(
        code,
        permanent=permanent,
        retry_after=_retry_after(error.response.headers),
        detail=f"HTTP {error.status_code} {error.message}"[:300],
    )


def _retry_after(headers: httpx2.Headers) -> float | None:
    """Seconds to wait as the provider says; dates and nonsense count as not said."""
    for name, divisor in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            seconds = float(headers[name]) / divisor
        except (KeyError, ValueError):
            continue
        if isfinite(seconds) and seconds >= 0:
            return seconds
    return None


def _reason(error: BaseException) -> str:
    cause = error.__cause__
    text = f"{error} ({cause})" if cause and str(cause) else str(error)
    return text[:300]
