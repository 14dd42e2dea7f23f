"""The rows of the world of the access tests, each as small as it can be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from actions.bookings.models import Booking, Closure, Hours, Person, Service
from actions.models import Call, McpServer, OpeningCalendar, Tool
from actions.sealing import seal, seal_data
from assistant.models import Assistant, Guidance
from assistant.releases import serving
from assistant.releases.making import make
from conversations.models import (
    CannedReply,
    Citation,
    Conversation,
    Customer,
    Introduction,
    Label,
    Message,
    SavedView,
    Team,
    Trace,
    Turn,
)
from conversations.posting import record
from evaluation import scenarios
from evaluation.models import Correction, Gap, GapQuestion, ReleasePolicy, Scenario, Suite
from evaluation.runs import asking as running
from evaluation.runs.ending import end_if_over
from evaluation.runs.sides import Side
from evaluation.scripted import Script
from evaluation.turned import Turned
from flows import publishing as flow_publishing
from flows.models import CardPicture, Flow, FlowImport
from insights.counting import count_changed
from insights.models import Tally, Topic
from knowledge.indexing import index_words
from knowledge.models import Chunk, Document, ImportItem, ImportRun, Source, Synonyms
from tests.access.search_rows import searched
from training.examples.settling import renew
from training.models import CustomerExample, Dataset, Example, FineTuning, Training


def guided() -> Guidance:
    """Editors write it, and agents read it where it was followed; customers never do."""
    return Guidance.objects.create(kind="rule", text="words-of-guidance", enabled=True)


def released(assistant: Assistant, editor: User) -> dict[str, Any]:
    """A release that customers get, with what it has to show."""
    release = make(assistant, note="words-of-a-release", by=editor)
    serving.publish(release, by=editor)
    ReleasePolicy.objects.create(assistant=assistant)
    return {"release": release}


def played(assistant: Assistant) -> dict[str, Any]:
    """A scenario in a suite, and a run of it that is over."""
    script = Script.model_validate({"name": "A greeting", "turns": [{"customer": "words-of-a-scenario"}]})
    suite = Suite.objects.create(name="Greetings")
    scenario = scenarios.keep(Scenario(suite=suite), script, author=None)
    run = running.ask([running.Wanted(script, "Greetings", scenario)], assistant, [Side()], by=None)
    said = [Turned("Good day", "answered", "words-of-a-scenario").as_json()]
    run.cases.update(state="done", passed=True, turned=said)
    end_if_over(run.pk)
    return {"scenario": scenario, "suite": suite, "evaluation_run": run}


def drawn() -> Flow:
    """A flow with a published version. Agents read what it is called, editors what it says."""
    texts = {"en": "words-of-a-flow", "fr": "words-of-a-flow"}
    nodes = [{"id": "hello", "kind": "say", "text": texts}]
    graph = flow_publishing.read(
        {"key": "hello", "name": {"en": "Hello", "fr": "Salut"}, "start": "hello", "nodes": nodes}
    )
    flow = flow_publishing.create_flow(graph, author=None)
    flow_publishing.publish(flow.pk, author=None)
    return flow


def sorted_by() -> dict[str, Any]:
    """What sorts the staff's conversations: a label, a team, a view of everybody."""
    return {
        "view": SavedView.objects.create(name="Everybody's", query="show=all"),
        "label": Label.objects.create(name="Returns"),
        "team": Team.objects.create(name="Returns"),
        "canned": CannedReply.objects.create(key="hi", title="Hi", texts={"en": "words-of-a-reply"}),
    }


def card_picture() -> CardPicture:
    return CardPicture.objects.create(data=b"", media_type="image/png", width=1, height=1)


def not_answered(question: Message) -> Gap:
    """What is missing in the knowledge, with Carla's question."""
    gap = Gap.objects.create(title="Lamps")
    GapQuestion.objects.create(
        gap=gap, message=question, text="question-of-carla", language="en", reason="declined",
        asked_at=question.created_at, vector=[1.0, 0.0], made_by="nobody",
    )  # fmt: skip
    return gap


def declared() -> dict[str, Any]:
    """A tool with a secret, a server inside (where nobody may call), and a call that waits for staff."""
    tool = Tool.objects.create(
        key="find_order", name="Find order", url="http://127.0.0.1/", secret=seal("secret-of-a-tool"),
        headers={"X-Shop": "words-in-a-header"},
    )  # fmt: skip
    call = Call.objects.create(
        action=tool.key, tool=tool, conversation="x", key="1", state="waiting", at=timezone.now(),
        given={"order": "argument-of-a-call"}, held=seal_data({"given": {"order": "argument-of-a-call"}}),
    )  # fmt: skip
    server = McpServer.objects.create(name="Inside", url="http://127.0.0.1/mcp")
    return {"tool": tool, "mcp_server": server, "call": call}


def passage_of(document: Document) -> Chunk:
    index_words(document.pk)
    passage = document.chunks.first()
    assert passage is not None
    return passage


def imported() -> dict[str, Any]:
    """An import that waits for a decision, and a site."""
    run = ImportRun.objects.create(
        source=Source.objects.create(name="Files", kind="imported"), state="review"
    )
    row = ImportItem.objects.create(
        run=run, number=0, state="new", external_id="lamps", language="en", title="Lamps",
        body="words-of-a-draft", fields={"audience": "everyone"},
    )  # fmt: skip
    site = Source.objects.create(name="Site", kind="web", location="https://shop.example/")
    synonyms = Synonyms.objects.create(english=["parcel", "package"], french=["colis"])
    return {"run": run, "row": row, "site": site, "synonyms": synonyms}


def flow_import() -> FlowImport:
    found: dict[str, Any] = {"flows": [], "report": [], "scenarios": [], "webhooks": []}
    return FlowImport.objects.create(what="bot.zip", found=found)


def bookings(conversation: Conversation) -> dict[str, Any]:
    """One that has begun; beside it a service and a person on which nothing hangs: they may be deleted.
    People are there at any hour."""
    OpeningCalendar.objects.create(of_company=True, week=[[["00:00", "00:00"]]] * 7)
    repair, anna = (
        Service.objects.create(key="repair", names={"en": "Repair"}),
        Person.objects.create(name="Anna"),
    )
    begun = timezone.now() - timedelta(minutes=30)
    booking = Booking.objects.create(
        key="carla", reference="HJKL-12345", service=repair, person=anna, starts_at=begun,
        ends_at=begun + timedelta(hours=1), span=(begun, begun + timedelta(hours=1)), name="Carla",
        email="carla@secret.example", note="note-of-a-booking", conversation_id=conversation.pk,
    )  # fmt: skip
    return {
        "booking": booking,
        "service": Service.objects.create(key="fitting", names={"en": "Fitting"}),
        "bookable": Person.objects.create(name="Bruno"),
        "hours": Hours.objects.create(weekday=0, opens="09:00", closes="17:00"),
        "closure": Closure.objects.create(first_day="2030-12-25", last_day="2030-12-25", name="Christmas"),
    }


FIELD = {"name": "day", "label": "Day", "kind": "date", "required": True, "choices": [], "written": ""}


def talk(luce: Assistant, customer: Customer, agent: User) -> tuple[Conversation, Turn, Message, Message]:
    """A question, its answer with source, options and trace, a note, and the line of an end."""
    begun = Conversation.objects.create(assistant=luce, customer=customer)
    with record(begun.pk) as writing:
        question = writing.post(kind=Message.Kind.CUSTOMER, text="question-of-carla", client_id=uuid4())
        turn = Turn.objects.create(conversation=begun, question=question, state="done")
        answer = writing.post(
            kind=Message.Kind.ASSISTANT, text="answer-for-carla [1]", turn=turn, outcome="answered",
            options=[{"label": "Yes", "text": "Yes, please"}],
            data={"asks": {"kind": "form", "fields": [FIELD]}},
        )  # fmt: skip
        writing.post(kind=Message.Kind.NOTE, text="note-among-staff", author=agent)
        ending = writing.post_event("resolved", author=agent, name="agent")
    Citation.objects.create(
        message=answer,
        number=1,
        title="Returns",
        url="/help/",
        language="en",
        passage="passage-behind-the-answer",
    )
    Trace.objects.create(
        message=answer, route={"prompt": [{"role": "user", "content": "prompt-in-the-trace"}]}
    )
    _asked_first(begun)
    begun.refresh_from_db()
    return begun, turn, answer, ending


def _asked_first(begun: Conversation) -> None:
    """One question that was answered before the chat, and one that nobody has to answer."""
    for key in ("order", "shop"):
        begun.assistant.introduction.create(kind="text", key=key, label={"en": key.title()})
    answered = {"key": "order", "value": "answer-before-the-chat", "label": {"en": "Order"}}
    Introduction.objects.create(conversation=begun, client_id=uuid4(), asked=["order"], answers=[answered])


def corrected(luce: Assistant) -> Correction:
    """Of an answer to somebody else; it is not right yet."""
    dora = Conversation.objects.create(assistant=luce, customer=Customer.objects.create(name="Dora"))
    with record(dora.pk) as writing:
        answer = writing.post(kind=Message.Kind.ASSISTANT, text="answer-for-dora", outcome="declined")
    return Correction.objects.create(
        message=answer, assistant=luce, question="Dogs?", right_answer="words-of-a-correction",
        language="en", cause="other",
    )  # fmt: skip


def begun_with() -> Topic:
    """What all who said something began with, counted."""
    count_changed()
    topic = Topic.objects.create(name="Returns", middle=[1.0], made_by="x")
    Tally.objects.update(topic=topic)
    return topic


def tuned() -> FineTuning:
    """It is under way at a provider, which told of it and could not be asked since."""
    row = FineTuning.objects.create(
        dataset_name="Autumn", host="models.example", base_model="base", state="running", job="ftjob-1",
        error="server_error", detail="words-of-a-provider", lines=12, price=3, next_poll_at=None,
    )  # fmt: skip
    for step in (1, 2):
        row.events.create(provider_id=str(step), message="words-of-a-provider", step=step, train_loss=1.0)
    row.checkpoints.create(provider_id="1", model="ft:base", step=2)
    return row


def trained(message: Message) -> dict[str, Any]:
    """A candidate with a text that it gets wrong, and a message that waits for a decision."""
    wrong = {"text": "words-of-an-example", "label": "hello", "began": ""}
    each = {"examples": 1, "right": 0, "missed": 1, "taken_for": {}}
    figures = {
        "right": 0.0,
        "begun": 0.0,
        "left_alone": 1.0,
        "samples": 2,
        "flows": 1,
        "each": {"hello": each},
    }
    report = {
        "mistakes": [wrong],
        "mixed": [["hello", "", 1]],
        "held_out": [wrong],
        "curve": {"folds": [[0.0, 1.0]] * 5, "flows": {"hello": [0] * 5}},
        "calibration": {
            "error": 0.1, "mended": 0.1, "temperature": 1.0,
            "parts": [{"likely": 0.5, "right": 1, "asked": 2}],
        },
        "compared": {
            "number": 1, "pairs": {"both": 1, "present": 1}, "left_out": 0, "better": [],
            "worse": [{**wrong, "before": "hello"}],
        },
    }  # fmt: skip
    return {
        "fine_tuning": tuned(),
        "training": Training.objects.create(
            state="candidate", why="worse", facts={"number": 1}, learned_from={"hello": {"en": 1}},
            figures=figures, report=report,
        ),
        "search_training": searched(),
        "example": CustomerExample.objects.create(message=message, text="words-of-an-example", language="en"),
        "learned": learned_from(message),
    }  # fmt: skip


def learned_from(message: Message) -> Example:
    """The only one of its dataset, which is ready all the same."""
    dataset = Dataset.objects.create(name="Autumn", assistant=message.conversation.assistant)
    said = [{"role": "user", "content": "words-of-an-example"}, {"role": "assistant", "content": "[NONE]"}]
    example = Example.objects.create(
        dataset=dataset, origin="review", conversation=message.conversation, message=message, language="en",
        question="words-of-an-example", asked="words-of-an-example", messages=said,
    )  # fmt: skip
    renew(dataset)
    Dataset.objects.filter(pk=dataset.pk).update(state="ready", why="")
    return example
