"""The process that answers: it leases turns, runs replies side by side, and stores what comes of them."""

from conversations.responder.service import Responder

__all__ = ["Responder"]
