"""Filters of the review pages."""

from __future__ import annotations

from django import template

from evaluation.reviews.rows import Reason

register = template.Library()


@register.filter
def review_reason(reason: str) -> str:
    return str(Reason(reason).label) if reason in Reason.values else reason
