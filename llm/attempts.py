"""Whether a failed request may be repeated: at most one declared retry, and never past the budget."""

from .errors import ModelError
from .limits import limits

# Requests per reply. The tests hold "requests ≤ replies × ATTEMPTS".
ATTEMPTS = 2


def delay_before_retry(error: ModelError, *, attempt: int, left: float) -> float | None:
    """Seconds to wait before asking again, or None when this failure is final.

    `left` is what remains of the budget: a provider that asks for more patience than that is not waited for.
    """
    if attempt >= ATTEMPTS or error.permanent or error.code in ("unavailable", "over_budget"):
        return None
    wait = limits().retry_delay if error.retry_after is None else error.retry_after
    return wait if wait < left else None
