"""What there is to be kept apart: two customers with a conversation each, staff of every role, articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from accounts.models import Role, User
from actions.bookings.models import Booking, Closure, Hours, Person, Service
from actions.models import Call, McpServer, Tool
from assistant.models import Assistant, Guidance, Release
from conversations.models import (
    Attachment,
    CannedReply,
    Citation,
    Conversation,
    Customer,
    Label,
    Message,
    SavedView,
    Team,
    Turn,
)
from conversations.tokens import COOKIE, remember_customer
from evaluation.models import Correction, Gap, Run, Scenario, Suite
from flows.models import CardPicture, Flow, FlowImport
from insights.models import Topic
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
from tests.access.rows import (
    begun_with,
    bookings,
    card_picture,
    corrected,
    declared,
    drawn,
    flow_import,
    guided,
    imported,
    not_answered,
    passage_of,
    played,
    released,
    sorted_by,
    talk,
    trained,
)
from tests.conversations.kept_files import kept_file
from tests.knowledge.articles import publish
from training.models import CustomerExample, Example, FineTuning, SearchTraining, Training

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
    "answer-before-the-chat": AGENT,
    "words-for-staff-only": AGENT,
    "note-of-a-booking": AGENT,
    "words-of-a-draft": EDITOR,
    "question-of-the-model": EDITOR,
    "words-of-a-flow": EDITOR,
    "words-of-a-scenario": EDITOR,
    "words-of-guidance": AGENT,
    "words-of-a-reply": AGENT,
    "words-of-a-correction": AGENT,
    "boss@secret.example": ADMIN,
    "words-in-a-header": ADMIN,
    "argument-of-a-call": EDITOR,
    "words-of-an-example": EDITOR,
    "words-of-a-release": EDITOR,
    "words-of-a-provider": EDITOR,
}
# What Carla has read on her own page.
HERS = {"question-of-carla", "answer-for-carla", "words-in-a-file"}
# What changes with every request that is allowed, and says nothing.
RESTLESS = {"last_seen_at", "last_login", "here_at"}
LABELS = (
    *("accounts", "assistant", "bookings", "conversations", "knowledge", "llm", "admin", "evaluation"),
    *("flows", "actions", "insights", "training"),
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
    suite: Suite
    evaluation_run: Run
    guidance: Guidance
    file: Attachment
    card_picture: CardPicture
    view: SavedView
    label: Label
    team: Team
    canned: CannedReply
    correction: Correction
    topic: Topic
    training: Training
    fine_tuning: FineTuning
    search_training: SearchTraining
    example: CustomerExample
    release: Release
    learned: Example

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
        **played(luce), guidance=guided(), correction=corrected(luce),
        topic=begun_with(), file=kept_file(turn.question), card_picture=card_picture(), **sorted_by(),
        **trained(turn.question), **released(luce, staff[EDITOR]),
        finding=Finding.objects.create(
            kind="contradiction", document=public, other=draft, said="words-of-a-draft", mark="1"
        ),
    )  # fmt: skip


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
