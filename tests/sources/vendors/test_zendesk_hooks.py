"""Zendesk's webhooks: signed over moment and body, fresh, about tickets that are then fetched."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest

from deskbook.errors import AuthFailed, Unreadable
from tests.fakes.web import START
from tests.fakes.zendesk import moment

from .test_zendesk import Account

HUSH = "webhook-secret"
EVENT = {"type": "zen:event-type:ticket.status_changed", "id": "01H", "subject": "zen:ticket:7", "detail": {"id": "7"}}


@pytest.fixture
def account() -> Account:
    return Account()


def call(
    account: Account, said: Any, *, ago: float = 5, secret: str = HUSH, tamper: bytes = b"", **headers: str
) -> Any:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    at = moment(START - timedelta(seconds=ago))
    made = base64.b64encode(hmac.new(secret.encode(), at.encode() + body, hashlib.sha256).digest()).decode()
    given = {"x-zendesk-webhook-signature": made, "x-zendesk-webhook-signature-timestamp": at, **headers}
    return account.source(webhook_secret=HUSH).told(given, body + tamper)


def test_the_signature_is_that_of_zendesks_own_description(account: Account) -> None:
    """HMAC-SHA256 over timestamp and body without anything between, in base64: worked out by hand with openssl."""
    secret, at, body = "dGhpc19zZWNyZXQ=", "2026-11-02T07:59:55Z", b'{"ticket_id":"7"}'
    given = "oU/tkjbBDwA7J/rfvU9+/4YFIBK0Px0BgSKtv0/WjJ0="
    headers = {"x-zendesk-webhook-signature": given, "x-zendesk-webhook-signature-timestamp": at}
    assert account.source(webhook_secret=secret).told(headers, body).about == {"tickets": ["7"]}


@pytest.mark.parametrize(
    ("said", "tickets"),
    [(EVENT, ["7"]), ({"ticket_id": 12}, ["12"]), ({"ticket": {"id": "9"}}, ["9"]), (b"", [])],
)
def test_a_call_names_its_tickets(account: Account, said: Any, tickets: list[str]) -> None:
    assert call(account, said).about == {"tickets": tickets}


def test_an_event_is_known_by_its_id_and_a_triggers_own_words_by_the_moment(account: Account) -> None:
    assert call(account, EVENT).id == "01H" == call(account, EVENT, ago=7).id
    said = {"ticket_id": 7}
    assert call(account, said).id == call(account, said).id != call(account, said, ago=7).id


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"secret": "another"}, "does not fit"),
        ({"tamper": b" "}, "does not fit"),
        ({"x-zendesk-webhook-signature": ""}, "does not fit"),
        ({"x-zendesk-webhook-signature-timestamp": ""}, "does not fit"),
        ({"ago": 301}, "signed 301 s ago"),
        ({"ago": -301}, "signed 301 s from now"),
    ],
)
def test_a_bad_or_stale_signature_is_refused(account: Account, how: dict[str, Any], why: str) -> None:
    with pytest.raises(AuthFailed, match=why) as told:
        call(account, {"ticket_id": 7}, **how)
    assert HUSH not in str(told.value)


def test_without_a_secret_no_call_is_taken(account: Account) -> None:
    with pytest.raises(AuthFailed, match="has no webhook_secret"):
        account.source().told({}, b"{}")


@pytest.mark.parametrize("said", [b"no json", {"hello": "you"}, {"ticket_id": "../7"}])
def test_a_signed_call_that_names_no_ticket_is_said(account: Account, said: Any) -> None:
    with pytest.raises(Unreadable, match="the call is signed"):
        call(account, said)


def test_what_was_named_is_fetched_with_its_messages_and_history_as_a_pull_would(account: Account) -> None:
    pulled = account.pull()
    account.ticket(7, subject="Changed just now")
    cursor = {"tickets": {"after": "kept"}}
    pages = list(account.source().fetched([{"tickets": ["7", "8"]}, {"tickets": ["7"]}], cursor))
    assert all(page.cursor == cursor for page in pages)
    assert account.rows("tickets", pages)["7"]["subject"] == "Changed just now"
    for table in ("messages", "events", "reported"):
        whole = {name: row for name, row in account.rows(table, pulled).items() if row["ticket_id"] in ("7", "8")}
        assert account.rows(table, pages) == whole and whole, table


def test_a_named_ticket_that_is_not_there_any_more_is_gone_and_its_children_are_not_asked_for(account: Account) -> None:
    begun = len(account.fake.app.asked)
    pages = list(account.source().fetched([{"tickets": ["13"]}], {}))
    batches = [batch for page in pages for batch in account.source().normalise(page)]
    assert [one for batch in batches for one in batch.gone.to_pylist()] == ["13"]
    assert not [one for one in account.fake.app.asked[begun:] if "/13/" in one.url.path]


def test_nothing_named_is_nothing_asked(account: Account) -> None:
    assert list(account.source().fetched([{"tickets": []}], {})) == []
