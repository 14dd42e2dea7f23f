"""What each number means: its name, the sentence that says so on the page, and which conversations it counts.

Pure, and the only place: the page, the exports and the lists of conversations behind numbers read it here; a
test holds docs/insights.md to it. `where` is about one row of the tally, called `t` (models.Tally).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DURABLE_DAYS = 7
UNHAPPY, HAPPY = 2, 4  # of 5: so low or lower, so high or higher
NOT_RESOLVED = "t.resolution IN ('', 'unhelped')"
ALONE = "t.replies = 0 AND t.resolution IN ('confirmed', 'assumed')"
A_WEEK_AGO = f"t.resolved_at <= now() - interval '{DURABLE_DAYS} days'"
BACK_WITHIN = f"t.reopened_at <= t.resolved_at + interval '{DURABLE_DAYS} days'"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of conversations. `of` is the measure that it is a share of."""

    key: str
    name: Promise
    meaning: Promise
    where: str
    of: str = "all"


MEASURES: dict[str, Measure] = {
    one.key: one
    for one in (
        Measure(
            "all",
            _("Conversations"),
            _("Conversations in which the customer said something, counted on the day of the first word."),
            "TRUE",
        ),
        Measure(
            "alone",
            _("Resolved without a person"),
            _(
                "Resolved, and no person answered: what customers confirmed and what is assumed, together. "
                "What staff closed without answering is not counted."
            ),
            ALONE,
        ),
        Measure(
            "confirmed",
            _("Confirmed"),
            _(
                "No person answered, and the customer said thanks or goodbye last, or found the last answer "
                "helpful."
            ),
            "t.replies = 0 AND t.resolution = 'confirmed'",
        ),
        Measure(
            "assumed",
            _("Assumed"),
            _("No person answered, and nothing more was said for a day after an answer."),
            "t.replies = 0 AND t.resolution = 'assumed'",
        ),
        Measure(
            "assisted",
            _("A person answered"),
            _("At least one reply of your staff, whatever came before or after it."),
            "t.replies > 0",
        ),
        Measure(
            "unresolved",
            _("Not resolved"),
            _(
                "Nobody confirmed that it is, it was not assumed, and staff have not closed it: it is open, "
                "or went quiet without help."
            ),
            NOT_RESOLVED,
        ),
        Measure(
            "resolved_once",
            _("Resolved at least once"),
            _("By the customer, by staff or by itself, even if it was opened again."),
            "t.resolved_at IS NOT NULL",
        ),
        Measure(
            "reopened",
            _("Opened again"),
            _(
                "The customer wrote again after it had been resolved. A share of those resolved at least "
                "once."
            ),
            "t.reopened_at IS NOT NULL",
            of="resolved_once",
        ),
        Measure(
            "resolved_a_week_ago",
            _("Resolved a week ago or earlier"),
            _("Long enough ago to say whether it lasted."),
            A_WEEK_AGO,
        ),
        Measure(
            "durable",
            _("Resolved for good"),
            _(
                "Not opened again within 7 days. A share of what was resolved a week ago or earlier: of the "
                "others nobody can say yet."
            ),
            f"{A_WEEK_AGO} AND ({BACK_WITHIN}) IS NOT TRUE",
            of="resolved_a_week_ago",
        ),
        Measure(
            "handed_over",
            _("Handed over"),
            _("A person was asked for, by the customer or by the assistant, whether or not one answered."),
            "cardinality(t.handoffs) > 0",
        ),
        Measure(
            "handed_over_later",
            _("Handed over after a question"),
            _("A person was asked for although the assistant had been asked something first."),
            "cardinality(t.handoffs) > 0 AND t.asked > 0",
        ),
        Measure(
            "left_open",
            _("Left open"),
            _("Not resolved now, and no person was asked for."),
            f"{NOT_RESOLVED} AND cardinality(t.handoffs) = 0",
        ),
        Measure(
            "asked",
            _("With a question"),
            _(
                "The assistant was asked something: a mere greeting or thanks and the steps of a flow are "
                "not questions."
            ),
            "t.asked > 0",
        ),
        Measure(
            "unanswered",
            _("With a question not answered"),
            _("At least one question was declined, asked back about, handed over, or failed."),
            "t.asked > t.answered",
            of="asked",
        ),
        Measure(
            "rated",
            _("With a rated answer"),
            _("The customer gave at least one answer a thumb up or down."),
            "t.up + t.down > 0",
        ),
        Measure(
            "rated_down",
            _("An answer was not helpful"),
            _("The customer gave at least one answer a thumb down."),
            "t.down > 0",
            of="rated",
        ),
        Measure(
            "rated_up",
            _("An answer was helpful"),
            _("The customer gave at least one answer a thumb up."),
            "t.up > 0",
            of="rated",
        ),
        Measure(
            "scored",
            _("Rated at the end"),
            _("The customer rated the whole conversation, from 1 (very bad) to 5 (very good)."),
            "t.score IS NOT NULL",
        ),
        Measure(
            "unhappy",
            _("Unhappy at the end"),
            _("The whole was rated 1 or 2 of 5."),
            f"t.score <= {UNHAPPY}",
            of="scored",
        ),
        Measure(
            "happy",
            _("Happy at the end"),
            _("The whole was rated 4 or 5 of 5."),
            f"t.score >= {HAPPY}",
            of="scored",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sum:
    """Something that is added up over conversations: questions, answers, thumbs."""

    key: str
    name: Promise
    meaning: Promise


SUMS: dict[str, Sum] = {
    one.key: one
    for one in (
        Sum(
            "asked",
            _("Questions"),
            _("Questions to the assistant, without small talk and the steps of flows."),
        ),
        Sum(
            "answered",
            _("Answered questions"),
            _("Questions that were answered from the knowledge or by a tool."),
        ),
        Sum("up", _("Thumbs up"), _("Answers that customers found helpful.")),
        Sum("down", _("Thumbs down"), _("Answers that customers found not helpful.")),
    )
}
# Shares and times that are no counts of conversations.
OTHERS: dict[str, tuple[Promise, Promise]] = {
    "coverage": (
        _("Coverage"),
        _(
            "Of all questions to the assistant, the share that it answered. Small talk and flows are left "
            "out."
        ),
    ),
    "satisfaction": (
        pgettext_lazy("of customers", "Satisfaction"),
        _("Of all answers that were rated, the share that customers found helpful. Few rate: see how many."),
    ),
    "first_word": (
        _("First word"),
        _(
            "From the customer’s question to the first word of the assistant’s answer: half of the answers "
            "were quicker than the median, one in twenty slower than the 95th percentile. At most five "
            "percent off."
        ),
    ),
    "full_answer": (
        _("Full answer"),
        _("From the customer’s question to the whole of the assistant’s answer, in the same way."),
    ),
    "tokens": (_("Tokens"), _("What models read and wrote for answers, as their providers counted.")),
    "cost": (
        _("Cost"),
        _(
            "Tokens at the prices that are set for the models. Answers of a model without a price cost "
            "nothing here."
        ),
    ),
    "worst": (
        _("Went badly"),
        _(
            "How many more conversations went badly than if this topic were like all others. The share of "
            "unhappy ratings counts for 60 %, not answered for 20 %, handed over after a question and left "
            "open for 10 % each. Each rating stands for several conversations, as few customers rate."
        ),
    ),
}
