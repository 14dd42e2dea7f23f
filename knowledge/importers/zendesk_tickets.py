"""Zendesk tickets: the public comments of each are a conversation. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.importers.base import Files
from knowledge.importers.entries import Entry, Look, entries, look, objects
from knowledge.importers.talk import Talk, as_found, is_over, role_of, score, when, words
from knowledge.loaders.base import Found, Place, Refused, Said
from untrusted.folders import folder, stem
from untrusted.shapes import first_text, mapping, mappings, text, texts, within

TICKET = {"id", "requester_id", "status"}
Roles = dict[str, str]  # of users by their ids
Comments = dict[str, list[dict[str, Any]]]  # by the ticket they belong to


def is_tickets(seen: Look) -> bool:
    return any(seen.has(*TICKET, of=name) for name in ("tickets", "")) or seen.has(
        "id", "comments", "requester"
    )


def _is_comments(seen: Look) -> bool:
    return seen.has("author_id", "body", "public", of="comments")


def comment_files(files: Files, names: list[str]) -> set[str]:
    """What the API gives for one ticket; which one, only the file's name says."""
    return {name for name in names if _is_comments(look(files, name)) and _ticket_in(name)}


def _ticket_in(name: str) -> str:
    numbers = re.findall(r"\d+", stem(name)) or re.findall(r"\d+", folder(name).rsplit("/", 1)[-1])
    return numbers[-1] if numbers else ""


def user_roles(files: Files, names: list[str]) -> Roles:
    return {
        text(user.get("id")): role_of(user.get("role"))
        for name in names
        if look(files, name).has("id", "role", of="users")
        for _, user in objects(entries(files, name, "users"))
    }


def load_tickets(files: Files, names: list[str], roles: Roles) -> Iterator[Found]:
    apart: Comments = {}
    places: dict[str, str] = {}
    tickets = [name for name in names if is_tickets(look(files, name))]
    for name in names:
        if _is_comments(look(files, name)) and name not in tickets:
            found = [comment for _, comment in objects(entries(files, name, "comments"))]
            apart.setdefault(_ticket_in(name), []).extend(found)
            places[_ticket_in(name)] = name
    for name in tickets:
        for one in entries(files, name, "tickets"):
            yield from _ticket(one, apart, roles)
    for key, comments in apart.items():  # those of which no ticket knew
        yield Refused(Place(places[key]), "no_ticket", {"number": len(comments)})


def _ticket(one: Entry | Refused, apart: Comments, roles: Roles) -> Iterator[Found]:
    if isinstance(one, Refused):
        yield one
        return
    place, ticket = one
    key = text(ticket.get("id"))
    comments = mappings(ticket.get("comments")) or apart.pop(key, [])
    yield from as_found(
        Talk(
            place,
            f"zendesk:{key}",
            _said(ticket, comments, roles),
            language=text(within(ticket, "requester", "locale")),
            resolved=is_over(ticket.get("status")),
            satisfaction=score(mapping(ticket.get("satisfaction_rating")).get("score")),
            tags=tuple(texts(ticket.get("tags"))),
        )
    )


def _said(ticket: dict[str, Any], comments: list[dict[str, Any]], roles: Roles) -> list[Said]:
    if not comments:
        # The description is the customer's first comment.
        return [Said("customer", words(ticket.get("description")), when(ticket.get("created_at")))]
    return [
        Said(_role(ticket, comment, roles), _comment(comment), when(comment.get("created_at")))
        for comment in comments
        if comment.get("public") is not False
    ]


def _comment(comment: dict[str, Any]) -> str:
    return words(first_text(comment, ("plain_body", "html_body", "body")))


def _role(ticket: dict[str, Any], comment: dict[str, Any], roles: Roles) -> str:
    author = text(comment.get("author_id"))
    asking = {text(ticket.get("requester_id")), text(within(ticket, "requester", "id"))} - {""}
    if author in asking:
        return "customer"
    return roles.get(author) or role_of(within(comment, "author", "role")) or "agent"
