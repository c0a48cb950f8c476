"""What people subscribe to on a page: kept like saved filters, read like schedules, sent only where it may go."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from deskbook.access import LOCAL, Actor
from deskbook.apps.dashboards import find_dashboards
from deskbook.apps.deliveries import everything_of
from deskbook.apps.pages import find_pages
from deskbook.book import Book
from deskbook.errors import AccessDenied, ConfigError, DeskbookError, Overtaken, UnknownName
from deskbook.reports.deliver import Subscriptions, dashboard_of, deliver_due, open_office, read_permits
from deskbook.settings import Settings

MIA, NOAH = Actor("mia", frozenset({"viewer"})), Actor("noah", frozenset({"lead"}))
SUNDAY = datetime(2026, 11, 1, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 2, 7, tzinfo=UTC)  # 08:00 in Berlin
GOOD: dict[str, Any] = {
    "page": "overview", "parameters": {"team": "Billing"}, "to": ("csv",), "at": "0 8 * * mon",
    "zone": "Europe/Berlin", "folder": "billing",
}  # fmt: skip


class House:
    """The synced desk under settings and a clock of a test's own, with a state of its own."""

    def __init__(self, synced: Book, state: Path) -> None:
        self.now, self.synced = SUNDAY, synced
        home = state / "home"
        (home / "dashboards").mkdir(parents=True)
        shutil.copytree(synced.settings.workspace / "notebooks", home / "notebooks")
        # what a page's own process reads; what people keep lies apart from the other tests'
        lake = f'database = "{synced.settings.database_url}"\nfiles = "{synced.settings.files_url}"'
        (home / "deskbook.toml").write_text(f'[workspace]\ntoday = "data"\n{lake}\n', "utf-8")
        held = {"database": synced.settings.database_url, "files": synced.settings.files_url, "today": "data"}
        self.given: dict[str, Any] = {
            "workspace": home, "deliver_domains": ("Example.com", "boss@partner.org"),
            "deliver_webhooks": ("REPORTS_HOOK:REPORTS_KEY", "PLAIN_HOOK"), **held,
        }  # fmt: skip
        self.book = self.opened()

    def opened(self, **changed: Any) -> Book:
        """The same desk, its settings changed."""
        book = Book(Settings(**{**self.given, **changed}), clock=lambda: self.now)
        book.lake = self.synced.lake
        book.state = self.synced.state.__class__(f"sqlite:///{self.given['workspace']}/deskbook.db")
        return book

    def of(self, actor: Actor = MIA) -> Subscriptions:
        return self.book.subscriptions(actor)


@pytest.fixture
def house(synced: Book, tmp_path: Path) -> Iterator[House]:
    made = House(synced, tmp_path)
    yield made
    made.book.state.engine.dispose()


def test_a_subscription_becomes_the_schedule_that_a_dashboard_would_make_of_it(house: House) -> None:
    given = {**GOOD, "email": ("lead@EXAMPLE.com", "boss@partner.org"), "webhooks": ("REPORTS_HOOK",)}
    made = house.of().keep("Monday billing", {**given, "skip_unchanged": True, "only_if": "csat_good_pct < 80"})
    assert made.schedule is not None and made.schedule.name == made.key
    assert made.key.startswith("mia-monday-billing-") and made.schedule.parameters == {"team": "Billing"}
    assert [(kind, one.shown) for kind, one in made.schedule.send] == [
        ("email", "lead@EXAMPLE.com, boss@partner.org"),
        ("folder", "deliveries/billing"),
        ("webhook", "{env(REPORTS_HOOK)}"),
    ]
    assert "REPORTS_KEY" in repr(made.schedule.send[2]) and str(made.schedule.only_if) == "csat_good_pct < 80"
    assert house.of().next_at(made) == MONDAY


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"at": "0 8 * *"}, "at", "at: '0 8 * *' is no cron line: it has 4 fields"),
        ({"at": ""}, "at", "at is empty"),
        ({"at": "0 8 30 2 *"}, "at", "bad day-of-month"),
        ({"at": "*/5 * * * *"}, "at", "twice within 15 minutes"),
        ({"zone": "Mars/Base"}, "zone", "'Mars/Base' is no IANA time zone"),
        ({"zone": "../../etc/passwd"}, "zone", "is no IANA time zone"),
        ({"zone": "Europe"}, "zone", "is no IANA time zone"),
        ({"to": ()}, "to", "it has no form"),
        ({"to": ("docx",)}, "to", "'docx'"),
        ({"email": ("nobody",)}, "email", "nobody may not be written to"),
        ({"email": ("a@evil.org",)}, "email", "Permitted: example.com, boss@partner.org"),
        ({"email": ("a@example.com.evil.org",)}, "email", "may not be written to"),
        ({"email": ("a@evil.org@example.com",)}, "email", "may not be written to"),
        ({"email": ("example.com",)}, "email", "may not be written to"),
        ({"email": ("other@partner.org",)}, "email", "may not be written to"),
        ({"email": ("a@b@example.com\nBcc: x",)}, "email", "may not be written to"),
        ({"email": tuple(f"a{n}@example.com" for n in range(21))}, "email", "20 is the most"),
        ({"folder": "../notebooks"}, "folder", "is not below deliveries"),
        ({"folder": "a/../../notebooks"}, "folder", "is not below deliveries"),
        ({"folder": "/etc"}, "folder", "is not below deliveries"),
        ({"folder": "C:\\temp"}, "folder", "is not below deliveries"),
        ({"folder": "a\nb"}, "folder", "is not below deliveries"),
        ({"folder": None}, "email", "it goes nowhere"),
        ({"webhooks": ("OTHER_HOOK",)}, "webhook", "Did you mean 'REPORTS_HOOK'"),
        ({"webhooks": ("https://evil.org",)}, "webhook", "Unknown webhook"),
        ({"only_if": "csat_good_pct < "}, "only_if", "wants a metric and a number"),
        ({"only_if": "csat_god_pct < 80"}, "only_if", "Did you mean 'csat_good_pct'"),
        ({"page": "overveiw"}, "page", "Did you mean 'overview'"),
        ({"parameters": {"taem": "x"}}, "parameters", "Did you mean 'team'"),
        ({"parameters": {"team": "Biling"}}, "parameters", "Did you mean 'Billing'"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_names_its_field_and_keeps_nothing(
    house: House, changed: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(DeskbookError) as raised:
        house.of().keep("Monday", {**GOOD, **changed})
    assert raised.value.field == field and said in str(raised.value)
    assert house.of().seen() == []


@pytest.mark.parametrize("name", ["", " ", "a" * 121, "two\nlines"])
def test_a_name_that_cannot_be_one_is_said_of_the_name(house: House, name: str) -> None:
    with pytest.raises(DeskbookError, match="name") as raised:
        house.of().keep(name, GOOD)
    assert raised.value.field == "name"


def test_a_link_out_of_the_folder_of_deliveries_is_not_followed(house: House) -> None:
    root = house.book.settings.workspace / "deliveries"
    root.mkdir()
    (root / "out").symlink_to(house.book.settings.workspace / "notebooks")
    with pytest.raises(ConfigError, match="is not below deliveries"):
        house.of().keep("Monday", {**GOOD, "folder": "out"})


def test_without_a_setting_no_page_sends_mail_or_calls_a_webhook(house: House) -> None:
    house.book = house.opened(deliver_domains=(), deliver_webhooks=())
    with pytest.raises(ConfigError, match=r"Nobody may, until deskbook.toml says whom: deliver_domains"):
        house.of(LOCAL).keep("Monday", {**GOOD, "email": ("a@example.com",)})
    with pytest.raises(UnknownName, match="deliver_webhooks"):
        house.of(LOCAL).keep("Monday", {**GOOD, "webhooks": ("REPORTS_HOOK",)})


def test_what_is_no_longer_permitted_is_not_sent_and_says_why(house: House) -> None:
    house.of().keep("Monday", {**GOOD, "email": ("a@example.com",)})
    house.book = house.opened(deliver_domains=())
    (one,) = house.of().seen()
    assert one.schedule is None and "may not be written to" in one.problem and house.of().next_at(one) is None
    schedules, problems = everything_of(house.book)
    assert schedules == [] and "mia's, not sent" in problems[0]
    with pytest.raises(ConfigError, match="may not be written to"):
        house.of().send("Monday")


def test_others_neither_see_nor_change_it_and_an_admin_does(house: House) -> None:
    house.of().keep("Monday", GOOD)
    assert house.of(NOAH).seen() == []
    for act in (
        lambda: house.of(NOAH).keep("Monday", GOOD, owner="mia", seen=1),
        lambda: house.of(NOAH).pause("Monday", paused=True, owner="mia", seen=1),
        lambda: house.of(NOAH).remove("Monday", owner="mia", seen=1),
        lambda: house.of(NOAH).send("Monday", "mia"),
    ):
        with pytest.raises((AccessDenied, UnknownName)):
            act()
    (seen,) = house.of(LOCAL).seen()
    assert seen.owner == "mia" and seen.mine
    assert house.of(LOCAL).pause("Monday", paused=True, owner="mia", seen=1).form.paused
    assert house.of().one("Monday").version == 2


def test_of_two_edits_the_later_is_told_and_nothing_is_lost(house: House) -> None:
    house.of().keep("Monday", GOOD)
    house.of().keep("Monday", {**GOOD, "to": ("html",)}, seen=1)
    with pytest.raises(Overtaken, match="changed meanwhile, by mia"):
        house.of().keep("Monday", {**GOOD, "to": ("pdf",)}, seen=1)
    with pytest.raises(Overtaken):
        house.of().pause("Monday", paused=True, seen=1)
    with pytest.raises(Overtaken):
        house.of().remove("Monday", seen=1)
    assert house.of().one("Monday").form.to == ("html",)


def round_at(house: House, now: datetime) -> list[str]:
    house.now = now
    return [one.outcome for one in deliver_due(open_office(house.book), everything_of(house.book)[0])]


def test_it_is_sent_by_the_same_office_from_the_moment_it_is_kept(house: House) -> None:
    kept = house.of().keep("Monday", GOOD)
    assert round_at(house, MONDAY) == ["sent"]  # the worker had not looked before it was due
    assert round_at(house, MONDAY + timedelta(minutes=1)) == []
    (file,) = (house.book.settings.workspace / "deliveries" / "billing").iterdir()
    assert file.name == f"{kept.key}-2026-11-02T0700Z.zip"
    assert [one.outcome for one in house.of().last(kept)] == ["sent"]


def test_what_came_due_while_it_was_paused_or_gone_is_not_made_up_for(house: House) -> None:
    house.of().keep("Monday", GOOD)
    house.of().pause("Monday", paused=True, seen=1)
    assert round_at(house, MONDAY) == []
    house.of().pause("Monday", paused=False, seen=2)
    assert round_at(house, MONDAY + timedelta(hours=1)) == []
    house.of().remove("Monday", seen=3)
    house.now = MONDAY + timedelta(weeks=1, hours=1)
    house.of().keep("Monday", GOOD)
    assert round_at(house, house.now + timedelta(hours=1)) == []
    assert house.of().next_at(house.of().one("Monday")) == MONDAY + timedelta(weeks=2)


def test_an_edit_of_the_filters_keeps_what_is_due_and_one_of_the_time_begins_anew(house: House) -> None:
    house.of().keep("Monday", GOOD)
    house.now = MONDAY + timedelta(minutes=1)
    house.of().keep("Monday", {**GOOD, "parameters": {}}, seen=1)
    assert round_at(house, house.now) == ["sent"]
    house.of().keep("Monday", {**GOOD, "at": "0 7 * * mon"}, seen=2)
    assert round_at(house, house.now) == []


def test_one_that_is_sent_by_hand_goes_whenever_and_its_condition_holds(house: House) -> None:
    house.of().keep("Monday", {**GOOD, "only_if": "tickets_created < 0", "paused": True})
    (done,) = house.of().send("Monday")
    assert done.outcome == "condition_not_met" and done.note.startswith("by hand; tickets_created < 0")


def exported(house: House) -> str:
    held = house.of(LOCAL)
    return dashboard_of(held.seen(), held.permits, house.book.settings.workspace)


def test_the_dashboard_that_is_exported_makes_the_same_deliveries(house: House) -> None:
    given = {**GOOD, "email": ("a@example.com",), "webhooks": ("REPORTS_HOOK", "PLAIN_HOOK")}
    house.of().keep('Größe: "A" #1', {**given, "parameters": {"where": 'tag = "a: b" and reopens > 0'}})
    house.of(NOAH).keep(
        "Daily", {**GOOD, "at": "30 7 * * 1-5", "only_if": "csat_good_pct < 80", "skip_unchanged": True}
    )
    house.of(NOAH).keep("Paused\nthing"[:6], {**GOOD, "paused": True})
    kept = everything_of(house.book)[0]
    text = exported(house)
    assert "# left out: Paused of noah: paused" in text and yaml.safe_load(text)["pages"] == []
    folder = house.book.settings.workspace / "dashboards"
    (folder / "subscriptions.yaml").write_text(text, "utf-8")
    (found,) = find_dashboards(folder, [one.name for one in find_pages(house.book.settings.workspace)])
    assert list(found.schedules) == kept and [one.rule for one in found.schedules] == [one.rule for one in kept]


def test_one_that_stands_in_a_dashboard_too_is_sent_once(house: House) -> None:
    house.of().keep("Monday", GOOD)
    (house.book.settings.workspace / "dashboards" / "kept.yaml").write_text(exported(house), "utf-8")
    assert len(everything_of(house.book)[0]) == 1
    assert round_at(house, MONDAY) == ["sent"]


def test_two_desks_do_not_see_each_others(house: House) -> None:
    house.of().keep("Monday", GOOD)
    other = house.opened(tenant="other")
    assert other.subscriptions(LOCAL).seen() == [] and other.subscriptions(LOCAL).mark() == 0 < house.of().mark()


def test_nobody_subscribes_without_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskbook.reports.deliver.subscriptions.MOST", 2)
    for name in ("a", "b"):
        house.of().keep(name, GOOD)
    with pytest.raises(DeskbookError, match="the most there may be"):
        house.of().keep("c", GOOD)
    assert house.of().keep("b", {**GOOD, "to": ("html",)}, seen=1).version == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"deliver_folder": "../out"}, "deliver_folder is '../out'"),
        ({"deliver_folder": "/tmp"}, "deliver_folder is '/tmp'"),
        ({"deliver_folder": "."}, "deliver_folder is '.'"),
        ({"deliver_domains": ("@",)}, "deliver_domains holds '@'"),
        ({"deliver_domains": ("*",)}, "deliver_domains holds"),
        ({"deliver_webhooks": ("https://host/key",)}, "deliver_webhooks holds"),
        ({"deliver_webhooks": ("HOOK:",)}, "deliver_webhooks holds"),
    ],
)
def test_a_setting_that_cannot_be_meant_says_what_was_wanted(tmp_path: Path, given: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_permits(Settings(workspace=tmp_path, **given))
    assert said in str(raised.value)
