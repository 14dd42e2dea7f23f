"""Background work of the conversations: ids in, one function called."""

from uuid import UUID

from celery import shared_task

from conversations import decisions, settling, suggesting
from conversations.attachments.forgetting import forget_unsent
from conversations.beginning import forget_empty_conversations
from conversations.drafts import asking, making
from conversations.inbox import searching, snoozing, summing_up
from conversations.inbox.all_of_list import asking as list_asking
from conversations.inbox.all_of_list import doing as list_doing
from conversations.leaving.sending import queue as reply_mails
from conversations.notifying import occasions
from conversations.notifying.sending import queue as notice_mails
from conversations.notifying.telling import forget_old
from conversations.transcripts.sending import queue as transcripts


@shared_task
def forget_empty() -> None:
    forget_empty_conversations()
    forget_unsent()
    forget_old()
    list_doing.forget_ended()


@shared_task(name=transcripts.task)
def send_transcript(mail_id: str) -> None:
    transcripts.send(UUID(mail_id))


@shared_task
def sweep_transcripts() -> None:
    transcripts.sweep()


@shared_task(name=reply_mails.task)
def send_reply(mail_id: str) -> None:
    reply_mails.send(UUID(mail_id))


@shared_task
def sweep_replies() -> None:
    reply_mails.sweep()


@shared_task(name=notice_mails.task)
def send_notices(mail_id: str) -> None:
    notice_mails.send(UUID(mail_id))


@shared_task
def sweep_notices() -> None:
    notice_mails.sweep()


@shared_task
def tell_what_is_due() -> None:
    occasions.tell_what_is_due()


@shared_task
def suggest_knowledge() -> None:
    suggesting.collect()


@shared_task
def tell_decisions() -> None:
    decisions.tell_decisions()


@shared_task
def wake_snoozed() -> None:
    snoozing.wake_due()


@shared_task
def settle_quiet() -> None:
    settling.settle_quiet()
    settling.close_quiet()


@shared_task
def gather_words() -> None:
    searching.gather_new()


@shared_task
def sum_up_waiting() -> None:
    summing_up.sum_up_waiting()


@shared_task(name=asking.TASK, soft_time_limit=70, time_limit=80)
def make_draft(draft_id: int) -> None:
    making.make(draft_id)


@shared_task
def sweep_drafts() -> None:
    making.sweep()


@shared_task(name=list_asking.TASK)
def go_on_with_list(work_id: int) -> None:
    list_doing.go_on(work_id)


@shared_task
def sweep_lists() -> None:
    list_doing.sweep()
