"""Only new and changed files are read again; a stopped pull goes on; layouts are found."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import fsspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from deskbook.errors import ConfigError, MissingExtra, Unreadable
from deskbook.sources import Entry, Source, source, utc_now

HEAD = "number,created,title,state,urgency\n"
GOOD = "1,2026-01-01T00:00:00Z,a,new,low\n"
Make = Callable[..., Source]
TEXT = st.text(st.sampled_from("a,;\"'\r\n\té ") | st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def pulled(source: Source, cursor: object) -> list[str]:
    return [page.origin for page in source.pull(cursor)]  # type: ignore[arg-type]


def test_only_the_new_file_of_a_glob_is_read(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + GOOD)
    *_, last = make(url="*.csv").pull({})
    (tmp_path / "b.csv").write_text(HEAD + GOOD)
    assert pulled(make(url="*.csv"), last.cursor) == ["b.csv"]


def test_an_unchanged_file_is_not_even_opened(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text(HEAD + GOOD)
    *_, last = make(url="a.csv").pull({})
    monkeypatch.setattr("deskbook.sources.files.content", lambda _: pytest.fail("opened"))
    assert pulled(make(url="a.csv"), last.cursor) == []


def test_a_touched_file_of_the_same_content_gives_no_page(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + GOOD)
    *_, last = make(url="a.csv").pull({})
    os.utime(tmp_path / "a.csv", ns=(1, 1))
    assert pulled(make(url="a.csv"), last.cursor) == []


def test_changed_content_is_read_again_from_its_start(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + GOOD)
    *_, last = make(url="a.csv").pull({})
    (tmp_path / "a.csv").write_text(HEAD + GOOD + GOOD.replace("1,", "2,", 1))
    (page,) = make(url="a.csv").pull(last.cursor)
    assert (page.rows.num_rows, page.first) == (2, True)


def test_a_file_changed_in_mid_pull_starts_anew(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + GOOD * 3)
    first = next(make(url="a.csv", page_rows=2).pull({}))
    (tmp_path / "a.csv").write_text(HEAD + GOOD.replace("1,", "9,", 1) * 3)
    assert [page.first for page in make(url="a.csv", page_rows=2).pull(first.cursor)] == [True, False]


def test_another_way_of_reading_reads_the_same_file_again(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + GOOD)
    *_, last = make(url="a.csv").pull({})
    assert pulled(make(url="a.csv", header=1), last.cursor) == ["a.csv"]


def test_rows_that_fill_their_pages_exactly_leave_no_empty_page(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + GOOD * 4)
    pages = list(make(url="a.csv", page_rows=2).pull({}))
    assert [page.rows.num_rows for page in pages] == [2, 2]
    assert pages[-1].cursor["files"]["a.csv"]["complete"] is True


def test_a_header_alone_is_taken_once(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD)
    (page,) = make(url="a.csv").pull({})
    assert page.rows.num_rows == 0
    assert pulled(make(url="a.csv"), page.cursor) == []


def test_files_at_a_url_are_read_and_followed() -> None:
    with fsspec.open("memory://desk/a.csv", "w") as out:
        out.write(HEAD + GOOD)
    entry = Entry(
        name="desk", kind="files", source="desk", options={"url": "memory://desk/*.csv"}, mapping={"id": "number"}
    )
    files = source["files"](entry, utc_now)
    (page,) = files.pull({})
    assert page.origin == "memory:///desk/a.csv"
    assert list(files.pull(page.cursor)) == []


def test_a_url_whose_package_is_absent_names_the_extra(make: Make) -> None:
    with pytest.raises(MissingExtra, match=r"deskbook\[sftp\]"):
        list(make(url="sftp://host/a.csv").pull({}))


def test_a_format_that_does_not_show_must_be_said(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.data").write_text(HEAD + GOOD)
    with pytest.raises(ConfigError, match=r"Write format: \(csv, "):
        list(make(url="a.data").pull({}))
    assert pulled(make(url="a.data", format="csv"), {}) == ["a.data"]


def test_a_zip_of_two_files_is_refused(make: Make, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.csv.zip", "w") as archive:
        archive.writestr("a.csv", HEAD)
        archive.writestr("b.csv", HEAD)
    with pytest.raises(Unreadable, match=r"holds 2 files \(a.csv, b.csv\)"):
        list(make(url="a.csv.zip").pull({}))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(make: Make, tmp_path: Path, sign: str) -> None:
    (tmp_path / "a.csv").write_text((HEAD + GOOD).replace(",", sign))
    assert make(url="a.csv").sample(1).column_names == ["number", "created", "title", "state", "urgency"]


def test_repeated_and_nameless_columns_get_names_of_their_own(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,,name,name\n1,x,y,z\n")
    assert make(url="a.csv").sample(1).to_pylist() == [{"id": "1", "column_2": "x", "name": "y", "name_2": "z"}]


def test_a_file_of_one_column_is_read(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("note\nfirst\n\nsecond\n")
    (page,) = make(url="a.csv").pull({})
    assert (page.rows.to_pylist(), page.lines.tolist()) == ([{"note": "first"}, {"note": "second"}], [2, 4])


def test_a_sheet_is_found_by_name_or_told_with_the_closest(make: Make, tmp_path: Path) -> None:
    import pandas as pd

    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame({"x": [1]}).to_excel(book, sheet_name="Notes", index=False)
        pd.DataFrame({"number": [7], "title": ["a"]}).to_excel(book, sheet_name="Tickets", index=False, startrow=2)
    (page,) = make(url="a.xlsx", sheet="Tickets").pull({})
    assert (page.rows.to_pylist(), page.lines.tolist()) == ([{"number": 7, "title": "a"}], [4])
    with pytest.raises(Unreadable, match=r"no sheet 'Ticket'. Did you mean 'Tickets'"):
        list(make(url="a.xlsx", sheet="Ticket").pull({}))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXT, TEXT), max_size=8), end=st.sampled_from(["\n", "\r\n"]))
@example(rows=[("a\r\nb", "c\rd"), ("\n", "")], end="\n")
@example(rows=[("\t", "\t\t")], end="\n")
def test_nasty_strings_come_back_with_their_lines(
    make: Make, tmp_path: Path, rows: list[tuple[str, str]], end: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("number", "first", "second"), *((f"n{n}", *row) for n, row in enumerate(rows))])
    (tmp_path / "a.csv").write_bytes(out.getvalue().encode())
    reader = csv.reader(io.StringIO(out.getvalue(), newline=""))
    wanted = [(row, reader.line_num - sum(map(breaks, row))) for row in reader][1:]
    (page,) = make(url="a.csv").pull({})
    assert list(zip((list(row.values()) for row in page.rows.to_pylist()), page.lines.tolist(), strict=True)) == wanted


def breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(good=st.lists(st.booleans(), min_size=1, max_size=30), size=st.integers(1, 7), stop=st.integers(0, 30))
def test_a_pull_stopped_anywhere_ends_like_an_undisturbed_one(
    make: Make, tmp_path: Path, good: list[bool], size: int, stop: int
) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "".join(f"{n},c,t,s,u\n" if ok else f"{n}\n" for n, ok in enumerate(good)))
    pages = list(make(url="a.csv", page_rows=size).pull({}))
    stop = min(stop, len(pages) - 1)
    rest = list(make(url="a.csv", page_rows=size).pull(pages[stop].cursor))
    told = [(page.rows.to_pylist(), page.lines.tolist(), page.rejects, page.cursor) for page in pages[stop + 1 :]]
    assert [(page.rows.to_pylist(), page.lines.tolist(), page.rejects, page.cursor) for page in rest] == told
    assert sum(len(page.rejects) for page in pages) == good.count(False)
