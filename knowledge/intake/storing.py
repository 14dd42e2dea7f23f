"""Write a document of an import into the knowledge base."""

from __future__ import annotations

from accounts.models import User
from knowledge import publishing
from knowledge.intake.items import Item
from knowledge.models import Category, Document

COPIED = (
    *("external_id", "language", "title", "description", "body", "url", "audience", "path"),
    *("keywords", "questions"),
)


def store(
    item: Item,
    document: Document,
    *,
    author: User | None,
    content_hash: str = "",
    imported: bool = True,
    approved_by: User | None = None,
) -> Document:
    """Take over an item's content and save it; the caller asks for the indexing of its source.

    `content_hash` is that of the item as it came, by which the next import knows whether it has changed.
    `imported` is False when staff have worked on it on its way: then the next import asks before it wins.
    """
    for name in COPIED:
        setattr(document, name, getattr(item, name))
    document.content_hash = content_hash or item.content_hash
    document.category = _category(item)
    document.status = Document.Status.DRAFT if item.draft else Document.Status.PUBLISHED
    publishing.save_document(document, author=author, index=False, imported=imported, approved_by=approved_by)
    return document


def _category(item: Item) -> Category | None:
    if not item.category:
        return None
    return Category.objects.get_or_create(name=item.category, language=item.language)[0]
