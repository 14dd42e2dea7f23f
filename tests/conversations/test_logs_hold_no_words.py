"""What customers say and who they are stands in no log, whatever the process and however much it tells."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from uuid import uuid4

import pytest

from accounts.models import User
from assistant.asking import ask
from assistant.models import Assistant
from conversations import suggesting
from conversations.handoff import reply_as_person, resolve
from conversations.models import Conversation, Customer, Message, Trace, Turn
from conversations.posting import record
from evaluation import checking, deciding
from evaluation.collecting import collect
from evaluation.models import Gap
from tests.assistant.conftest import write_articles
from tests.conversations import processes
from tests.conversations.client import Client
from tests.knowledge.articles import run_waiting_jobs
from tests.knowledge.intake.importing import do_jobs
from tests.remembering import remembered

CANARIES = (
    "canary.bird@secret.example",
    "+33 6 98 76 54 32",
    "FR76 3000 6000 0112 3456 7890 189",
    "5555 5555 5555 4444",
    "Quetzalina",
)
SAID = f"My name is {CANARIES[4]}, {', '.join(CANARIES[:4])}: may my parrot fly in your shop?"


def sung(log: str) -> list[str]:
    return [canary for canary in (*CANARIES, "parrot") if canary in log]


def test_web_process_and_responder_keep_silent(
    transactional_db: None, assistant: Assistant, tmp_path: Path
) -> None:
    web = processes.web(tmp_path, LOG_LEVEL="DEBUG")
    responder = processes.responder(tmp_path, LOG_LEVEL="DEBUG")

    async def talk(said: str) -> None:
        async with Client(web.port) as client:
            await client.connect()
            await client.ask(said)
            await client.until(lambda: bool(client.said("assistant") or client.failed))

    with processes.running(web, responder):
        for said in (SAID, f"no model {SAID}", f"crash {SAID}", f"show cards {SAID}"):
            asyncio.run(talk(said))
    log = web.log() + responder.log()
    assert "DEBUG" in log and sung(log) == []


@pytest.mark.django_db(transaction=True)
def test_replies_and_background_work_keep_silent(
    assistant: Assistant, marie: User, caplog: pytest.LogCaptureFixture
) -> None:
    remembered("articles", write_articles)
    caplog.set_level(logging.DEBUG)
    begun = Conversation.objects.create(
        assistant=assistant, customer=Customer.objects.create(name=CANARIES[4], email=CANARIES[0])
    )
    answer = ask(assistant, SAID).answer
    with record(begun.pk) as writing:
        question = writing.post(kind=Message.Kind.CUSTOMER, text=SAID)
        turn = Turn.objects.create(conversation=begun, question=question, state="done")
        message = writing.post(kind=Message.Kind.ASSISTANT, text=answer.text, turn=turn, outcome="declined")
    Trace.objects.create(message=message, route={"query": SAID})
    told = f"{CANARIES[4]}, parrots may fly in the shop while no customer is inside it."
    reply_as_person(conversation_id=begun.pk, user=marie, text=told, client_id=uuid4())
    resolve(conversation_id=begun.pk, user=marie)
    suggesting.collect()
    do_jobs()
    collect()
    deciding.answer(Gap.objects.get(), title="Parrots", body="They may fly.", language="en", author=marie)
    run_waiting_jobs()
    checking.check_due()
    assert sung(caplog.text) == []
