"""Editors hear in time of models that end, also of those that only a release names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assistant.models_in_use import models_in_use
from assistant.releases import serving
from assistant.releases.making import make
from conversations.models import Notification
from evaluation.releases.shutdowns import stage, tell_of_shutdowns
from llm.lifetimes import Lifetime, ask_lifetime

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("left", "told"), [(200, "known"), (31, "known"), (30, "30"), (8, "30"), (7, "7"), (1, "7"), (0, "gone")]
)
def test_each_stage_comes_in_its_time(left, told):
    assert stage(Lifetime("m", DAY), DAY - timedelta(days=left)) == told


def test_what_is_left_out_of_the_list_is_gone():
    assert stage(Lifetime("m", None, gone=True), DAY) == "gone"


def test_a_model_that_only_a_release_names_is_looked_after(ada, editor, settings, model_server):
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = ""
    release = make(ada, by=editor, models={"answer": "candidate"})
    assert [one.name for one in models_in_use()] == []
    serving.try_out(release, 10, by=editor)
    [(model, uses)] = models_in_use().items()
    assert model.name == "candidate" and "Ada, release 1" in str(uses[0])


def test_everybody_who_can_do_something_is_told_once_for_each_stage(ada, editor, settings, model_server):
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = model_server.url, "scripted-key"
    settings.ANSWER_MODEL = "candidate"
    ends = timezone.localdate() + timedelta(days=20)
    model_server.list_models(candidate=ends.isoformat())
    for model in models_in_use():
        ask_lifetime(model)
    assert tell_of_shutdowns() == tell_of_shutdowns() == 1
    [told] = Notification.objects.filter(user=editor, kind="shutdown")
    assert "candidate will be shut down on" in told.words
