"""What of a list was read already as it is, and whether there is more of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskbook.sources.fresh.moments import digest, utc_text
from deskbook.sources.http import Answer, Ask, by_link


def is_more(answer: Answer) -> bool:
    """Whether the Link header names a next page; its address is not followed, as it may be on another host."""
    return by_link(answer, Ask(path="")) is not None


def unseen(rows: list[dict[str, Any]], seen: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """Rows that were not read yet as they are, each once, as it stands last."""
    last = {str(one.get("id")): one for one in rows}
    return [one for number, one in last.items() if seen.get(number, [""])[0] != digest(one)]


def kept(
    new: list[dict[str, Any]], seen: Mapping[str, list[str]], since: str, column: str = "updated_at"
) -> dict[str, list[str]]:
    """What is to be known again: rows that changed since then."""
    found = {**seen, **{str(one.get("id")): [digest(one), utc_text(one.get(column))] for one in new}}
    return {number: held for number, held in found.items() if held[1] >= since}


def companies_of(one: Mapping[str, Any], companies: Mapping[str, str]) -> dict[str, str]:
    """Names of a person's company and departments, by their ids."""
    departments = one.get("department_ids")
    ids = [one.get("company_id"), *(departments if isinstance(departments, list) else [])]
    return {str(each): companies[str(each)] for each in ids if str(each) in companies}
