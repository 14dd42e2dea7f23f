"""The files that list the forms and query strings of one place each."""

from tests.fuzz import booking_forms, flow_forms, guidance_forms, inbox_forms, review_forms, scenario_forms

APART = (booking_forms, flow_forms, guidance_forms, inbox_forms, review_forms, scenario_forms)
