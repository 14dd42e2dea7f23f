"""Trainings of search, as the page of jobs lists them (chatbot/jobs.py)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from training.search.register import REGISTER
from training.trainings.jobs import kind_of

KIND = kind_of(
    REGISTER,
    key="search",
    title=_("Learning from saved questions how to search"),
    revived=_("Whether one is to be gone on with is looked at three times a minute."),
    cure=_(
        "It is gone on with by itself three times a minute. Until then, search goes on as it was. Look at "
        "the embedding model in the settings."
    ),
)
