"""The one door through which the product calls an address that a user gave.

Whoever may name an address may name one inside our network. So a name is looked up once, every address it has
is checked, and the connection is made to what was checked, at each redirect anew; what comes back is bounded
in bytes, once unpacked, and the whole of it in time. What is checked, and what is not, is told in
docs/decisions/0009-outgoing-and-crawling.md.
"""

from chatbot.outgoing.errors import REASONS, OutgoingError, in_words
from chatbot.outgoing.fetching import MEGABYTE, Fetched, fetch
from chatbot.outgoing.identity import NAME, user_agent
from chatbot.outgoing.targets import check_url

__all__ = [
    "MEGABYTE",
    "NAME",
    "REASONS",
    "Fetched",
    "OutgoingError",
    "check_url",
    "fetch",
    "in_words",
    "user_agent",
]
