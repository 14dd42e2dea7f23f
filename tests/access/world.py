"""What there is to be kept apart: two customers with a conversation each, staff of every role, articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from actions.bookings.models import Booking, Closure, Hours, Person, Service
from actions.models import Call, McpServer, Tool
from actions.sealing import seal, seal_data
from assistant.models import Assistant
from conversations.models import Attachment, Citation, Conversation, Customer, Message, Trace, Turn
from conversations.posting import record
from conversations.tokens import COOKIE, remember_customer
from evaluation import scenarios
from evaluation.models import Gap, GapQuestion, Scenario
from evaluation.scripted import Script
from flows import publishing as flow_publishing
from flows.models import Flow, FlowImport
from knowledge.indexing import index_words
from knowledge.models import (
    Category,
    Chunk,
    Document,
    Finding,
    ImportItem,
    ImportRun,
    Job,
    Proposal,
    Source,
    Synonyms,
    WrittenQuestions,
)
from tests.conversations.kept_files import kept_file
from tests.knowledge.articles import publish

NOBODY, CARLA, BRUNO = "nobody", "Carla", "Bruno"
AGENT, EDITOR, ADMIN = str(Role.AGENT), str(Role.EDITOR), str(Role.ADMIN)
ACTORS = [NOBODY, CARLA, BRUNO, AGENT, EDITOR, ADMIN]
RANK = {NOBODY: 0, CARLA: 0, BRUNO: 0, AGENT: 1, EDITOR: 2, ADMIN: 3}
# What stands in rows and must reach nobody below a role.
SECRETS = {
    "question-of-carla": AGENT,
    "words-in-a-file": AGENT,
    "answer-for-carla": AGENT,
    "passage-behind-the-answer": AGENT,
    "note-among-staff": AGENT,
    "prompt-in-the-trace": AGENT,
    "carla@secret.example": AGENT,
    "words-for-staff-only": AGENT,
    "note-of-a-booking": AGENT,
    "words-of-a-draft": EDITOR,
    "question-of-the-model": EDITOR,
    "words-of-a-flow": EDITOR,
    "words-of-a-scenario": EDITOR,
    "boss@secret.example": ADMIN,
    "words-in-a-header": ADMIN,
    "argument-of-a-call": EDITOR,
}
# What Carla has read on her own page.
HERS = {"question-of-carla", "answer-for-carla", "words-in-a-file"}
# What changes with every request that is allowed, and says nothing.
RESTLESS = {"last_seen_at", "last_login"}
LABELS = (
    *("accounts", "assistant", "bookings", "conversations", "knowledge", "llm", "admin", "evaluation"),
    *("flows", "actions"),
)


@dataclass
class World:
    staff: dict[str, User]
    carla: Conversation
    bruno: Conversation
    answer: Message
    ending: Message
    turn: Turn
    public: Document
    draft: Document
    inside: Document
    assistant: Assistant
    retired: Assistant
    job: Job
    category: Category
    run: ImportRun
    row: ImportItem
    site: Source
    synonyms: Synonyms
    gap: Gap
    finding: Finding
    chunk: Chunk
    proposal: Proposal
    flow_import: FlowImport
    booking: Booking
    service: Service
    bookable: Person
    hours: Hours
    closure: Closure
    tool: Tool
    mcp_server: McpServer
    call: Call
    flow: Flow
    scenario: Scenario
    file: Attachment

    def client(self, actor: str) -> Client:
        browser = Client(raise_request_exception=False)
        if actor in self.staff:
            browser.force_login(self.staff[actor])
        elif actor != NOBODY:
            browser.cookies[COOKIE] = cookie_of(self.conversation_of(actor).customer_id)
        return browser

    def conversation_of(self, customer: str) -> Conversation:
        return {CARLA: self.carla, BRUNO: self.bruno}[customer]


def cookie_of(customer: UUID) -> str:
    response = HttpResponse()
    remember_customer(response, customer)
    return response.cookies[COOKIE].value


def build() -> World:
    staff = {role: User.objects.create_user(role, role=role, email=f"{role}@shop.example") for role in Role}
    User.objects.create_user("boss", role=ADMIN, email="boss@secret.example")
    luce = Assistant.objects.create(name="Luce", slug="luce", languages=["en"], is_default=True)
    retired = Assistant.objects.create(name="Old", slug="old", languages=["en"], active=False)
    category = Category.objects.create(name="Shelf", language="en")
    public = publish("Returns", category=category)
    draft = publish("Sale", "## Soon\n\nwords-of-a-draft")
    Document.objects.filter(pk=draft.pk).update(status="draft")
    carla, turn, answer, ending = talk(
        luce, Customer.objects.create(name="Carla", email="carla@secret.example"), staff[AGENT]
    )
    # The answer saw the public article before it was changed, and staff may look at that.
    Citation.objects.update(document=public, revision=public.revisions.get())
    WrittenQuestions.objects.create(document=public, questions=["question-of-the-model"])
    proposal = Proposal.objects.create(
        document=public, base=public.revisions.get(), title="Returns", body="words-of-a-draft",
        fields={"audience": "everyone"}, note="words-of-a-draft", author=staff[EDITOR],
    )  # fmt: skip
    bruno = Conversation.objects.create(assistant=luce, customer=Customer.objects.create(name="Bruno"))
    return World(
        staff=staff, carla=carla, bruno=bruno, answer=answer, ending=ending, turn=turn, public=public,
        draft=draft,
        inside=publish("Margins", "## Ours\n\nwords-for-staff-only", audience="staff"),
        assistant=luce, retired=retired, job=Job.objects.first(), category=category,
        gap=not_answered(turn.question), **imported(), **bookings(carla), **declared(),
        chunk=passage_of(public), proposal=proposal, flow_import=flow_import(), flow=drawn(),
        scenario=scripted(),
        file=kept_file(turn.question),
        finding=Finding.objects.create(
            kind="contradiction", document=public, other=draft, said="words-of-a-draft", mark="1"
        ),
    )  # fmt: skip


def scripted() -> Scenario:
    script = Script.model_validate({"name": "A greeting", "turns": [{"customer": "words-of-a-scenario"}]})
    return scenarios.keep(Scenario(), script, author=None)


def drawn() -> Flow:
    """A flow with a published version."""
    texts = {"en": "words-of-a-flow", "fr": "words-of-a-flow"}
    nodes = [{"id": "hello", "kind": "say", "text": texts}]
    graph = flow_publishing.read({"key": "hello", "name": texts, "start": "hello", "nodes": nodes})
    flow = flow_publishing.create_flow(graph, author=None)
    flow_publishing.publish(flow.pk, author=None)
    return flow


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
    """One that has begun; beside it a service and a person on which nothing hangs: they may be deleted."""
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


def talk(luce: Assistant, customer: Customer, agent: User) -> tuple[Conversation, Turn, Message, Message]:
    """A question, its answer with source, options and trace, a note, and the line of an end."""
    begun = Conversation.objects.create(assistant=luce, customer=customer)
    with record(begun.pk) as writing:
        question = writing.post(kind=Message.Kind.CUSTOMER, text="question-of-carla", client_id=uuid4())
        turn = Turn.objects.create(conversation=begun, question=question, state="done")
        answer = writing.post(
            kind=Message.Kind.ASSISTANT, text="answer-for-carla [1]", turn=turn, outcome="answered",
            options=[{"label": "Yes", "text": "Yes, please"}],
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
    begun.refresh_from_db()
    return begun, turn, answer, ending


def secrets_seen(text: str, actor: str) -> list[str]:
    """What stands in the text and is not for this actor."""
    theirs = HERS if actor == CARLA else set()
    return [
        secret
        for secret, least in SECRETS.items()
        if secret in text and secret not in theirs and RANK[actor] < RANK[least]
    ]


def state_of_everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the product's own tables."""
    kept: dict[str, list[tuple[Any, ...]]] = {}
    for label in LABELS:
        for model in apps.get_app_config(label).get_models():
            names = [field.attname for field in model._meta.concrete_fields if field.name not in RESTLESS]
            kept[model._meta.label] = list(model._default_manager.order_by("pk").values_list(*names))
    return kept
