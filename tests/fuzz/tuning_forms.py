"""The forms and query strings of fine-tuning, for tests/fuzz/test_forms.py."""

from __future__ import annotations

from typing import Any

FIELDS = "dataset model n_epochs batch_size learning_rate_multiplier beta suffix seed previous confirmed from"
QUERIES = {
    "/staff/training/fine-tuning/": "page",
    "/staff/training/fine-tuning/new/": "from dataset",
    "/staff/training/fine-tuning/estimate/": FIELDS,
}
FORMS = {
    "/staff/training/fine-tuning/new/": FIELDS,
    "/staff/training/fine-tuning/{fine_tuning}/cancel/": "user",
    "/staff/training/fine-tuning/{fine_tuning}/look/": "user",
    "/hooks/fine-tuning/": "id data",
}
VALID: dict[str, dict[str, Any]] = {
    "/staff/training/fine-tuning/new/": {"model": "base", "n_epochs": "3", "suffix": "shop", "seed": "1"},
}
