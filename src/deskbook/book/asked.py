"""What was asked of a book and what became of it: searched, judged, asked again, made into other things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskbook.access import Actor
from deskbook.book import asked_forms as forms
from deskbook.errors import BadValue
from deskbook.store import Asked, AskedLog

if TYPE_CHECKING:
    from deskbook.book.book import Book
    from deskbook.rag import Answer
    from deskbook.rag.history import Difference
    from deskbook.rag.history_clusters import Cluster


@dataclass(frozen=True)
class AgainDone:
    """A question that was asked again."""

    asked: Asked
    difference: Difference
    answer: Mapping[str, Any]


@dataclass(frozen=True)
class AskedOf:
    """The questions asked of a book, as one actor sees them: their own, for an admin everybody's."""

    book: Book
    actor: Actor

    @property
    def log(self) -> AskedLog:
        """Where they are kept."""
        return AskedLog(self.book.state.engine, self.book.settings.tenant)

    def remember(self, question: str, answer: Answer, seconds: float) -> int:
        """Keep a question with its answer; its number."""
        from deskbook.rag.history import kept

        said = answer.as_dict()
        made = self._made(said)
        return self.log.add(self.actor, question, kept(said), made, at=self._now(), seconds=seconds)

    def find(self, words: str = "", *, kept: bool | None = None, limit: int = 100, offset: int = 0) -> list[Asked]:
        """Questions, the newest first.

        Args:
            words: that must all stand in the question, the answer or its correction.
            kept: only those that are asked again, or only the others.
        """
        return self.log.seen(self.actor, words=words, kept=kept, limit=limit, offset=offset)

    def one(self, id: int) -> Asked:
        """One of them.

        Raises:
            UnknownName: there is none that the actor may see.
        """
        return self.log.one(self.actor, id)

    def judge(self, id: int, *, thumb: int | None = None, correction: str | None = None) -> Asked:
        """Say whether an answer was good (1), bad (-1) or neither (0), and what it should have been.

        Raises:
            UnknownName, AccessDenied, BadValue: there is none, it is not theirs, or the value cannot be.
        """
        return self.log.judge(self.actor, id, thumb=thumb, correction=correction)

    def keep(self, id: int, *, kept: bool = True) -> Asked:
        """Have a question asked again whenever something changes, or no longer.

        Raises:
            UnknownName, AccessDenied: there is none, or it is not theirs.
        """
        return self.log.judge(self.actor, id, kept=kept)

    def forget(self, before: str) -> int:
        """Delete questions with their answers from before a day, but for those that are asked again; how many.

        Raises:
            BadValue: it is no day, such as 2026-01-31 or -90d.
        """
        span = self.book.period(before)
        if span.since is None:
            raise BadValue(f"forget wants a day such as 2026-01-31, or -90d, got {before!r}.")
        return self.log.forget(self.actor, span.since.astimezone(UTC).replace(tzinfo=None))

    def unanswered(self, *, limit: int = 1_000) -> list[Cluster]:
        """The newest questions without an answer, those that ask for the same together, the most frequent first."""
        from deskbook.rag.history_clusters import clusters

        found = self.log.seen(self.actor, abstained=True, limit=limit)
        return clusters([(one.id, one.question) for one in found if one.question.strip()])

    def due(self) -> list[tuple[Asked, tuple[str, ...]]]:
        """The kept questions that something changed for since they were last answered, each with what changed."""
        from deskbook.rag.history import causes, now_made

        found = []
        for one in self.log.seen(self.actor, kept=True, limit=1_000):
            _, made = self.log.newest(one)
            now = now_made(made, self.book.snapshot, self._model(), _version())
            if because := causes(made, now):
                found.append((one, because))
        return found

    def again(self, ids: Iterable[int] | None = None) -> list[AgainDone]:
        """Ask questions again, over the same days, and keep how the answers differ from the last ones.

        Args:
            ids: which; those that are due if None.

        Raises:
            UnknownName: there is none of that number.
        """
        chosen = [one for one, _ in self.due()] if ids is None else [self.one(id) for id in ids]
        return [self._again(one) for one in chosen]

    def _again(self, one: Asked) -> AgainDone:
        from deskbook.rag.history import compare, fixed, kept

        before = self.log.newest(one)
        plan = fixed(one.answer["plan"], self.book.period) if not one.abstained else None
        *_, answer = self.book.answers(one.question, plan)
        said = kept(answer.as_dict())
        made = self._made(said)
        difference = compare(before, (said, made))
        self.log.add_again(one, said, made, difference.as_dict(), at=self._now())
        return AgainDone(one, difference, said)

    def agains(self, id: int) -> list[Mapping[str, Any]]:
        """Each time a question was asked again, the newest first, with its difference."""
        return list(self.log.agains(self.one(id)))

    def make_page(self, id: int, name: str = "") -> Path:
        """The answer as a page: a notebook that asks the question whenever it is opened; its file.

        Raises:
            ConfigError: there is a page of that name, or no Ask page to make it after.
        """
        return forms.make_page(self.book.settings.workspace, self.one(id), name)

    def make_schedule(
        self, id: int, *, at: str, send: list[dict[str, Any]], to: Iterable[str] = ("pdf",), name: str = ""
    ) -> Path:
        """The answer as a report that is sent again and again: a page and a dashboard with its schedule; its file.

        Args:
            at: cron line.
            send: addresses, as under `send:` in dashboards/*.yaml.

        Raises:
            ConfigError, UnknownName: the schedule cannot be meant; nothing was written.
        """
        return forms.make_schedule(self.book.settings.workspace, self.one(id), at=at, send=send, to=to, name=name)

    def make_test(self, id: int, name: str = "") -> Path:
        """The answer as a test: its plan with its numbers in `answers/NAME.json`; its file."""
        return forms.make_test(self.book.settings.workspace, self.one(id), name, period=self.book.period)

    def run_tests(self, files: Iterable[Path] | None = None) -> list[tuple[Path, Difference]]:
        """Ask what test files hold, and compare; all in `answers/` if None.

        Raises:
            BadValue: a file is no such test.
        """
        from deskbook.rag.history import compare

        folder = self.book.settings.workspace / forms.TESTS
        done = []
        for file in sorted(folder.glob("*.json")) if files is None else files:
            question, held, made = forms.read_test(file)
            *_, answer = self.book.answers(question, held["plan"])
            said = answer.as_dict()
            done.append((file, forms.numbers_alone(compare((held, made), (said, self._made(said))))))
        return done

    def _made(self, said: Mapping[str, Any]) -> dict[str, Any]:
        from deskbook.rag.history import made_with

        return made_with(said, self.book.snapshot, self._model(), _version())

    def _model(self) -> Any:
        from deskbook.rag.model_settings import read_model

        return read_model(self.book.settings.model)

    def _now(self) -> datetime:
        return self.book.clock().astimezone(UTC).replace(tzinfo=None)


def _version() -> str:
    from deskbook import __version__

    return __version__
