"""Leave a failing provider alone for a moment, so that customers are not made to wait for it one by one."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from .errors import ModelError

FAILURES = 5
WINDOW = 30.0
REST = 30.0


class Breaker:
    """Opens after `FAILURES` within `WINDOW` seconds; after `REST` seconds lets one request try again.

    Keys are (base URL, model). One per process: each process finds out for itself, which costs at most
    `FAILURES` requests and needs nobody to agree.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures: dict[object, deque[float]] = defaultdict(lambda: deque(maxlen=FAILURES))
        self._open_until: dict[object, float] = {}

    @contextmanager
    def asking(self, key: object) -> Iterator[None]:
        """Around one request. Raises `ModelError("unavailable")` while the provider rests.

        A request that is cancelled, or rightly refused, says nothing of the provider: if it was the trial,
        the next one is.
        """
        self.check(key)
        told = False
        try:
            yield
            self.succeeded(key)
            told = True
        except ModelError as error:
            told = self.note(key, error)
            raise
        finally:
            if not told:
                self._let_another_try(key)

    def check(self, key: object) -> None:
        """Raise `ModelError("unavailable")` while the provider rests; otherwise let the caller through."""
        with self._lock:
            until = self._open_until.get(key)
            if until is None:
                return
            left = until - self._clock()
            if left > 0:
                raise ModelError("unavailable", retry_after=round(left, 1))
            # This caller is the trial; the others wait for what becomes of it.
            self._open_until[key] = self._clock() + REST

    def succeeded(self, key: object) -> None:
        with self._lock:
            self._failures.pop(key, None)
            self._open_until.pop(key, None)

    def note(self, key: object, error: ModelError) -> bool:
        """Count a failure of the provider. False for one that says nothing of its health."""
        if error.permanent or error.code in ("unavailable", "invalid_output"):
            return False
        now = self._clock()
        with self._lock:
            failures = self._failures[key]
            failures.append(now)
            if len(failures) == FAILURES and now - failures[0] <= WINDOW:
                self._open_until[key] = now + REST
        return True

    def _let_another_try(self, key: object) -> None:
        with self._lock:
            if key in self._open_until:
                self._open_until[key] = self._clock()

    def reset(self) -> None:
        with self._lock:
            self._failures.clear()
            self._open_until.clear()


breaker = Breaker()
