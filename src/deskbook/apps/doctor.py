"""What a healthy installation has, checked one by one."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from deskbook.apps.dashboards import find_dashboards
from deskbook.book import Book
from deskbook.errors import DeskbookError, MissingExtra, ModelFailed
from deskbook.reports import find_browser
from deskbook.settings import load_settings


@dataclass(frozen=True)
class Check:
    """One finding: ok, missing (something does without it) or failed (nothing does)."""

    name: str
    status: Literal["ok", "missing", "failed"]
    detail: str


def checks(workspace: Path | str | None) -> list[Check]:
    """Every check, whatever the ones before it found."""
    found = [Check("python", "ok", sys.version.split()[0])]
    try:
        book = Book(load_settings(workspace))
    except DeskbookError as error:
        return [*found, Check("workspace", "failed", str(error))]
    found.append(Check("workspace", "ok", str(book.settings.workspace)))
    found += [_tried(name, check, book) for name, check in CHECKS]
    found += _asleep(book)
    found.append(_model(book))
    browser = find_browser()
    found.append(Check("browser", "ok" if browser else "missing", browser or "PDF reports need Chromium or Chrome"))
    return found


def _tried(name: str, check: Callable[[Book], str], book: Book) -> Check:
    try:
        return Check(name, "ok", check(book))
    except DeskbookError as error:
        return Check(name, "failed", str(error))


def _asleep(book: Book) -> list[Check]:
    """What each entry waits for that sleeps until it is set up; there is nothing wrong with it."""
    return [
        Check(f"entry {name}", "missing", f"asleep; to wake it, set {', '.join(variables)}")
        for name, variables in book.asleep.items()
    ]


def _model(book: Book) -> Check:
    """Whether the language model is set and answers; everything does without it, if less fluently."""
    name = "language model"
    try:
        model = book.model
        said = model.check() if model else "none set ([model] in deskbook.toml): answers are worded without one"
    except (ModelFailed, MissingExtra) as error:
        return Check(name, "missing", str(error))
    except DeskbookError as error:
        return Check(name, "failed", str(error))
    return Check(name, "ok" if model else "missing", said)


def _pages(book: Book) -> str:
    pages = sorted(file.stem for file in (book.settings.workspace / "notebooks").glob("*.ipynb"))
    if not pages:
        raise DeskbookError("There is no notebook in notebooks/. Make a workspace with: deskbook init DIR")
    return ", ".join(pages)


def _dashboards(book: Book) -> str:
    from deskbook.apps.pages import find_pages

    pages = [page.name for page in find_pages(book.settings.workspace)]
    found = find_dashboards(book.settings.workspace / "dashboards", pages)
    said = "; ".join(f"{one.title}: {', '.join(one.pages)}" for one in found)
    return said or "none: pages stand in the order of their metadata"


def _schedules(book: Book) -> str:
    from deskbook.apps.deliveries import everything_of
    from deskbook.reports.deliver import open_office

    (found, problems), mail = everything_of(book), open_office(book).means.mail
    if problems:
        raise DeskbookError(" ".join(problems))
    if mail is None and any(name == "email" for one in found for name, _ in one.send):
        raise DeskbookError("A schedule sends e-mail, and deskbook.toml has no [mail].")
    return "; ".join(f"{one.name}: {one.page} at {one.at}" for one in found) or "none: nothing is delivered"


def _catalog(book: Book) -> str:
    problems = "; ".join(str(problem) for problem in book.catalog.problems)
    if problems:
        raise DeskbookError(problems)
    for name in book.catalog.names:
        book.catalog.entry(name)
    return f"{len(book.catalog.names)} entries"


def _sources(book: Book) -> str:
    found = book.health()
    counted = Counter(one.colour for one in found.values())
    said = ", ".join(f"{count} {colour}" for colour, count in counted.items()) or "none"
    wrong = [f"{name}: {one.said}" for name, one in found.items() if one.colour == "red"]
    if wrong:
        raise DeskbookError(f"{said}. {' '.join(wrong)} Look at: deskbook sources")
    return said


def _rules(book: Book) -> str:
    rules = book.rules
    odd = "".join(f"; {one.subject}: {one.said}, so {one.applied}" for one in rules.findings)
    return f"{len(rules.schedules)} schedules, {len(rules.policies)} policies{odd}"


def _lake(book: Book) -> str:
    counts = ", ".join(f"{book.lake.count(name, book.settings.tenant):,} {name}" for name in ("tickets", "messages"))
    return f"snapshot {book.snapshot}, {counts}"


CHECKS: tuple[tuple[str, Callable[[Book], str]], ...] = (
    ("pages", _pages),
    ("dashboards", _dashboards),
    ("schedules", _schedules),
    ("catalog", _catalog),
    ("lake", _lake),
    ("sources", _sources),
    ("hours and promises", _rules),
)
