"""Schedules as they are written: what cannot be meant names its file, its schedule and what was wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deskbook.errors import ConfigError
from deskbook.reports.deliver import Schedule, read_mail, read_schedules

GOOD = {
    "name": "monday-billing",
    "page": "overview",
    "parameters": {"team": "Billing", "period": "last week"},
    "to": ["pdf", "xlsx"],
    "at": "0 8 * * mon",
    "zone": "Europe/Berlin",
    "send": [
        {"email": ["lead@example.com"]}, {"folder": "reports"}, {"webhook": "{env(HOOK)}", "secret": "{env(KEY)}"},
    ],
    "skip_unchanged": True,
    "only_if": "first_reply_within_target_pct < 80",
}  # fmt: skip


def schedule(home: Path, **changed: Any) -> Schedule:
    values = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    (made,) = read_schedules([values], dashboard="support", workspace=home)
    return made


def test_a_schedule_is_read_as_it_is_written(home: Path) -> None:
    made = schedule(home)
    assert (made.name, made.page, made.to, made.at) == ("monday-billing", "overview", ("pdf", "xlsx"), "0 8 * * mon")
    assert [(name, one.shown) for name, one in made.send] == [
        ("email", "lead@example.com"),
        ("folder", "reports"),
        ("webhook", "{env(HOOK)}"),
    ]
    assert str(made.only_if) == "first_reply_within_target_pct < 80"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sent": []}, "Unknown key in {0} 'sent'. Did you mean 'send'"),
        ({"page": "overveiw"}, "Unknown page in {0} 'overveiw'. Did you mean 'overview'"),
        ({"parameters": {"taem": 1}}, "Unknown parameter of page 'overview' in {0} 'taem'. Did you mean 'team'"),
        ({"parameters": "team"}, "{1}: parameters wants names with values"),
        ({"to": ["docx"]}, "Unknown form in {0} 'docx'"),
        ({"to": "pdf"}, "{1}: to wants a list of forms"),
        ({"at": "0 8 * *"}, "{1}: at: '0 8 * *' is no cron line: it has 4 fields"),
        ({"at": None}, "{1}: it lacks at:"),
        ({"zone": "Mars/Base"}, "{1}: zone 'Mars/Base' is no IANA time zone"),
        ({"only_if": "first_reply_within_traget_pct < 80"}, "Unknown metric in only_if of {0}"),
        ({"only_if": "csat_good_pct is low"}, "{1}: only_if wants a metric and a number"),
        ({"skip_unchanged": "sometimes"}, "{1}: skip_unchanged wants true or false"),
        ({"name": "Monday Billing"}, "name wants small letters"),
        ({"send": {"email": "a@b.c"}}, "{1}: send wants a list"),
        ({"send": [{"emial": ["a@b.c"]}]}, "Unknown channel in {0} 'emial'. Did you mean 'email'"),
        ({"send": [{"email": "a@b.c"}]}, "{1}: email wants a list of addresses"),
        ({"send": [{"email": ["nobody"]}]}, "{1}: email wants a list of addresses"),
        ({"send": [{"email": ["a@b.c\nBcc: d@e.f"]}]}, "{1}: email wants a list of addresses"),
        ({"send": [{"folder": "../elsewhere"}]}, "{1}: folder '../elsewhere' leads out of the workspace"),
        ({"send": [{"webhook": "ftp://host"}]}, "{1}: webhook wants"),
        ({"send": [{"webhook": "https://host", "secret": "plain"}]}, "{1}: secret wants a reference"),
        ({"send": [{"webhook": "https://host", "key": "{env(K)}"}]}, "Unknown key of webhook in {0} 'key'"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_says_where_and_what_was_wanted(home: Path, changed: dict[str, Any], said: str) -> None:
    place = "schedule 'monday-billing' in dashboards/support.yaml"
    with pytest.raises(ConfigError) as raised:
        schedule(home, **changed)
    assert said.format(place, f"S{place[1:]}") in str(raised.value)


def test_a_name_stands_once(home: Path) -> None:
    with pytest.raises(ConfigError, match="its name is there twice"):
        read_schedules([GOOD, GOOD], dashboard="support", workspace=home)


def test_an_address_that_may_be_a_key_is_not_shown(home: Path) -> None:
    made = schedule(home, send=[{"webhook": "https://hooks.example.com/T123/secret?key=1"}])
    assert made.send[0][1].shown == "https://hooks.example.com/…"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"hots": "x"}, "Did you mean 'host'"),
        ({"host": "x"}, "wants host = .* and from ="),
        ({"host": "x", "from": "a@b.c", "password": "plain"}, "from the environment"),
        ({"host": "x", "from": "a@b.c", "tls": "ssl3"}, "starttls, tls, none"),
        ({"host": "x", "from": "a@b.c", "port": "25"}, "wants a number"),
    ],
)
def test_mail_settings_that_cannot_be_meant_say_what_was_wanted(values: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_mail(values)


def test_the_port_follows_from_how_mail_is_encrypted() -> None:
    made = [read_mail({"host": "x", "from": "a@b.c", "tls": tls}) for tls in ("starttls", "tls", "none")]
    assert [one and one.port for one in made] == [587, 465, 25]
