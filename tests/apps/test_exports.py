"""Files of pages over the web: what they are called, and what is said when they were asked for wrongly."""

from __future__ import annotations

import asyncio
import csv
import io
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient

from deskbook.apps.exports import Turns
from deskbook.apps.web import make_app
from deskbook.book import Book


@pytest.fixture(scope="module")
def client(synced: Book) -> TestClient:
    return TestClient(make_app(synced), base_url="http://127.0.0.1:5006")


def test_a_view_is_downloaded_under_the_filters_of_the_address(client: TestClient, synced: Book) -> None:
    made = client.get("/export/overview.csv?view=cards&team=Billing&period=2026-10")
    assert made.headers["content-disposition"] == 'attachment; filename="overview-cards-2026-10-01_2026-10-31.csv"'
    rows = {row["Metric"]: row for row in csv.DictReader(io.StringIO(made.text.removeprefix("\ufeff")))}
    asked = synced.query("tickets_created", where="team = Billing", period="2026-10").value()
    assert rows["Tickets created"]["Value"] == str(asked)


def test_a_csv_of_a_whole_page_is_an_archive(client: TestClient) -> None:
    made = client.get("/export/volume.csv")
    assert (made.headers["content-type"], made.headers["x-content-type-options"]) == ("application/zip", "nosniff")
    assert "about.csv" in ZipFile(io.BytesIO(made.content)).namelist()


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("overveiw.pdf", 404, "Did you mean 'overview'"),
        ("overview.docx", 404, "Unknown form 'docx'"),
        ("overview.xlsx?taem=Billing", 400, "Did you mean 'team'"),
        ("overview.xlsx?view=crads", 400, "Did you mean 'cards'"),
        ("overview.xlsx?team=Biling", 400, "Did you mean 'Billing'"),
        ("..%2Foverview.pdf", 404, ""),
    ],
)
def test_what_was_asked_wrongly_is_said(client: TestClient, address: str, status: int, said: str) -> None:
    made = client.get(f"/export/{address}")
    assert (made.status_code, said in made.text) == (status, True)


def test_files_are_made_one_at_a_time_in_their_order() -> None:
    async def ask() -> list[str]:
        turns, seen = Turns(), []

        async def one(name: str) -> None:
            async with turns.turn():
                seen.append(f"{name} begins, {turns.waiting} wait")
                await asyncio.sleep(0)
                seen.append(f"{name} ends")

        await asyncio.gather(one("a"), one("b"), one("c"))
        return seen

    assert asyncio.run(ask()) == [
        *("a begins, 0 wait", "a ends", "b begins, 1 wait", "b ends", "c begins, 0 wait", "c ends"),
    ]


def test_who_comes_when_too_many_wait_is_told_to_come_back(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskbook.apps.exports.MOST_WAITING", 0)
    made = client.get("/export/overview.pdf")
    assert (made.status_code, made.headers["retry-after"]) == (503, "30")
