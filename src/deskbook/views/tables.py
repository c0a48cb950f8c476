"""A section's block as a plain table: heads with their units, typed rows. What spreadsheets get."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

import pandas as pd

from deskbook.metrics import GRAINS, registry
from deskbook.views import wording
from deskbook.views.section import Block, Section

Kind = Literal["text", "number", "date", "moment", "age"]
"""What a column holds. A date is ISO text, a moment ISO text on the wall clock its head names; an age grows as
time passes, so it is no news."""
Rows = Sequence[Mapping[str, Any]]
Made = tuple[list[dict[str, str]], list[list[Any]]]


def view_names(sections: Sequence[Section]) -> list[str]:
    """A name for each section, fit for addresses and files: its title, else what it is; a second one gets -2."""
    names: list[str] = []
    for section in sections:
        said = getattr(section, "title", "") or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(section).__name__)
        stem = re.sub(r"[^a-z0-9]+", "-", str(said).lower()).strip("-")
        numbered = (f"{stem}-{count}" for count in range(2, len(sections) + 2))
        names.append(next(name for name in (stem, *numbered) if name not in names))
    return names


def table_of(block: Block, results: Mapping[str, Rows]) -> dict[str, Any] | None:
    """The table of one block; None for what is no table, such as prose.

    Args:
        results: rows of the page's queries, by the name the page lists their receipts under.

    Returns:
        name, title, caption, said (why there is nothing, else empty), heads (label, kind, unit), rows,
        metrics and receipts (their names).
    """
    make = TABLES.get(block.get("shape") or block["kind"])
    closed = block["kind"] == "conversation" and not block["ticket"]
    if closed or (make is None and block.get("state") not in ("empty", "failed")):
        return None
    held = {
        "name": block["view"],
        "title": block.get("title") or block["view"].replace("-", " ").capitalize(),
        "caption": block.get("caption") or "",
        "said": "",
        "metrics": _found(block, "metric", "metrics"),
        "receipts": _found(block, "receipt"),
    }
    if make is None or block.get("state", "ok") != "ok":
        said = " ".join(filter(None, (block.get("said"), block.get("hint"))))
        return held | {"said": said or "Nothing to show.", "heads": [], "rows": []}
    heads, rows = make(block, results)
    return held | {"heads": heads, "rows": rows}


def ticket_rows(frame: pd.DataFrame) -> Made:
    """Tickets with all their columns, one row each; moments are UTC."""
    heads = [head(str(name), _kind(frame[name])) for name in frame.columns]
    columns = [[_plain(value) for value in frame[name]] for name in frame.columns]
    return heads, [list(row) for row in zip(*columns, strict=True)]


def head(label: str, kind: Kind = "text", unit: str = "") -> dict[str, str]:
    """One column's head."""
    return {"label": label, "kind": kind, "unit": unit}


def _measured(name: str, label: str) -> dict[str, str]:
    return head(label, "number", wording.unit(registry[name]))


def _found(held: Any, *keys: str) -> list[str]:
    """Every text under these keys, wherever in the block, each once."""
    found: dict[str, None] = {}
    parts = held.items() if isinstance(held, Mapping) else enumerate(held) if isinstance(held, list) else ()
    for key, value in parts:
        if key in keys:
            listed = value if isinstance(value, list) else [value]
            found |= dict.fromkeys(one for one in listed if isinstance(one, str) and one)
        elif key != "cell":
            found |= dict.fromkeys(_found(value, *keys))
    return list(found)


def _cards(block: Block, results: Mapping[str, Rows]) -> Made:
    heads = [head("Metric"), head("Value", "number"), head("Unit"), head("n", "number")]
    heads += [head("Change", "number"), head("Change", "number", "%"), head("Compared with"), head("Target")]
    rows = []
    for card in block["items"]:
        name, row = card["metric"], results[card["receipt"]][0]
        moved = [row.get(f"{name}_change"), row.get(f"{name}_change_pct")]
        baseline = card["baseline"].removeprefix("vs ")
        unit = wording.unit(registry[name])
        rows.append([card["label"], row[name], unit, row.get(f"{name}_n"), *moved, baseline, card["target"]])
    return heads, rows


def _series(block: Block, results: Mapping[str, Rows]) -> Made:
    timed = block["grain"] in GRAINS
    first: Kind = "moment" if block["grain"] == "hour" else "date" if timed else "text"
    lines = [*block["series"], *([block["ghost"]] if block.get("ghost") else [])]
    heads = [head(block["grain"], first), *(_measured(one["metric"], one["label"]) for one in lines)]
    keys = block["keys"] if timed else block["labels"]
    rows = [[key, *(_at(one["values"], place) for one in lines)] for place, key in enumerate(keys)]
    if block.get("happened"):
        heads.append(head("Annotations"))
        rows = [[*row, said] for row, said in zip(rows, block["happened"], strict=True)]
    return heads, rows


def _at(values: Sequence[Any], place: int) -> Any:
    """A value of a line; the period before may be shorter."""
    return values[place] if place < len(values) else None


def _grid(block: Block, results: Mapping[str, Rows]) -> Made:
    heads = [head(""), *(_measured(block["metrics"][0], label) for label in block["columns"])]
    return heads, [[label, *block["values"][place]] for place, label in enumerate(block["rows"])]


def _movers(block: Block, results: Mapping[str, Rows]) -> Made:
    heads = [head("Group"), _measured(block["metrics"][0], "Change")]
    return heads, [[row["label"], row["value"]] for row in block["rows"]]


def _ranking(block: Block, results: Mapping[str, Rows]) -> Made:
    """Every group of the query, also those that the page leaves out."""
    names, by = [one["metric"] for one in block["heads"]], block["by"]
    lead, held = registry[names[0]], results[block["receipt"]]
    shown = [row for row in held if row[lead.name] or (row[lead.name] == 0 and not lead.additive)]
    shown.sort(key=lambda row: -row[lead.name])
    heads, columns = [head(block["first"])], []
    for name in names:
        one = registry[name]
        heads.append(_measured(name, one.label))
        columns.append(name)
        for suffix, said in (("_n", "n"), ("_change", "change")):
            if shown and f"{name}{suffix}" in shown[0]:
                heads.append(head(f"{one.label}, {said}", "number"))
                columns.append(f"{name}{suffix}")
    return heads, [[wording.group(by, row[by]), *(row[name] for name in columns)] for row in shown]


def _spread(block: Block, results: Mapping[str, Rows]) -> Made:
    """Every group of the query, also those that the page leaves out."""
    names, by = block["metrics"], block["by"]
    heads = [head(block["first"]), *(_measured(name, registry[name].label) for name in names), head("n", "number")]
    held = [row for row in results[block["receipt"]] if wording.known(row[block["metric"]])]
    held.sort(key=lambda row: row[block["metric"]])
    rows = [[*(row[name] for name in names), row.get(f"{block['metric']}_n")] for row in held]
    return heads, [[wording.group(by, row[by]), *values] for row, values in zip(held, rows, strict=True)]


def _funnel(block: Block, results: Mapping[str, Rows]) -> Made:
    heads = [head("Step"), _measured(block["metrics"][0], "Tickets")]
    heads += [head("Of all", "number", "%"), head("Of the step before", "number", "%")]
    return heads, [[row["label"], row["value"], row["share_pct"], row["kept_pct"]] for row in block["rows"]]


def _listing(block: Block, results: Mapping[str, Rows]) -> Made:
    typed = [
        one["number"] and any(row[place].get("raw") is not None for row in block["rows"])
        for place, one in enumerate(block["heads"])
    ]
    heads = [
        head(one["label"], "number" if is_typed else "text")
        for one, is_typed in zip(block["heads"], typed, strict=True)
    ]
    rows = [[_listed(cell, is_typed) for cell, is_typed in zip(row, typed, strict=True)] for row in block["rows"]]
    return heads, rows


def _listed(cell: Mapping[str, Any], is_typed: bool) -> Any:
    if not is_typed:
        return cell["text"]
    raw = cell.get("raw")
    return raw if raw is not None or cell["text"] == wording.ABSENT else cell["text"]


def _tickets(block: Block, results: Mapping[str, Rows]) -> Made:
    heads = [head("Ticket"), *(head(column["label"]) for column in block["columns"])]
    return heads, [[row["id"], *row["cells"]] for row in block["rows"]]


def _conversation(block: Block, results: Mapping[str, Rows]) -> Made:
    heads = [head("At"), head("Who"), head("Internal"), head("Text")]
    return heads, [[one["at"], one["role"], "yes" if one["note"] else "", one["text"]] for one in block["messages"]]


def _answer(block: Block, results: Mapping[str, Rows]) -> Made:
    heads = [head("Said"), head("Value", "number"), head("Evidence")]
    said = [["".join(part["text"] for part in one["parts"]), None, ""] for one in block["claims"]]
    cards = [[one["quote"], None, f"{one['said']}, {one['at']}"] for one in block["cards"]]
    return heads, [*said, *cards, *([one["label"], one["raw"], one["said"]] for one in block["numbers"])]


def _sources(block: Block, results: Mapping[str, Rows]) -> Made:
    heads = [head("Entry"), head("Health"), head("State"), head("Newest good sync", "age"), head("Promised within")]
    heads += [head("Newest row", "age"), head("Next sync", "age"), head("Paused"), head("Feeding")]
    heads += [head("Read", "number"), head("Written", "number"), head("Quarantine", "number"), head("Last error")]
    names = ["entry", "colour", "word", "age", "promise", "newest_row", "next", "paused", "feeding"]
    names += ["read_rows", "written_rows", "aside", "error"]
    return heads, [[row[name] for name in names] for row in block["rows"]]


def _kind(column: pd.Series[Any]) -> Kind:
    if pd.api.types.is_datetime64_any_dtype(column):
        return "moment"
    is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return "number" if is_number else "text"


def _plain(value: Any) -> Any:
    """A cell of a frame as JSON holds it."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else str(value)


TABLES: Final[dict[str, Callable[[Block, Mapping[str, Rows]], Made]]] = {
    "cards": _cards,
    "bars": _series,
    "lines": _series,
    "grid": _grid,
    "rows": _movers,
    "spread": _spread,
    "funnel": _funnel,
    "multiples": _series,
    "ranking": _ranking,
    "listing": _listing,
    "tickets": _tickets,
    "conversation": _conversation,
    "ask": _answer,
    "sources": _sources,
}
