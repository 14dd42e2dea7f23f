"""Every importer, in the order in which they are asked: the first that claims a file reads it. Pure.

Whole projects come first, then what one system alone writes, then what anybody may have written.
"""

from __future__ import annotations

from knowledge.importers.articles_json import ARTICLES_JSON
from knowledge.importers.base import Importer
from knowledge.importers.botpress import BOTPRESS
from knowledge.importers.chatwoot import CHATWOOT
from knowledge.importers.conversations import CONVERSATIONS
from knowledge.importers.conversations_csv import CONVERSATIONS_CSV
from knowledge.importers.dialogflow_cx import DIALOGFLOW_CX
from knowledge.importers.dialogflow_es import DIALOGFLOW_ES
from knowledge.importers.intents_json import INTENTS_JSON
from knowledge.importers.intercom import INTERCOM
from knowledge.importers.rasa import RASA
from knowledge.importers.rasa_tracker import RASA_TRACKER
from knowledge.importers.zammad import ZAMMAD
from knowledge.importers.zendesk import ZENDESK

IMPORTERS: tuple[Importer, ...] = (
    RASA,
    DIALOGFLOW_CX,
    DIALOGFLOW_ES,
    BOTPRESS,
    ZENDESK,
    INTERCOM,
    CHATWOOT,
    ZAMMAD,
    RASA_TRACKER,
    INTENTS_JSON,
    CONVERSATIONS,
    CONVERSATIONS_CSV,
    ARTICLES_JSON,
)
