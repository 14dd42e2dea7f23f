"""Tokens, cookies and the one door to a conversation."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from django.core import signing
from django.http import Http404
from django.test import Client as Browser

from accounts.models import User
from assistant.models import Assistant
from conversations import tokens
from conversations.access import Visitor, get_conversation_for
from conversations.consumers.barring import GONE, SIGNED_OUT
from conversations.models import Conversation, Customer
from tests.conversations.client import PROTOCOL, Client


def token_for(conversation: Conversation) -> str:
    return tokens.make_token(conversation=conversation.pk, customer=conversation.customer_id, language="fr")


def test_a_token_names_the_conversation_the_customer_and_the_language(conversation: Conversation) -> None:
    grant = tokens.read_token(token_for(conversation))
    assert grant == tokens.Grant(conversation.pk, conversation.customer_id, "fr")


def test_a_token_is_a_legal_subprotocol(conversation: Conversation) -> None:
    assert set(token_for(conversation)) <= set(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )


@pytest.mark.parametrize("forged", ["", "x", "a.b.c", "é.b.c", "." * 5000])
def test_a_forged_token_is_no_token(forged: str) -> None:
    assert tokens.read_token(forged) is None


def test_a_token_of_another_purpose_is_no_token(conversation: Conversation) -> None:
    other = signing.TimestampSigner(salt="other", sep=".").sign_object({"c": conversation.pk.hex})
    assert tokens.read_token(other) is None


def test_an_old_token_says_so(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_for(conversation)
    monkeypatch.setattr(tokens, "TOKEN_AGE", -1)
    grant = tokens.read_token(token)
    assert grant and grant.expired


def test_customers_see_their_own_conversations_and_staff_see_all(
    conversation: Conversation, marie: User
) -> None:
    carla, somebody = Visitor(conversation.customer_id), Visitor(Customer.objects.create().pk)
    assert get_conversation_for(carla, conversation.pk) == conversation
    assert get_conversation_for(marie, conversation.pk) == conversation
    for actor, wanted in [(somebody, conversation.pk), (carla, uuid4()), (object(), conversation.pk)]:
        with pytest.raises(Http404):
            get_conversation_for(actor, wanted)
    User.objects.filter(pk=marie.pk).update(is_active=False)  # while she is signed in
    with pytest.raises(Http404):
        get_conversation_for(marie, conversation.pk)


def test_a_session_gives_a_cookie_and_resumes_with_it(assistant: Assistant) -> None:
    browser = Browser()
    first = browser.post("/chat/session/", {}, content_type="application/json")
    cookie = first.cookies[tokens.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    again = browser.post("/chat/session/", {}, content_type="application/json")
    assert again.json()["conversation"] == first.json()["conversation"]
    assert (Customer.objects.count(), Conversation.objects.count()) == (1, 1)


def test_a_new_conversation_is_begun_only_when_something_was_said(assistant: Assistant) -> None:
    browser = Browser()

    def session(**wanted: Any) -> str:
        return browser.post("/chat/session/", wanted, content_type="application/json").json()["conversation"]

    first = session()
    assert session(new=True) == first
    Conversation.objects.update(last_message_at="2026-01-01T00:00Z")
    assert session(new=True) != first


def test_a_forged_cookie_is_a_stranger(assistant: Assistant) -> None:
    customer = Customer.objects.create()
    browser = Browser()
    browser.cookies[tokens.COOKIE] = f"{customer.pk.hex}:forged:signature"
    browser.post("/chat/session/", {}, content_type="application/json")
    assert Conversation.objects.get().customer_id != customer.pk


@pytest.mark.parametrize("body", ["[", "[]", '{"new": "perhaps"}', '{"assistant": 7}'])
def test_a_session_asked_for_badly_is_a_bad_request(assistant: Assistant, body: str) -> None:
    response = Browser().post("/chat/session/", body, content_type="application/json")
    assert response.status_code == 400


def test_an_address_that_opens_too_many_sessions_is_asked_to_wait(
    assistant: Assistant, settings: Any
) -> None:
    settings.SESSIONS_PER_MINUTE_PER_ADDRESS = 3
    crowd, other = Browser(REMOTE_ADDR="2001:db8::1"), Browser(REMOTE_ADDR="2001:db8::2")
    answers = [crowd.post("/chat/session/", {}, content_type="application/json") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].json()["code"] == "too_fast"
    assert "wait" in answers[-1].json()["text"]
    assert answers[-1].headers["Retry-After"] == "60"
    assert other.post("/chat/session/", {}, content_type="application/json").status_code == 200


def test_a_session_needs_the_csrf_token(assistant: Assistant) -> None:
    browser = Browser(enforce_csrf_checks=True)
    assert browser.post("/chat/session/", {}, content_type="application/json").status_code == 403


def test_an_unknown_assistant_has_no_page(assistant: Assistant) -> None:
    browser = Browser()
    assert browser.get("/chat/nobody/").status_code == 404
    assert browser.post(
        "/chat/session/", {"assistant": "nobody"}, content_type="application/json"
    ).status_code == 404  # fmt: skip


async def status_of(url: str, *, protocols: tuple[str, ...] = (), **headers: str) -> int:
    async with aiohttp.ClientSession() as http:
        try:
            async with http.ws_connect(url, protocols=protocols, headers=headers) as socket:
                await socket.receive(timeout=5)
                return socket.close_code or 0
        except aiohttp.WSServerHandshakeError as refused:
            return refused.status


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost.evil.example"])
def test_another_site_may_not_open_a_socket(port: int, conversation: Conversation, origin: str) -> None:
    url = f"http://127.0.0.1:{port}/ws/chat/"
    offered = (PROTOCOL, token_for(conversation))
    assert asyncio.run(status_of(url, protocols=offered, Origin=origin)) == 403


def test_a_socket_without_a_token_is_refused(port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    assert asyncio.run(status_of(f"{base}/ws/chat/", Origin=base)) == 403


@pytest.mark.parametrize("path", ["inbox/", "6a1de8f2-9a41-4f0e-8a40-2d5bd4f1a001/"])
def test_staff_without_a_session_are_told_to_sign_in(port: int, path: str) -> None:
    base = f"http://127.0.0.1:{port}"
    assert asyncio.run(status_of(f"{base}/ws/staff/{path}", Origin=base)) == SIGNED_OUT


def test_a_conversation_of_somebody_else_is_as_one_that_is_gone(
    port: int, conversation: Conversation
) -> None:
    base = f"http://127.0.0.1:{port}"
    strangers = Customer.objects.create().pk
    for whose, which in [(strangers, conversation.pk), (conversation.customer_id, uuid4())]:
        token = tokens.make_token(conversation=which, customer=whose, language="en")
        assert asyncio.run(status_of(f"{base}/ws/chat/", protocols=(PROTOCOL, token), Origin=base)) == GONE


def test_a_conversation_that_is_deleted_meanwhile_takes_no_command(port: int) -> None:
    async def scenario() -> list[dict[str, Any]]:
        async with Client(port) as client:
            await client.connect()
            await client.until(lambda: bool(client.conversation))
            await asyncio.to_thread(delete_all)
            await client.ask("Hello")
            while await client.read_one():
                pass
            assert client.close_code == GONE
            return client.events("error")

    def delete_all() -> None:
        from django.db import connection

        Conversation.objects.all().delete()
        connection.close()

    # None where the page hears that it is gone before it is answered.
    assert [error["code"] for error in asyncio.run(scenario())] in ([], ["not_found"])
