"""Each bad file is told clearly, and a bad row never costs its neighbours."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from deskbook.errors import ConfigError, SourceMissing, UnknownName, Unreadable
from deskbook.schema import Batch
from deskbook.sources import Source

HEAD = "number,created,title,state,urgency\n"
GOOD = "1,2026-01-01T00:00:00Z,a,new,low\n"
Make = Callable[..., Source]


def only_batch(source: Source) -> Batch:
    (page,) = source.pull({})
    (batch,) = source.normalise(page)
    return batch


def test_a_missing_file_is_told_with_its_folder(make: Make, tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=rf"'none\*.csv'.*{tmp_path}"):
        list(make(url="none*.csv").pull({}))


@pytest.mark.parametrize("content", ["", "\n\n"])
@pytest.mark.parametrize("name", ["t.csv", "t.json", "t.jsonl"])
def test_an_empty_file_counts_as_missing(make: Make, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(SourceMissing, match=f"{name} (is empty|holds nothing)"):
        list(make(url=name).pull({}))


def test_a_wrong_encoding_is_told_with_place_and_fix(make: Make, tmp_path: Path) -> None:
    text = HEAD + GOOD * 9_000 + GOOD.replace(",a,", ",für,")
    (tmp_path / "t.csv").write_bytes(text.encode("cp1252"))
    with pytest.raises(
        Unreadable, match=r"t.csv is not utf-8-sig: byte 0xfc at offset \d+ \(line 9002\).*encoding: cp1252"
    ):
        list(make(url="t.csv").pull({}))


def test_the_right_encoding_reads_the_same_file(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes((HEAD + GOOD.replace(",a,", ",für,")).encode("cp1252"))
    assert only_batch(make(url="t.csv", encoding="cp1252")).rows["subject"].to_pylist() == ["für"]


def test_utf_16_is_told_as_such_and_read_when_said(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes((HEAD + GOOD).encode("utf-16"))
    with pytest.raises(Unreadable, match="encoding: utf-16"):
        list(make(url="t.csv").pull({}))
    assert only_batch(make(url="t.csv", encoding="utf-16")).rows["id"].to_pylist() == ["1"]


def test_a_truncated_gzip_keeps_the_pages_before_its_end(make: Make, tmp_path: Path) -> None:
    rows = "".join(f"{n},2026-01-01T00:00:00Z,{os.urandom(20).hex()},new,low\n" for n in range(200_000))
    packed = gzip.compress((HEAD + rows).encode(), 1)
    (tmp_path / "t.csv.gz").write_bytes(packed[: len(packed) - 50_000])
    pages = make(url="t.csv.gz", page_rows=50_000).pull({})
    assert next(pages).rows.num_rows == 50_000
    with pytest.raises(Unreadable, match=r"t.csv.gz is cut off"):
        list(pages)


def test_a_bad_file_of_a_glob_does_not_stop_the_others(make: Make, tmp_path: Path) -> None:
    for name in ("a", "c"):
        (tmp_path / f"{name}.csv").write_text(HEAD + GOOD)
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00")
    pages = make(url="*.csv").pull({})
    assert [next(pages).origin, next(pages).origin] == ["a.csv", "c.csv"]
    with pytest.raises(Unreadable, match=r"b.csv"):
        next(pages)


def test_ragged_rows_are_set_aside_with_line_and_text(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + GOOD + "\n2,b\n" + GOOD.replace("1,", "3,", 1) + "4,c,d,e,f,g\n")
    (page,) = make(url="t.csv").pull({})
    assert page.lines.tolist() == [2, 5]
    assert [(r.line, r.table, r.payload) for r in page.rejects] == [
        (4, "tickets", "2,b"),
        (6, "tickets", "4,c,d,e,f,g"),
    ]
    assert page.rejects[0].reason == "2 fields, where the header has 5"


def test_a_quote_never_closed_names_the_lines_it_swallows(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + GOOD + '2,"open\n' + GOOD)
    (page,) = make(url="t.csv").pull({})
    assert page.rows.num_rows == 1
    assert "lines 3 to 4 were read as one row" in page.rejects[0].reason


def test_a_header_on_line_three_is_found_and_lines_stay_true(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Ticket export\n\n" + HEAD + GOOD)
    (page,) = make(url="t.csv").pull({})
    assert page.rows.column_names[0] == "number"
    assert page.lines.tolist() == [4]


def test_a_megabyte_in_one_field_is_a_row_like_any_other(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + GOOD.replace(",a,", f",{'x' * 1_000_000},") + GOOD.replace("1,", "2,", 1))
    assert [len(text) for text in only_batch(make(url="t.csv")).rows["subject"].to_pylist()] == [1_000_000, 1]


def test_a_field_larger_than_a_block_is_read_with_a_larger_one(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbook.sources.delimited.BLOCKS", (1 << 16, 1 << 22))
    rows = [GOOD.replace("1,", f"{n},", 1) for n in range(5_000)]
    rows[4_000] = rows[4_000].replace(",a,", f",{'x' * 200_000},")
    (tmp_path / "t.csv").write_text(HEAD + "".join(rows))
    (page,) = make(url="t.csv").pull({})
    assert page.rows["number"].to_pylist() == [str(n) for n in range(5_000)]
    assert page.lines.tolist() == list(range(2, 5_002))


def test_of_rows_with_one_id_the_last_sound_one_is_kept(make: Make, tmp_path: Path) -> None:
    rows = "1,2026-01-01,a,open,\n1,2026-01-02,b,open,\n1,2026-01-03,c,blorp,\n"
    (tmp_path / "t.csv").write_text(f"number,created,title,state,urgency\n{rows}")
    source = make(url="t.csv")
    (batch,) = source.normalise(next(source.pull({})))
    assert batch.rows["subject"].to_pylist() == ["b"]
    assert [(reject.line, reject.column) for reject in batch.rejects] == [(2, "id"), (4, "status")]
    assert "stands again on line 3, which was kept" in batch.rejects[0].reason


def test_duplicates_future_dates_and_unknown_words_are_counted_not_lost(make: Make, tmp_path: Path) -> None:
    bad = "1,2026-01-02T00:00:00Z,b,new,low\n2,2031-01-01T00:00:00Z,c,new,low\n3,2026-01-01T00:00:00Z,d,nwe,low\n"
    (tmp_path / "t.csv").write_text(HEAD + GOOD + bad)
    batch = only_batch(make(url="t.csv"))
    assert batch.rows["subject"].to_pylist() == ["b"]
    assert [(r.line, r.column) for r in batch.rejects] == [(2, "id"), (4, "created_at"), (5, "status")]


def test_null_words_are_nulls_but_stay_in_what_people_wrote(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + "1,2026-01-01T00:00:00Z,None,N/A,NULL\n")
    row = only_batch(make(url="t.csv")).rows.to_pylist()[0]
    assert (row["subject"], row["status"], row["priority"]) == ("None", None, None)


def test_a_broken_json_line_is_set_aside(make: Make, tmp_path: Path) -> None:
    good = '{"number": 1, "created": "2026-01-01", "title": "a", "state": "new", "urgency": "low"}\n'
    (tmp_path / "t.jsonl").write_text(good + '{"number": \n[1]\n' + good.replace("1", "2", 1))
    (page,) = make(url="t.jsonl").pull({})
    assert page.lines.tolist() == [1, 4]
    assert [(r.line, r.reason[:16]) for r in page.rejects] == [(2, "the line is no J"), (3, "the line is JSON")]


def test_broken_json_parquet_and_excel_are_told(make: Make, tmp_path: Path) -> None:
    for name in ("t.json", "t.parquet", "t.xlsx", "t.zip", "t.csv.gz"):
        (tmp_path / name).write_text("{no such thing")
        with pytest.raises(Unreadable, match=f"{name} is no sound"):
            list(make(url=name).pull({}))


def test_wrong_options_are_told_before_anything_is_read(make: Make) -> None:
    with pytest.raises(UnknownName, match=r"'delimeter'. Did you mean 'delimiter'"):
        make(url="t.csv", delimeter=";")
    with pytest.raises(ConfigError, match="page_rows: wants a whole number"):
        make(url="t.csv", page_rows=0)
    with pytest.raises(ConfigError, match="encoding: 'utf-9' is unknown"):
        make(url="t.csv", encoding="utf-9")
    with pytest.raises(ConfigError, match=r"no url"):
        make()


def test_a_header_that_stands_again_is_set_aside(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + GOOD + HEAD + GOOD.replace("1,", "2,", 1))
    (page,) = make(url="t.csv").pull({})
    assert (page.rows["number"].to_pylist(), page.lines.tolist()) == (["1", "2"], [2, 4])
    assert [(reject.line, reject.reason) for reject in page.rejects] == [(3, "the header again")]


def test_another_header_in_mid_file_is_told_and_the_rows_before_it_are_kept(make: Make, tmp_path: Path) -> None:
    other = "number,created,state,title,urgency\n2,2026-01-02T00:00:00Z,new,b,low\n"
    (tmp_path / "t.csv").write_text(HEAD + GOOD + other)
    pages = make(url="t.csv").pull({})
    page = next(pages)
    assert page.rows["number"].to_pylist() == ["1"]
    with pytest.raises(Unreadable, match=r"t.csv, line 3, is another header: 'state' in place of 'title'"):
        next(pages)
    with pytest.raises(Unreadable, match="line 3, is another header"):
        next(make(url="t.csv").pull(page.cursor))


def test_of_a_history_that_cannot_be_read_to_its_end_nothing_is_taken(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + GOOD + "number,created,state,title,urgency\n" + GOOD)
    mapping = {"id": "number", "created_at": "created", "subject": "title", "history": "created"}
    with pytest.raises(Unreadable, match="line 3, is another header"):
        next(make(mapping=mapping, url="t.csv").pull({}))


def test_rows_that_hold_a_few_column_names_are_rows(make: Make, tmp_path: Path) -> None:
    rows = "title,2026-01-01T00:00:00Z,number,new,low\n9,2026-01-01T00:00:00Z,state,new,low\n"
    (tmp_path / "t.csv").write_text(HEAD + rows)
    (page,) = make(url="t.csv").pull({})
    assert page.rows.num_rows == 2
