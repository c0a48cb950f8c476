"""The evaluation's desks, opened as workspaces, and an answerer asked all their questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from deskbook.errors import BadValue, UnknownName
from deskbook.settings import Settings

if TYPE_CHECKING:
    from deskbook.book import Book
    from deskbook.rag.evaluate.desk import Desk
    from deskbook.rag.evaluate.score import Answerer, Judged

ANSWERERS: Final = ("deskbook", "numbers", "passages")
"""Deskbook itself, and two baselines."""


def seeds_of(words: str) -> tuple[int, ...]:
    """Seeds from `train`, `held-out` or a list such as 11,12.

    Raises:
        BadValue: neither.
    """
    from deskbook.rag.evaluate.desk import SEEDS

    if words in SEEDS:
        return SEEDS[words]
    numbers = [word.strip() for word in words.split(",")]
    if not all(word.isascii() and word.isdigit() for word in numbers):
        raise BadValue(f"Seeds want {', '.join(SEEDS)} or numbers such as 11,12; got '{words}'.")
    return tuple(dict.fromkeys(map(int, numbers)))


@contextmanager
def opened_desk(seed: int) -> Iterator[tuple[Desk, Book]]:
    """A desk with its workspace in a folder of its own, gone afterwards."""
    from deskbook.book import Book
    from deskbook.catalog import write_catalog
    from deskbook.rag.evaluate.desk import make_desk

    with TemporaryDirectory(prefix="deskbook-evaluate-") as folder:
        workspace = Path(folder)
        (workspace / "catalogs").mkdir()
        desk, entries = make_desk(workspace / "sample", seed)
        write_catalog(workspace / "catalogs" / "sample.yaml", "Sample desk", entries)
        book = Book(Settings(workspace=workspace, today="data"))
        for report in book.sync():
            if report.error:
                raise BadValue(f"The desk of seed {seed} cannot be read: {report.name}: {report.error}")
        book.index()
        try:
            yield desk, book
        finally:
            book.lake.close()


def evaluate(
    seeds: Sequence[int],
    *,
    kinds: Sequence[str] = (),
    limit: int = 0,
    answerer: str = "deskbook",
    progress: Callable[[int], None] | None = None,
) -> list[Judged]:
    """Every question of those seeds, asked and judged.

    Args:
        kinds: only these; all when empty.
        limit: questions a seed, spread over the kinds; all when 0.
        answerer: one of ANSWERERS.
        progress: told (questions asked so far).

    Raises:
        UnknownName: there is no such kind or answerer.
    """
    from deskbook.rag.evaluate.question import KINDS
    from deskbook.rag.evaluate.questions import make_questions, sample_of
    from deskbook.rag.evaluate.run import ask_all

    if answerer not in ANSWERERS:
        raise UnknownName("answerer", answerer, ANSWERERS)
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownName("kind of question", kind, KINDS)
    judged: list[Judged] = []
    for seed in seeds:
        with opened_desk(seed) as (desk, book):
            questions = make_questions(desk)
            chosen = [one for one in questions if not kinds or one.kind in kinds]
            before = len(judged)
            judged += ask_all(
                desk,
                sample_of(chosen, limit) if limit else chosen,
                _answerer(answerer, book),
                progress=progress and (lambda number, before=before: progress(before + number)),  # type: ignore[misc]
            )
    return judged


def _answerer(name: str, book: Book) -> Answerer:
    from deskbook.rag.evaluate.baselines import numbers_only, passages_only

    if name == "numbers":
        return numbers_only(book)
    if name == "passages":
        return passages_only(book)
    return lambda question: book.ask(question).as_dict()
