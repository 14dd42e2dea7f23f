"""Where a document's public page is. Every passage that is found names it, so it is worked out once."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.text import slugify


@lru_cache(maxsize=4096)
def page_address(document: int, language: str, title: str) -> str:
    slug = slugify(title)[:80] or "article"
    return reverse("knowledge:article", kwargs={"language": language, "pk": document, "slug": slug})
