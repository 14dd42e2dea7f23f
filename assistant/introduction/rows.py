"""The questions before the chat as staff set them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assistant.introduction.asked import CALLED, OF_THE_CUSTOMER, Asked, Kind

if TYPE_CHECKING:
    from assistant.models import Assistant

MOST = 6  # of one assistant
LONGEST_KEY = 50
KINDS = [
    (Kind.NAME.value, CALLED[Kind.NAME]),
    (Kind.EMAIL.value, CALLED[Kind.EMAIL]),
    (Kind.TEXT.value, _("Short text")),
    (Kind.CHOICE.value, _("One of several")),
]


class IntroductionQuestion(models.Model):
    """One question. Its words by language: `label` {"en": "Your order"}, `options` {"en": ["A", "B"]}."""

    assistant = models.ForeignKey(
        "assistant.Assistant", on_delete=models.CASCADE, related_name="introduction"
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS, default=Kind.TEXT.value)
    key = models.CharField(
        _("key"),
        max_length=LONGEST_KEY,
        blank=True,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9_]*\Z",
                _("Small letters, digits and underscores, a letter first: order_number"),
            )
        ],
    )
    required = models.BooleanField(_("an answer is needed"), default=False)
    label = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("question before the chat")
        verbose_name_plural = _("questions before the chat")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assistant", "key"],
                name="one_introduction_question_per_key",
                deferrable=models.Deferrable.DEFERRED,  # two may change their kinds in one form
            )  # fmt: skip
        ]

    def __str__(self) -> str:
        return str(next(filter(None, self.label.values()), "") or self.get_kind_display())

    @property
    def is_about_the_customer(self) -> bool:
        return self.kind in OF_THE_CUSTOMER

    def as_asked(self, assistant: Assistant) -> Asked:
        return Asked(
            key=self.key,
            kind=Kind(self.kind),
            required=self.required,
            label={code: text for code, text in self.label.items() if text},
            options={code: tuple(lines) for code, lines in self.options.items() if lines},
            languages=tuple(assistant.languages),
        )
