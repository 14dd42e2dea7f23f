"""What is known of a customer's words before flows look at them, and what they mean to the flows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.sent_files import SentFile
from flows.state import Heard


@dataclass(frozen=True)
class Words:
    """The customer's words. `begins` is the flow that they begin (`likely` of it), `close` those that may be
    meant; `courtesy` is what is said to a mere greeting or thanks. Of a `form` that was filled in `text` says
    the same in lines, and `beside` is what was said besides."""

    text: str
    begins: str = ""
    likely: float = 0.0
    close: tuple[str, ...] = ()
    courtesy: str = ""
    leaves: bool = False  # it was a goodbye
    wants_person: bool = False
    files: tuple[SentFile, ...] = ()
    form: Mapping[str, str] | None = None
    beside: str = ""


@dataclass(frozen=True)
class Interpreted:
    """`heard` is None where no flow is concerned: the message goes the way of all others. What is `certain`
    need not be asked of a model: a button, a value in its form."""

    heard: Heard | None
    certain: bool
