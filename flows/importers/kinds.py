"""Every importer, in the order in which they are asked: the first that claims a file reads it. Pure."""

from __future__ import annotations

from flows.importers.base import Importer
from flows.importers.botpress import BOTPRESS
from flows.importers.botpress_cloud import BOTPRESS_CLOUD
from flows.importers.causerie import CAUSERIE
from flows.importers.dialogflow_cx import DIALOGFLOW_CX
from flows.importers.dialogflow_es import DIALOGFLOW_ES
from flows.importers.rasa import RASA
from flows.importers.typebot import TYPEBOT

IMPORTERS: tuple[Importer, ...] = (
    CAUSERIE,
    RASA,
    DIALOGFLOW_CX,
    DIALOGFLOW_ES,
    BOTPRESS,
    BOTPRESS_CLOUD,
    TYPEBOT,
)
