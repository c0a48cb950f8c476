"""Deliveries by real servers and files: once to each address, and the log says what became of each."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.reports.deliver import Means, Office, Schedule, deliver, deliver_due, read_mail, read_schedules
from deskbook.store import Delivery, DeliveryLog, State

from .sinks import Mailbox, mail_sink, web_sink

SUNDAY = datetime(2026, 11, 1, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 2, 7, tzinfo=UTC)  # 08:00 in Berlin
VIEW = {"view": "cards", "to": ["csv"]}


class Post:
    """An office whose clock a test sets; files go below `folder`."""

    def __init__(self, book: Book, folder: Path, **environ: str) -> None:
        self.book, self.folder, self.now, self.environ = book, folder, SUNDAY, environ
        self.slept: list[float] = []
        self.mail: dict[str, Any] = {}
        self.database = f"sqlite:///{folder}/log.db"

    @property
    def office(self) -> Office:
        """A new one each time, as after a restart."""
        means = Means(
            workspace=self.folder,
            environ=self.environ,
            mail=read_mail(self.mail),
            clock=lambda: self.now,
            sleep=self.slept.append,
        )
        return Office(self.book, DeliveryLog(State(self.database).engine), means)

    def schedule(self, *send: dict[str, Any], **changed: Any) -> Schedule:
        values = {"name": "weekly", "page": "overview", "at": "0 8 * * mon", "zone": "Europe/Berlin", **VIEW, **changed}
        (made,) = read_schedules(
            [{**values, "send": list(send)}], dashboard="support", workspace=self.book.settings.workspace
        )
        return made

    def round(self, schedule: Schedule, now: datetime) -> list[Delivery]:
        self.now = now
        return deliver_due(self.office, [schedule])

    def log(self) -> list[Delivery]:
        return DeliveryLog(State(self.database).engine).recent("main")


@pytest.fixture
def post(synced: Book, tmp_path: Path) -> Post:
    return Post(synced, tmp_path)


@pytest.fixture
def mailbox(post: Post) -> Iterator[Mailbox]:
    with mail_sink() as box:
        post.mail = {"host": "127.0.0.1", "port": box.port, "from": "Deskbook <desk@example.com>", "tls": "none"}
        yield box


def outcomes(done: list[Delivery]) -> list[tuple[str, str]]:
    return [(one.key.channel, one.outcome) for one in done]


def test_a_report_goes_out_when_it_is_due_and_once(post: Post, mailbox: Mailbox) -> None:
    schedule = post.schedule({"email": ["lead@example.com", "b@example.com"]}, {"folder": "reports"})
    assert post.round(schedule, SUNDAY) == []
    assert outcomes(post.round(schedule, MONDAY)) == [("email", "sent"), ("folder", "sent")]
    assert post.round(schedule, MONDAY + timedelta(minutes=1)) == []
    assert [file.name for file in (post.folder / "reports").iterdir()] == ["weekly-2026-11-02T0700Z.csv"]
    assert mailbox.people == [["lead@example.com", "b@example.com"]]
    assert all(one.bytes and one.snapshot and len(one.digest) == 64 for one in post.log())


def test_a_letter_says_what_the_page_says_and_under_what(post: Post, mailbox: Mailbox, synced: Book) -> None:
    schedule = post.schedule({"email": ["lead@example.com"]}, to=["xlsx"], view="", parameters={"team": "Billing"})
    post.round(schedule, SUNDAY)
    post.round(schedule, MONDAY)
    (letter,) = mailbox.letters
    body = letter.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    count = synced.query("tickets_created", where="team = Billing", period="-28d").value()
    assert letter["Subject"].startswith("Overview: Billing · ") and f"Tickets created: {count}" in text
    assert f"Snapshot: {synced.snapshot}" in text and "Data to (UTC): 2026-10-31T" in text
    assert "due 2026-11-02 08:00 (Europe/Berlin)" in text and "tickets_created " in text
    assert [one.get_filename() for one in letter.iter_attachments()] == ["weekly-2026-11-02T0700Z.xlsx"]


def test_a_webhook_that_fails_twice_gets_it_at_the_third_try_under_one_key(post: Post) -> None:
    with web_sink(503, 429) as hook:
        post.environ = {"HOOK": hook.url, "KEY": "shh"}
        (done,) = deliver(post.office, post.schedule({"webhook": "{env(HOOK)}", "secret": "{env(KEY)}"}))
    assert (done.outcome, done.note) == ("sent", "by hand; status 200; sent at try 3")
    assert post.slept == [2, 4]
    headers, body = hook.got[-1]
    assert len({told["idempotency-key"] for told, _ in hook.got}) == 1 and len(hook.got) == 3
    assert headers["x-deskbook-signature"] == f"sha256={hmac.new(b'shh', body, hashlib.sha256).hexdigest()}"
    (file,) = hook.bodies[-1]["files"]
    rows = list(csv.DictReader(io.StringIO(base64.b64decode(file["base64"]).decode("utf-8-sig"))))
    assert rows[0]["Metric"] == "Tickets created" and hook.bodies[-1]["snapshot"] == done.snapshot


def test_a_failed_channel_keeps_no_other_from_being_sent_and_no_secret_is_logged(post: Post) -> None:
    with web_sink(500, 500, 500, 500, 500) as hook:
        post.environ = {"HOOK": hook.url}
        schedule = post.schedule({"webhook": "{env(HOOK)}"}, {"folder": "reports"})
        assert outcomes(deliver(post.office, schedule)) == [("webhook", "failed"), ("folder", "sent")]
        assert len(hook.got) == 4
    assert "Webhook {env(HOOK)} answered 500" in post.log()[1].error
    assert not any("secret" in repr(one) or "hidden" in repr(one) for one in post.log())


def test_no_redirect_is_followed(post: Post) -> None:
    with web_sink(307) as hook:
        post.environ = {"HOOK": hook.url}
        (done,) = deliver(post.office, post.schedule({"webhook": "{env(HOOK)}"}))
        assert (done.outcome, len(hook.got)) == ("failed", 1) and "a redirect; none is followed" in done.error


def test_a_secret_that_is_not_set_is_named_and_fails_the_delivery(post: Post) -> None:
    (done,) = deliver(post.office, post.schedule({"webhook": "{env(HOOK)}"}))
    assert done.outcome == "failed" and "needs the environment variable HOOK, which is not set" in done.error


def test_mail_that_is_refused_for_now_is_tried_again_and_for_good_is_not(post: Post) -> None:
    for answers, outcome, letters in ((["451 Busy"], "sent", 1), (["550 No"], "failed", 0)):
        with mail_sink(*answers) as box:
            post.mail = {"host": "127.0.0.1", "port": box.port, "from": "desk@example.com", "tls": "none"}
            post.now += timedelta(minutes=1)
            (done,) = deliver(post.office, post.schedule({"email": ["lead@example.com"]}))
            assert (done.outcome, len(box.letters)) == (outcome, letters)


def test_a_report_with_the_same_numbers_is_skipped_and_with_others_is_sent(post: Post) -> None:
    to = {"folder": "reports"}
    steps = (({}, "sent"), ({}, "skipped_unchanged"), ({"parameters": {"team": "Billing"}}, "sent"))
    for changed, outcome in steps:
        post.now += timedelta(minutes=1)
        (done,) = deliver(post.office, post.schedule(to, skip_unchanged=True, **changed))
        assert done.outcome == outcome
    assert len(list((post.folder / "reports").iterdir())) == 2


def test_a_report_goes_out_only_if_its_condition_holds_under_its_own_filters(post: Post, synced: Book) -> None:
    count = synced.query("tickets_created", where="team = Billing", period="2026-10").value()
    narrow = {"parameters": {"team": "Billing", "period": "2026-10"}}
    for limit, outcome in ((count, "condition_not_met"), (count + 1, "sent")):
        post.now += timedelta(minutes=1)
        schedule = post.schedule({"folder": "reports"}, only_if=f"tickets_created < {limit}", **narrow)
        (done,) = deliver(post.office, schedule)
        assert done.outcome == outcome
    assert f"tickets_created < {count}: it is {count}" in post.log()[1].note


def test_of_missed_times_the_last_is_sent_and_the_log_says_so(post: Post) -> None:
    schedule = post.schedule({"folder": "reports"})
    post.round(schedule, SUNDAY)
    (done,) = post.round(schedule, MONDAY + timedelta(weeks=3, hours=5))
    assert f"{done.key.due_at:%Y-%m-%d %H:%M}" == "2026-11-23 07:00"
    assert done.note.startswith("3 earlier times were missed")


def test_a_schedule_that_changes_its_time_or_address_is_not_due_for_what_is_past(post: Post) -> None:
    post.round(post.schedule({"folder": "reports"}), SUNDAY)
    for changed in (post.schedule({"folder": "other"}), post.schedule({"folder": "other"}, at="0 7 * * mon")):
        assert post.round(changed, MONDAY + timedelta(hours=1)) == []


def test_a_page_that_fails_is_a_failed_delivery_to_each_address(post: Post) -> None:
    schedule = post.schedule({"folder": "a"}, {"folder": "b"}, parameters={"period": "soon"})
    done = deliver(post.office, schedule)
    assert outcomes(done) == [("folder", "failed")] * 2 and "is no period" in done[0].error


def test_two_tenants_do_not_see_each_others_deliveries(post: Post) -> None:
    deliver(post.office, post.schedule({"folder": "reports"}))
    assert DeliveryLog(State(post.database).engine).recent("other") == [] != post.log()
