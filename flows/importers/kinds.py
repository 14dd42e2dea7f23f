"""Every importer, in the order in which they are asked: the first that claims a file reads it. Pure."""

from __future__ import annotations

from flows.importers.base import Importer
from flows.importers.rasa import RASA

IMPORTERS: tuple[Importer, ...] = (RASA,)
