"""Transcripts by e-mail: sent by the queue of mails, and whoever still looks is told when one was not."""

from __future__ import annotations

from chatbot.mail_queue import MONTH, MailQueue
from chatbot.mailing import Mail
from conversations.event_lines import TRANSCRIPT_FAILED
from conversations.models import TranscriptMail
from conversations.posting import record
from conversations.transcripts.writing import mail_of


class Transcripts(MailQueue[TranscriptMail]):
    rows = TranscriptMail
    task = "conversations.tasks.send_transcript"
    related = ("conversation__assistant",)
    kept = MONTH
    forgotten = {"email": ""}  # where it was to go is needed for nothing else

    def written(self, row: TranscriptMail) -> Mail:
        return mail_of(row)

    def given_up(self, row: TranscriptMail) -> None:
        """Whoever still looks at the conversation can do something else."""
        with record(row.conversation_id) as writing:
            writing.post_event(TRANSCRIPT_FAILED)


queue = Transcripts()
