"""What the world of the access tests lacks and a page may show: people on teams, labels put on, notes that
call somebody, reviews, pictures on cards, an answer with all that can hang on it."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from actions.bookings.models import Closure, Hours
from actions.models import Call, McpServer, Parameter, Taken, Tool
from conversations.models import (
    CannedReply,
    Conversation,
    Customer,
    Desk,
    LeftMessage,
    Mention,
    Message,
    Notification,
    Rating,
    ReplyDraft,
    SavedView,
)
from conversations.posting import record
from evaluation.models import Correction, Review, ReviewItem
from flows.models import Flow, FlowImport, FlowVersion, StepCount
from knowledge.models import Proposal
from tests.access.world import ADMIN, EDITOR, World


def furnish(world: World) -> None:
    me, editor = world.staff[ADMIN], world.staff[EDITOR]
    _talk(world, me, editor)
    _review(world, me, editor)
    _draw(world, me)
    _declare(world)
    _offer(world)
    Proposal.objects.update(author=editor)
    Call.objects.create(
        action=world.tool.key, tool=world.tool, conversation=str(world.carla.pk), key="2", state="declined",
        at=timezone.now(), decided_at=timezone.now(), decided_by=editor, reason="no",
    )  # fmt: skip
    world.gap.document, world.gap.assignee = world.public, editor
    world.gap.save()


def _talk(world: World, me: User, editor: User) -> None:
    world.team.members.add(me)
    world.carla.labels.add(world.label)
    Desk.objects.create(user=me)
    SavedView.objects.create(user=me, name="Mine", query="show=mine")
    CannedReply.objects.create(key="hello", title="Hello", texts={"en": "Hello"}, owner=me)
    with record(world.carla.pk) as writing:
        said = writing.post(kind=Message.Kind.CUSTOMER, text="Call me", client_id=uuid4())
        line = {"reason": "customer_request", "brief": {"said": ["Call me"]}}
        writing.post_event("person_requested", **line)
        note = writing.post(kind=Message.Kind.NOTE, text="@admin look", author=editor)
        writing.change(assignee=me, team=world.team, owner="person")
    LeftMessage.objects.create(conversation=world.carla, message=said, name="Carla", language="en")
    Mention.objects.create(message=note, user=me)
    ReplyDraft.objects.create(conversation=world.carla, question=said, state="ready", text="Yes.")
    Notification.objects.create(
        user=me, kind="mention", about=f"conversation:{world.carla.pk}", words="A note", link="/staff/",
        created_at=timezone.now(),
    )  # fmt: skip
    earlier = Conversation.objects.create(assistant=world.assistant, customer=world.carla.customer)
    Conversation.objects.filter(pk=earlier.pk).update(last_message_at=timezone.now(), last_words="Before")
    Customer.objects.filter(pk=world.carla.customer_id).update(language="fr")


def _review(world: World, me: User, editor: User) -> None:
    item = ReviewItem.objects.create(
        message=world.answer, reasons=["low_rating"], weight=1, asked_at=timezone.now(), assignee=editor,
        wanted=1, state="done",
    )  # fmt: skip
    for reviewer, verdict in ((me, "right"), (editor, "incorrect")):
        Review.objects.create(item=item, reviewer=reviewer, verdict=verdict, note="Look")
    Rating.objects.create(message=world.answer, score=-1, comment="Wrong")
    Correction.objects.filter(pk=world.correction.pk).update(
        cause="article", document=world.draft, scenario=world.scenario, author=editor, state="right",
        right_at=timezone.now(), wrote_document=True,
    )  # fmt: skip
    wrong = world.correction.message
    ReviewItem.objects.create(message=wrong, reasons=["declined"], weight=2, asked_at=timezone.now())
    Review.objects.create(item=wrong.review_item, reviewer=editor, verdict="incorrect")


def _draw(world: World, me: User) -> None:
    """A flow with pictures, walked, and the same in an import."""
    graph = dict(world.flow.draft)
    card = {"title": {"en": "A lamp", "fr": "Une lampe"}, "picture": str(world.card_picture.pk)}
    node = {"id": "hello", "kind": "say", "cards": [card], "next": "bye"}
    graph["nodes"] = [node, {"id": "bye", "kind": "say", "text": {"en": "Bye", "fr": "Salut"}}]
    Flow.objects.filter(pk=world.flow.pk).update(draft=graph, edited_by=me)
    version = FlowVersion.objects.get(flow=world.flow)
    StepCount.objects.create(
        version=version, day=timezone.localdate(), kind="begun", node="hello", count=1
    )  # fmt: skip
    world.flow_import.found |= {"flows": [{**graph, "key": "another"}, graph]}
    FlowImport.objects.filter(pk=world.flow_import.pk).update(found=world.flow_import.found)


def _declare(world: World) -> None:
    server = McpServer.objects.get()
    there = Tool.objects.create(key="of_a_server", name="Theirs", server=server, remote_name="theirs")
    for tool in (world.tool, there):
        Parameter.objects.create(tool=tool, name="order", label="Order")
        Taken.objects.create(tool=tool, name="status", path="status")


def _offer(world: World) -> None:
    world.service.people.add(world.bookable)
    Hours.objects.create(weekday=1, opens="09:00", closes="17:00", person=world.bookable)
    Closure.objects.create(
        first_day=timezone.localdate(), last_day=timezone.localdate(), name="Ill", person=world.bookable
    )
