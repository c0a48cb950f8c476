"""Intercom's webhooks: signed over the body as it came, fresh, and each about one thing."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest

from deskbook.errors import AuthFailed, Unreadable
from deskbook.sources import Hooked, LetIn
from tests.fakes.intercom import NOW, FakeIntercom

SECRET = "client-secret"


def body_of(topic: str = "conversation.admin.replied", item: Any = None, **more: Any) -> bytes:
    """A notification as Intercom sends it."""
    held = {"type": "conversation", "id": "215470"} if item is None else item
    told = {"type": "notification_event", "app_id": "sandbox", "id": "notif_1", "topic": topic, "created_at": NOW - 5}
    return json.dumps({**told, "data": {"type": "notification_event_data", "item": held}, **more}).encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    return {"x-hub-signature": "sha1=" + hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()}


def told(body: bytes, headers: dict[str, str] | None = None, **options: Any) -> Any:
    source = FakeIntercom().source(**{"webhook_secret": SECRET, **options})
    assert isinstance(source, Hooked) and isinstance(source, LetIn)
    return source.told(signed(body) if headers is None else headers, body)


def test_the_signature_is_sha1_hmac_of_the_raw_body() -> None:
    """The digest is what `openssl dgst -sha1 -hmac client-secret` makes of the body."""
    body = b'{"type" : "notification_event",  "id": "n", "topic": "ping"}'
    known = "543b46a94c8a1ab26e5882fa019165dfe159ddc0"
    assert told(body, {"x-hub-signature": f"sha1={known}"}).id == "n"
    respaced = json.dumps(json.loads(body)).encode()
    with pytest.raises(AuthFailed, match="does not fit the body"):
        told(respaced, {"x-hub-signature": f"sha1={known}"})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-hub-signature": ""},
        {"x-hub-signature": "sha1="},
        {"x-hub-signature": "sha1=" + "0" * 40},
        {"x-hub-signature": "sha1=é"},
        signed(body_of(), "another"),
        {"x-hub-signature": signed(body_of())["x-hub-signature"][5:]},
    ],
)
def test_a_signature_that_is_missing_or_wrong_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(AuthFailed) as said:
        told(body_of(), headers)
    assert SECRET not in str(said.value)


def test_without_a_secret_no_call_is_known_for_intercoms() -> None:
    with pytest.raises(AuthFailed, match="has no webhook_secret:"):
        told(body_of(), signed(body_of(), ""), webhook_secret="")


def test_an_oauth_apps_own_secret_signs_too() -> None:
    body = body_of()
    options = {"token": "", "client_id": "app", "client_secret": "hush", "webhook_secret": ""}
    assert told(body, signed(body, "hush"), **options).id == "notif_1"


@pytest.mark.parametrize("at", [NOW - 3_700, (NOW - 3_700) * 1_000, NOW + 400])
def test_a_stale_call_is_refused_by_its_own_moment(at: int) -> None:
    body = body_of(created_at=at)
    with pytest.raises(AuthFailed, match="Check the clock"):
        told(body)


@pytest.mark.parametrize("at", [None, NOW - 3_500, NOW + 200])
def test_a_call_that_is_repeated_for_a_while_is_taken(at: int | None) -> None:
    assert told(body_of(created_at=at)).about == {"conversation": "215470"}


@pytest.mark.parametrize(
    ("topic", "item", "about"),
    [
        ("conversation.user.created", {"type": "conversation", "id": "7"}, {"conversation": "7"}),
        ("conversation.admin.closed", {"type": "conversation", "id": 7}, {"conversation": "7"}),
        ("conversation.deleted", {"type": "conversation", "id": "7"}, {"deleted": "7"}),
        (
            "conversation_part.redacted",
            {"type": "conversation_part", "id": "9", "conversation": {"id": "7"}},
            {"conversation": "7"},
        ),
        ("conversation_part.tag.created", {"type": "conversation", "id": "7"}, {"conversation": "7"}),
        ("contact.user.updated", {"type": "contact", "id": "u1"}, {"contact": "u1"}),
        ("contact.tag.created", {"type": "contact_tag", "contact": {"id": "u1"}}, {"contact": "u1"}),
        ("company.created", {"type": "company", "id": "c1"}, {}),
        ("ping", {"type": "ping", "message": "hi"}, {}),
        ("conversation.user.replied", None, {}),
    ],
)
def test_a_topic_says_what_is_to_be_fetched(topic: str, item: Any, about: dict[str, str]) -> None:
    assert told(body_of(topic, {} if item is None else item)).about == about


def test_one_notification_has_one_id_however_often_it_is_told() -> None:
    first, again = told(body_of(delivery_attempts=1)), told(body_of(delivery_attempts=2))
    assert first.id == again.id == "notif_1"
    bare = body_of("ping", {}, id=None)
    assert told(bare).id == told(bare).id and len(told(bare).id) == 64


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'{"type": "other"}'])
def test_what_is_signed_and_no_notification_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable, match="no notification"):
        told(body)
