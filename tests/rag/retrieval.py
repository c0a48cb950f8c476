"""Questions with known answers, asked of the real index in each way there is; what the benchmark and the test share.

StackFAQ (Karan and Šnajder, 2018): 125 support threads, each with about ten paraphrases of its question by people.
E-manual (Nandy et al., EMNLP 2021): 50 questions of customers, each with its section of a telephone's manual.
"""

from __future__ import annotations

import csv
import json
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from deskbook.rag.index import Index, Reader, Scope, open_index, search
from deskbook.rag.index.postings import stems
from deskbook.rag.index.search import DEPTH, Hit, fuse
from deskbook.rag.index.turns import with_subject
from deskbook.text.embedding import SearchEmbedder
from tests.rag.indexed import build, message

MAIN = Scope(tenant="main")
Order = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Asked:
    """A question, and the tickets that answer it."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True)
class Questions:
    """Messages to look in, and questions by the part they are used for: train, validation, test."""

    name: str
    rows: list[dict[str, Any]]
    asked: dict[str, list[Asked]]


def stack_faq(shared: Path) -> Questions:
    """A thread is a ticket: its title the subject, its question and answers the messages; paraphrases are asked."""
    text = (shared / "data" / "faq_retrieval" / "data" / "StackFAQ" / "stackExchange-FAQ.json").read_text("utf-8")
    rows: list[dict[str, Any]] = []
    asked: dict[str, list[Asked]] = {"train": [], "validation": [], "test": []}
    for number, thread in enumerate(json.loads(text)["root"]["qapair"]):
        title, answers = thread["question"], thread["answer"]
        said = [title, *([answers] if isinstance(answers, str) else answers)]
        for place, one in enumerate(said):
            role = "agent" if place else "customer"
            own = {"id": f"{number}-{place}", "ticket_id": f"F{number}", "subject": title, "role": role, "team": ""}
            rows.append(message(number, one, **own))
        for phrase in thread["rephr"]:
            if phrase and phrase.strip("* "):
                part = ("train", "train", "validation", "test", "test")[zlib.crc32(phrase.encode()) % 5]
                asked[part].append(Asked(phrase, frozenset({f"F{number}"})))
    return Questions("StackFAQ", rows, asked)


def emanual(shared: Path) -> Questions:
    """A section is a ticket: its title the subject, its text the message."""
    folder = shared / "data" / "emanual_qa"
    rows: list[dict[str, Any]] = []
    titled: dict[str, set[str]] = {}
    for number, section in enumerate(json.loads((folder / "s10_manual_corpus.json").read_text("utf-8")).values()):
        title = section["title"]
        rows.append(message(number, " ".join(section["text"]), subject=title, role="agent", team=""))
        titled.setdefault(_plain(title), set()).add(f"T{number}")
    with (folder / "s10_50_questions.csv").open(encoding="utf-8") as file:
        asked = [
            Asked(row["question"], frozenset(titled[_plain(row["section_path"].split(">")[-1])]))
            for row in csv.DictReader(file)
        ]
    return Questions("E-manual", rows, {"train": [], "validation": [], "test": asked})


def _plain(title: str) -> str:
    return re.sub(r"\W+", "", title.lower())


@dataclass(eq=False)
class Kept:
    """An embedder that keeps what it embedded, for the many searches of one benchmark."""

    inner: SearchEmbedder
    held: dict[tuple[bool, str], Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def dimensions(self) -> int:
        return self.inner.dimensions

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return self._kept(texts, self.inner.embed, asked=False)

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._kept(texts, self.inner.embed_queries, asked=True)

    def _kept(self, texts: Sequence[str], embed: Any, *, asked: bool) -> np.ndarray:
        due = [text for text in dict.fromkeys(texts) if (asked, text) not in self.held]
        if due:
            self.held.update(((asked, text), row) for text, row in zip(due, embed(due), strict=True))
        return np.array([self.held[asked, text] for text in texts], np.float32).reshape(len(texts), self.dimensions)


class Desk:
    """A set's messages, indexed with one embedder, and the ways to ask it."""

    def __init__(self, questions: Questions, folder: Path, embedder: SearchEmbedder | None) -> None:
        build(folder, questions.rows, embedder=embedder)
        self.folder, self.embedder, self.questions = folder, embedder, questions
        self.texts = {row["id"]: row["text"] for row in questions.rows}
        self.subjects = {row["id"]: row["subject"] for row in questions.rows}
        self.index: Index = open_index(folder, "main")
        self.inside = self.index.inside(MAIN)

    def words(self, query: str) -> list[str]:
        """By words alone."""
        return _tickets(search(self.folder, query, MAIN, DEPTH))

    def meaning(self, query: str, adapter: np.ndarray | None = None) -> list[str]:
        """By meaning alone, the question's vector turned by an adapter."""
        return self._tickets(self.index.by_meaning(self.vector(query, adapter), self.inside, DEPTH))

    def both(self, query: str) -> list[str]:
        """Joined, as `search` does it."""
        return _tickets(search(self.folder, query, MAIN, DEPTH, embedders=lambda name: self.embedder))

    def adapted(self, query: str, adapter: np.ndarray) -> list[str]:
        """Joined, the question's vector turned by an adapter."""
        near = self.index.by_meaning(self.vector(query, adapter), self.inside, DEPTH)
        return self._tickets(fuse({"words": self.index.by_words(stems(query), self.inside, DEPTH), "meaning": near}))

    def read_again(self, query: str, embedder: SearchEmbedder, *, words_alone: bool = False) -> list[str]:
        """Joined, then the best read again by another model."""
        reader = Reader(embedder, self.passages)
        embedders = None if words_alone else (lambda name: self.embedder)
        return _tickets(search(self.folder, query, MAIN, DEPTH, embedders=embedders, reader=reader))

    def passages(self, hits: Sequence[Hit]) -> list[str]:
        """What hits say, after their subjects."""
        return [
            with_subject(self.subjects[hit.message_id], self.texts[hit.message_id][hit.start : hit.end].strip())
            for hit in hits
        ]

    def vector(self, query: str, adapter: np.ndarray | None = None) -> np.ndarray:
        """A question's vector, of length 1."""
        assert self.embedder is not None
        (vector,) = self.embedder.embed_queries([query])
        if adapter is not None:
            vector = (vector @ adapter).astype(np.float32)
        return vector / (np.linalg.norm(vector) or 1)

    def by_stems(self, terms: Sequence[str]) -> list[str]:
        """By words alone, from stems."""
        return self._tickets(self.index.by_words(terms, self.inside, DEPTH))

    def _tickets(self, places: Any) -> list[str]:
        return list(dict.fromkeys(self.index.segments[one].rows["ticket_id"][row].as_py() for one, row in places))


def _tickets(hits: Sequence[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.ticket_id for hit in hits))


@dataclass(frozen=True)
class Figures:
    """How well questions are answered: share with a right ticket first, among the first five, and mean 1 / rank."""

    hit1: float
    hit5: float
    mrr: float
    questions: int


def measure(asked: Sequence[Asked], order: Order) -> Figures:
    """The figures of one way to ask; a right ticket that is not found counts 0."""
    ranks = []
    for one in asked:
        found = [rank for rank, ticket in enumerate(order(one.text), 1) if ticket in one.right]
        ranks.append(1 / found[0] if found else 0.0)
    got = np.array(ranks)
    return Figures(float(np.mean(got == 1)), float(np.mean(got >= 0.2)), float(got.mean()), len(asked))
