"""The files that list the forms and query strings of one place each."""

from tests.fuzz import (
    assistant_forms,
    booking_forms,
    flow_forms,
    guidance_forms,
    inbox_forms,
    release_forms,
    review_forms,
    scenario_forms,
    training_forms,
    tuning_forms,
)

APART = (
    assistant_forms,
    booking_forms,
    flow_forms,
    guidance_forms,
    inbox_forms,
    release_forms,
    review_forms,
    scenario_forms,
    training_forms,
    tuning_forms,
)
