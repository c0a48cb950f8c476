"""Messages to index that a test makes up, and an embedder that says what it was asked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from deskbook.rag.index import Indexed, update_index

FIRST = 1_790_000_000_000_000  # 2026-09-21, in microseconds
A_DAY = 86_400_000_000
NAMES = ("source", "ticket_id", "id", "text", "subject", "team", "channel", "status", "language", "role")


def message(number: int, text: str, **values: Any) -> dict[str, Any]:
    """One message; ticket, day and author follow from its number unless told."""
    return {
        "source": "desk",
        "ticket_id": f"T{number}",
        "id": f"M{number}",
        "sent_at": FIRST + number * A_DAY,
        "text": text,
        "subject": "",
        "team": "Billing",
        "channel": "chat",
        "status": "open",
        "language": "en",
        "role": "customer",
        **values,
    }


@dataclass
class Table:
    """Messages as a snapshot of a lake has them."""

    rows: list[dict[str, Any]]
    snapshot: int = 1

    def table(self) -> pa.Table:
        kinds = {name: pa.array([row[name] for row in self.rows], pa.string()) for name in NAMES}
        keys = [zlib.crc32(f"{row['source']}/{row['id']}".encode()) for row in self.rows]
        states = [zlib.crc32(repr(sorted(row.items())).encode()) for row in self.rows]
        sent = pa.array([row["sent_at"] for row in self.rows], pa.int64())
        return pa.table(
            {"key": pa.array(keys, pa.uint64()), "state": pa.array(states, pa.uint64()), "sent_at": sent, **kinds}
        )

    def states(self) -> pa.Table:
        return self.table().select(["key", "state", "language"])

    def read(self, keys: Any | None) -> Iterator[pa.Table]:
        table = self.table()
        if keys is not None:
            table = table.filter(pa.array(np.isin(table["key"].to_numpy(), keys)))
        for start in range(0, table.num_rows, 50):
            yield table.slice(start, 50)


@dataclass(eq=False)
class Bags:
    """Each word is a direction of its own: texts that share words are near. Keeps what it was asked."""

    name: str = "bags-1"
    dimensions: int = 64
    asked: list[str] = field(default_factory=list)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                dice = np.random.default_rng(zlib.crc32(word.encode()))
                vectors[row] += dice.normal(size=self.dimensions).astype(np.float32)
            vectors[row] /= np.linalg.norm(vectors[row]) or 1
        return vectors

    embed_queries = embed


def build(
    folder: Path, rows: list[dict[str, Any]], snapshot: int = 1, embedder: Any = None, **more: Any
) -> Indexed | None:
    """Index messages for tenant main; by words alone without an embedder."""
    given = {"tenant": "main", "wish": "", **more}
    return update_index(folder, Table(rows, snapshot), choose=lambda messages, english: embedder, **given)
