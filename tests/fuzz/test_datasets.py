"""Whatever a new dataset is asked to hold, it is made as far as its end."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.access.world import ADMIN, World
from tests.fuzz import training_forms
from tests.fuzz.test_forms import FORMS, filled_in, values
from tests.fuzz.values import fuzz
from training.examples import making
from training.examples.rows import Dataset


def test_whatever_a_dataset_is_asked_of_it_is_made(world: World) -> None:
    """As far as its end: made or refused, never stopped by what stands in a conversation."""
    path, browser, ended = "/staff/training/examples/new/", world.client(ADMIN), list[str]()
    valid = filled_in(path, world)

    @fuzz(30)
    @given(values(FORMS[path]) | st.fixed_dictionaries({}, optional=training_forms.CHOSEN))
    def make(form: dict[str, Any]) -> None:
        response = browser.post(path, valid | form)
        assert response.status_code in (302, 422), form
        if response.status_code == 302:
            dataset = Dataset.objects.latest("pk")
            making.make(dataset.pk)
            dataset.refresh_from_db()
            ended.append(dataset.state)
            assert browser.get(response["Location"]).status_code == 200

    make()
    assert len(ended) > 5 and set(ended) <= {"ready", "refused"}
