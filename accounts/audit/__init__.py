"""The trail of what staff did: `record` is the only way in, and nothing in it is changed afterwards."""

from accounts.audit.recording import record
from accounts.audit.words import Action

__all__ = ["Action", "record"]
