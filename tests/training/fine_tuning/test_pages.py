"""The pages of fine-tuning: what is said before anything is sent, while it goes on, and when it has ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Role, User
from tests.modelserver.control import ModelServer
from tests.training.fine_tuning.asking import PAGE, State, confirmed, shown, wish
from tests.training.fine_tuning.making import begun, chat_dataset, settled
from training.fine_tuning import words
from training.models import Dataset, FineTuning

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("role", "status"), [("agent", 403), ("editor", 200), ("admin", 200)])
def test_editors_see_them_and_administrators_begin_them(
    client: Client, provider: ModelServer, dataset: Dataset, role: str, status: int
) -> None:
    client.force_login(User.objects.create_user("anna", role=role))
    assert client.get(PAGE).status_code == status
    row = begun(dataset)
    assert client.get(f"{PAGE}{row.pk}/").status_code == status
    may = 200 if role == Role.ADMIN else 403
    assert client.get(PAGE + "new/").status_code == may
    assert client.post(f"{PAGE}{row.pk}/cancel/").status_code == (302 if role == Role.ADMIN else 403)


def test_before_there_is_one_it_says_what_it_is_for(
    client: Client, boss: User, provider: ModelServer
) -> None:
    page = shown(client)
    assert "No model was fine-tuned yet" in page and "It is not for knowledge" in page
    assert "Make a dataset" in page and "Begin a fine-tuning" not in page


def test_with_a_dataset_it_can_be_begun(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    page = shown(client)
    assert "Begin a fine-tuning" in page and "Make a dataset" not in page


def test_what_can_be_done_instead_stays_where_the_provider_has_refused(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    row = begun(dataset)
    assert "What you can do instead" not in shown(client)
    FineTuning.objects.filter(pk=row.pk).update(state="refused", error="training_not_available")
    for path in ("", "new/", f"{row.pk}/"):
        page = shown(client, path)
        assert page.count("What you can do instead") == 1 and "both need no training" in page
    assert "has refused the last fine-tuning" in shown(client)


def test_without_a_provider_it_says_what_to_do_instead(
    client: Client, boss: User, provider: ModelServer, settings: Settings, dataset: Dataset
) -> None:
    settings.OPENAI_BASE_URL = settings.OPENAI_API_KEY = ""
    for path in ("", "new/"):
        page = shown(client, path)
        assert "FINE_TUNING_BASE_URL" in page and "train a LoRA" in page and "OPENAI_BASE_URL" in page


def test_of_openai_it_says_that_it_refuses_most_and_soon_all(
    client: Client, boss: User, provider: ModelServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OPENAI_BASE_URL = ""
    monkeypatch.setattr(words, "OPENAI_ENDS", timezone.localdate() + timedelta(days=1))
    assert "ends it for all on 6 January 2027" in shown(client)
    monkeypatch.setattr(words, "OPENAI_ENDS", timezone.localdate())
    assert "OpenAI has accepted no new fine-tuning" in shown(client)


def test_without_a_dataset_it_says_to_make_one(client: Client, boss: User, provider: ModelServer) -> None:
    assert "There is no dataset that is ready" in shown(client, "new/")


def test_before_anything_is_sent_it_says_how_much_to_whom_and_for_how_much(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    page = shown(client, "estimate/", data=wish(dataset, n_epochs="4"))
    assert "1,440" in page and "360 × 4 times" in page, "of 12 examples of 30 tokens, four times"
    assert "0.04" in page and "at 25.00 for a million tokens" in page
    assert "15 texts of conversations are sent to 127.0.0.1" in page
    assert provider.log()["total"] == 0, "nobody was asked for that"


def test_a_price_that_is_not_known_is_said_to_be_unknown(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset, settings: Settings
) -> None:
    settings.FINE_TUNING_PRICES = {"gpt*": 3}
    page = shown(client, "estimate/", data=wish(dataset))
    assert "unknown" in page and "FINE_TUNING_PRICES" in page


def test_a_base_model_that_ends_soon_says_when(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL = ""
    page = shown(client, "estimate/", data=wish(dataset, model="gpt-4.1-mini-2025-04-14"))
    assert "gpt-4.1-mini-2025-04-14" in page and "What is made from it ends with it" in page


def test_it_is_begun_when_what_would_be_sent_was_confirmed(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    given = confirmed(client, wish(dataset, n_epochs="2", suffix="shop"))
    response = client.post(PAGE + "new/", given)
    row = FineTuning.objects.get()
    assert response.headers["Location"] == f"{PAGE}{row.pk}/"
    assert (row.by, row.hyperparameters, row.suffix) == (boss, {"n_epochs": 2}, "shop")
    assert settled(row).state == State.SUCCEEDED


def test_what_was_not_confirmed_or_has_changed_since_is_not_sent(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    given = confirmed(client, wish(dataset))
    dataset.examples.first().delete()
    for sent in (wish(dataset), given, wish(dataset) | {"confirmed": "yes"}):
        response = client.post(PAGE + "new/", sent)
        assert response.status_code == 422 and "nothing was sent yet" in response.content.decode()
    assert not FineTuning.objects.exists() and provider.log()["total"] == 0


def test_what_was_confirmed_stays_so_while_it_is_the_same(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset
) -> None:
    given = confirmed(client, wish(dataset))
    assert " checked" in shown(client, "estimate/", data=given | {"n_epochs": "2"})
    dataset.examples.first().delete()
    assert " checked" not in shown(client, "estimate/", data=given)
    assert " checked" not in shown(client, "estimate/", data=wish(dataset))


WRONG = [
    ({"model": ""}, "Name the model that is to learn."),
    ({"model": "two words"}, "The name of a model has no spaces."),
    ({"dataset": "999"}, "Choose a dataset that is ready."),
    ({"n_epochs": "0"}, "greater than or equal to 1"),
    ({"n_epochs": "two"}, "Enter a whole number"),
    ({"learning_rate_multiplier": "nan"}, "Enter a number"),
    ({"beta": "0.1"}, "Beta is for pairs"),
    ({"suffix": "my shop!"}, "Letters, digits, hyphens and underscores"),
    ({"seed": "-1"}, "greater than or equal to 0"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_what_cannot_be_is_said_beside_its_field(
    client: Client, boss: User, provider: ModelServer, dataset: Dataset, wrong: dict[str, str], said: str
) -> None:
    response = client.post(PAGE + "new/", wish(dataset) | wrong)
    assert response.status_code == 422 and said in response.content.decode()


def test_too_few_examples_are_said_before(client: Client, boss: User, provider: ModelServer) -> None:
    few = chat_dataset("Few", lines=9)
    assert "fewer than ten examples" in shown(client, "estimate/", data=wish(few))
    response = client.post(PAGE + "new/", wish(few))
    assert response.status_code == 422 and "fewer than ten examples" in response.content.decode()


def test_models_are_offered_where_the_provider_lists_them(
    client: Client, boss: User, provider: ModelServer, settings: Settings
) -> None:
    provider.list_models(**{"base-1": "2027-03-01"})
    page = shown(client, "models/")
    assert '<option value="base-1">' in page and "2027-03-01" in page
    provider.list_models()
    assert "Type the name" in shown(client, "models/")
    settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
    assert "Type the name" in shown(client, "models/")
