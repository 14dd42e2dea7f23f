"""Two editors, an admin, and an article of a source whose changes need somebody else's approval."""

from __future__ import annotations

from accounts.models import User
from knowledge import proposing
from knowledge.models import Document, Proposal
from tests.knowledge.articles import RETURNS, publish

SIXTY = RETURNS.replace("thirty", "sixty")
CARRIER = RETURNS.replace("any post office", "any parcel shop")


def person(name: str, role: str = "editor") -> User:
    return User.objects.get_or_create(username=name, defaults={"role": role})[0]


def bo() -> User:
    return person("bo")


def cy() -> User:
    return person("cy")


def boss() -> User:
    return person("boss", "admin")


def guarded(**fields: object) -> Document:
    """Published, in a source whose changes need approval from now on."""
    document = publish(**fields)
    guard(document)
    return document


def guard(document: Document) -> None:
    document.source.needs_approval = True
    document.source.save(update_fields=["needs_approval"])


def said(document: Document) -> str:
    document.refresh_from_db()
    return document.body


def proposed(document: Document, body: str = SIXTY, *, by: User | None = None, **more: object) -> Proposal:
    """What somebody proposes; the article itself stays as it is."""
    changed = Document.objects.get(pk=document.pk)
    changed.body = body
    for name, value in more.items():
        setattr(changed, name, value)
    proposal = proposing.propose(changed, author=by or bo(), note="It is sixty now.")
    assert isinstance(proposal, Proposal), proposal
    return proposal
