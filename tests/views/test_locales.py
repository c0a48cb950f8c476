"""Numbers and dates in the way of a locale, wherever a page says them; the words stay English."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from deskbook import locales, views
from deskbook.book import Book
from deskbook.metrics import parse_period, registry
from deskbook.views import wording

from .conftest import filters

AT = datetime(2026, 10, 31, 14, 5)
LAST = "31 de out. de 2026"
NARROW = "\u202f"
NUMBERS = [
    ("en", "1,234,567.5", "−1,204"),
    ("en_US", "1,234,567.5", "−1,204"),
    ("de", "1.234.567,5", "−1.204"),
    ("de_CH", "1’234’567.5", "−1’204"),
    ("fr", f"1{NARROW}234{NARROW}567,5", f"−1{NARROW}204"),
    ("es", "1.234.567,5", "−1.204"),
    ("pt", "1.234.567,5", "−1.204"),
    ("sv", "1\u00a0234\u00a0567,5", "−1\u00a0204"),
    ("en_IN", "12,34,567.5", "−1,204"),
]
DATES = [
    ("en", "Sat 31 Oct 2026, 14:05", "31 Oct", "4 Oct to 31 Oct 2026", "week of 31 Oct 2026"),
    ("en_US", "Sat Oct 31, 2026, 14:05", "Oct 31", "Oct 4 to Oct 31, 2026", "week of Oct 31, 2026"),
    ("de", "Sa 31. Okt. 2026, 14:05", "31. Okt.", "4. Okt. to 31. Okt. 2026", "week of 31. Okt. 2026"),
    ("fr", "sam. 31 oct. 2026, 14:05", "31 oct.", "4 oct. to 31 oct. 2026", "week of 31 oct. 2026"),
    ("es", "sáb 31 oct 2026, 14:05", "31 oct", "4 oct to 31 oct 2026", "week of 31 oct 2026"),
    ("pt", "sáb. 31 de out. de 2026, 14:05", "31 de out.", "4 de out. to 31 de out. de 2026", f"week of {LAST}"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "large", "negative"), NUMBERS, ids=[one[0] for one in NUMBERS])
def test_a_number_has_the_signs_and_the_grouping_of_its_locale(name: str, large: str, negative: str) -> None:
    with locales.speaking(name):
        assert (wording.number(1_234_567.5, 1), wording.number(-1204)) == (large, negative)


@pytest.mark.parametrize(("name", "moment", "tick", "period", "bucket"), DATES, ids=[one[0] for one in DATES])
def test_a_date_has_the_order_and_the_names_of_its_locale(
    name: str, moment: str, tick: str, period: str, bucket: str
) -> None:
    with locales.speaking(name):
        assert wording.moment(AT, "UTC") == moment
        assert wording.tick(AT, "day") == tick
        assert wording.dates(parse_period("-28d", now=AT.replace(tzinfo=UTC), zone="UTC")) == period
        assert wording.bucket(AT, "week") == bucket


def test_digits_are_the_same_in_every_locale() -> None:
    for value, decimals in ((0.125, 2), (2.675, 2), (1e15 + 0.3, 1), (999.95, 1)):
        with locales.speaking("en_IN"):
            indian = locales.decimal(value, decimals)
        assert indian.replace(",", "") == locales.decimal(value, decimals).replace(",", "")


def test_weekdays_and_months_are_named_and_the_words_around_them_are_not() -> None:
    with locales.speaking("fr"):
        assert locales.weekdays("abbreviated")[:2] == ["lun.", "mar."]
        assert wording.group("weekday", 3) == "mercredi"
        assert wording.bucket(AT, "month") == "oct. 2026"
        assert wording.valued(1204.0, registry["first_reply_median_minutes"]) == f"1{NARROW}204\u00a0min"
        period, off = parse_period("2026-W52", now=AT.replace(tzinfo=UTC), zone="UTC"), (date(2026, 12, 25),)
        assert wording.baseline(period, "alike", off) == "vs the same weekdays before, without 25 déc."


@pytest.mark.parametrize(
    ("setting", "wished", "found"),
    [
        ("de", "fr-FR,fr;q=0.9", "de"),
        ("browser", "", "en"),
        ("browser", "de-AT,de;q=0.9,en;q=0.8", "de_AT"),
        ("browser", "en;q=0.5, pt-BR;q=0.9", "pt_BR"),
        ("browser", "xx-YY, tlh, fr;q=0.3", "fr"),
        ("browser", "*;q=0.1, \x00;q=x," + "a" * 5000, "en"),
    ],
)
def test_the_browser_chooses_only_where_the_setting_lets_it(setting: str, wished: str, found: str) -> None:
    assert locales.chosen(setting, wished) == found


@pytest.mark.parametrize(
    ("name", "signs"),
    [("en", None), ("en_US", None), ("de", (".", ",")), ("de_CH", ("’", ".")), ("fr", (NARROW, ","))],
)
def test_an_axis_gets_the_signs_that_english_does_not_have(name: str, signs: tuple[str, str] | None) -> None:
    with locales.speaking(name):
        assert locales.signs() == signs


def speaking_book(book: Book, locale: str) -> Any:
    object.__setattr__(book.settings, "locale", locale)
    return book


def page(book: Any) -> views.Page:
    sections = [
        views.sentence("tickets_created"),
        views.cards("first_reply_median_minutes"),
        views.bars("How many?", "tickets_created"),
        views.heat("When?", "tickets_created"),
    ]
    return views.page("Overview", question="Are we fine?", book=book, filters=filters(), sections=sections)


def test_a_page_says_all_of_it_in_the_locale_of_its_desk_and_its_data_stays_plain(book: Book) -> None:
    sheet = page(speaking_book(book, "de")).sheet()
    sentence, cards, chart, heat = sheet["blocks"]
    assert "9\u00a0tickets" in "".join(part["text"] for part in sentence["parts"])
    assert cards["items"][0]["value"] == "32,5" and cards["items"][0]["raw"] == 32.5
    assert chart["labels"][0] == "Mo 26. Okt. 2026" and chart["keys"][0] == "2026-10-26"
    assert heat["rows"][0] == "Mo"
    assert sheet["filters"]["sentence"].startswith("26. Okt. to 1. Nov. 2026 vs")
    assert sheet["foot"]["until"].startswith("Fr 30. Okt. 2026,")
    receipt = next(iter(sheet["receipts"].values()))
    assert receipt["period"] == "26. Okt. to 1. Nov. 2026" and receipt["receipt"]["since"].startswith("2026-10-26T")


def test_two_pages_of_two_locales_do_not_mix(book: Book) -> None:
    german, french = page(speaking_book(book, "de")), page(speaking_book(book, "fr"))
    german._draw()
    french._draw()
    german._heard({"set": {}})
    assert german.surface and json.loads(german.surface.sheet)["blocks"][3]["rows"][0] == "Mo"
    assert french.surface and json.loads(french.surface.sheet)["blocks"][3]["rows"][0] == "lun."
    assert locales.spoken() == "en"


def test_a_report_follows_and_its_numbers_still_hold(book: Book) -> None:
    bundle = page(speaking_book(book, "fr")).report()
    assert "32,5" in bundle["text/html"] and "26 oct. to 1 nov. 2026" in bundle["text/html"]
    document = bundle["application/vnd.deskbook.page+json"]
    assert document["locale"] == "fr"
    assert all(verdict.holds for verdict in book.verify(json.loads(json.dumps(document))))


AXIS = """() => {
  const found = [...Bokeh.documents[0]._all_models.values()].find((one) => one.type === "NumeralTickFormatter")
  return found.doFormat([1500, 0.5, -2000000], {})
}"""


@pytest.mark.parametrize(("name", "said"), [("en", ["1.5k", "0.5", "-2m"]), ("de", ["1,5k", "0,5", "-2m"])])
def test_the_axes_of_a_report_have_the_signs_of_its_locale(
    book: Book, browser_tab: Any, name: str, said: list[str]
) -> None:
    browser_tab.set_content(page(speaking_book(book, name)).report()["text/html"])
    browser_tab.wait_for_function("window.Bokeh && Bokeh.documents.length")
    assert browser_tab.evaluate(AXIS) == said
