"""The page of one fine-tuning: while it goes on, when it has ended, and what went wrong."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from assistant.models import Assistant
from background import listing
from background.filters import Filters
from tests.modelserver.control import ModelServer
from tests.training.fine_tuning.asking import PAGE, State, confirmed, shown, wish
from tests.training.fine_tuning.making import begun, settled, sweep, until
from training.models import Dataset, FineTuning

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_while_it_goes_on_the_page_shows_losses_and_events(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    provider.tune(steps=1500, pace=600)
    row = until(begun(dataset), State.RUNNING)
    assert "data-running" in shown(client, f"{row.pk}/")
    FineTuning.objects.update(next_poll_at=timezone.now())
    row = sweep(row)
    page = shown(client, f"{row.pk}/", headers={"HX-Request": "true"})
    assert "<html" not in page and "<polyline" in page and "Step 600/1500" in page
    assert "Step 600 of 1,500" in page and "<progress" in page


def test_when_it_has_learned_it_leads_to_the_comparison(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    row = settled(begun(dataset))
    page = shown(client, f"{row.pk}/")
    assert "data-running" not in page
    assert f'href="/staff/evaluation/?model={quote(row.tuned_model, safe="")}"' in page
    assert f'href="/staff/releases/?model={quote(row.tuned_model, safe="")}#make-title"' in page
    Assistant.objects.create(name="Ada", slug="ada", languages=["en"], is_default=True)
    offered = client.get("/staff/releases/", {"model": row.tuned_model})
    assert offered.context["form"]["model"].value() == row.tuned_model
    assert f'<option value="{row.tuned_model}">' in offered.text
    form = client.get("/staff/evaluation/", {"model": row.tuned_model}).context["form"]
    values = {name: form[name].value() for name in ("version", "model", "against")}
    assert values == {"version": "model", "model": row.tuned_model, "against": "present"}


def test_a_model_of_another_host_says_what_to_set_first(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset, settings: Settings
) -> None:
    row = settled(begun(dataset))
    settings.OPENAI_BASE_URL, settings.FINE_TUNING_BASE_URL = "https://answers.example/v1", provider.url
    page = shown(client, f"{row.pk}/")
    assert "your answers come from elsewhere" in page and "/staff/evaluation/?model=" not in page


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("training_not_available", "does not offer fine-tuning to your organisation"),
        ("quota", "no credit left"),
        ("invalid_file", "does not accept the file: line 1"),
        ("moderation", "rules on content"),
        ("retired", "has shut this model down"),
        ("vanish", "does not know this job any more"),
        ("no_endpoint", "no fine-tuning at this address"),
    ],
)
def test_what_went_wrong_is_said_with_what_to_do_instead(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset, fault: str, said: str
) -> None:
    provider.tune(fault=fault)
    row = settled(begun(dataset))
    page = shown(client, f"{row.pk}/")
    assert said in page and "Try again" in page
    elsewhere = fault in ("training_not_available", "no_endpoint")
    assert ("What you can do instead" in page) == elsewhere
    if row.state == State.REFUSED:
        assert "nothing is charged" in page


def test_it_is_tried_again_with_what_was_asked_for(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    provider.tune(fault="quota")
    row = settled(begun(dataset, hyperparameters={"n_epochs": 7}, seed=11))
    response = client.get(PAGE + "new/", {"from": row.pk})
    page = response.content.decode()
    assert 'value="7"' in page and 'value="11"' in page and response.context["seal"]
    provider.tune()
    again = wish(dataset, previous=str(row.pk), n_epochs="7")
    client.post(PAGE + "new/", confirmed(client, again))
    assert FineTuning.objects.get(previous=row).hyperparameters == {"n_epochs": 7}


@pytest.mark.parametrize("before", ["", "x", "9" * 30, "0", "١"])
def test_trying_again_what_there_is_not_begins_anew(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset, before: str
) -> None:
    assert client.get(PAGE + "new/", {"from": before}).status_code == 200


def test_it_is_cancelled_by_a_click(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    row = until(begun(dataset), State.RUNNING)
    page = client.post(f"{PAGE}{row.pk}/cancel/", follow=True).content.decode()
    assert "as soon as the provider says so" in page
    assert settled(row).state == State.CANCELLED
    page = client.post(f"{PAGE}{row.pk}/cancel/", follow=True).content.decode()
    assert "could not be cancelled" in page


def test_the_words_of_a_provider_are_shown_and_not_run(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    provider.tune(fault="status", status=400, on="create", message="<script>alert(1)</script>")
    row = settled(begun(dataset))
    assert "<script>alert" not in shown(client, f"{row.pk}/")


def test_it_stands_among_the_jobs_and_can_be_looked_at_from_there(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    row = until(begun(dataset), State.RUNNING)
    provider.tune(fault="status", status=500, on="job")
    FineTuning.objects.update(next_poll_at=timezone.now())
    sweep(row)
    [job] = listing.newest(Filters(kind="fine-tuning"))[0]
    assert job.state == "failed"
    provider.tune()
    before = FineTuning.objects.get().next_poll_at
    client.post(f"/staff/jobs/fine-tuning/{row.pk}/retry/")
    after = FineTuning.objects.get().next_poll_at
    assert before and after and after < before


def test_in_french_every_state_and_reason_has_words(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    boss.language = "fr"
    boss.save()
    provider.tune(fault="training_not_available")
    row = settled(begun(dataset))
    page = client.get(f"{PAGE}{row.pk}/", headers={"Accept-Language": "fr"}).content.decode()
    assert "Ce que vous pouvez faire à la place" in page and "votre organisation" in page
