"""Language and lexicon mood of support messages against VADER's bare loop, in one run.

Run: PYTHONPATH=src python tests/benchmarks/bench_text.py. Messages: real ones of ../shared/data, each made
different by a number at its end so that none is saved by being scored once; invented ones without the data.
"""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pyarrow as pa
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from deskbook.text import score_texts

DATA = Path(__file__).parents[3] / "shared" / "data"
TEXTS = 40_000
RUNS = 3


def messages(wanted: int = TEXTS) -> list[str]:
    """That many different support messages."""
    found = [
        "Still waiting for my refund, 3rd time I ask!",
        "Thanks, that works now.",
        "Wo ist meine Bestellung geblieben?",
    ]
    talks = DATA / "ibm_twitter_care" / "dev.json"
    if talks.exists():
        found = [message["message"] for talk in json.loads(talks.read_text()) for message in talk["dialogContent"]]
    tweets = DATA / "twcs_twitter_support" / "sample_head_1000.csv"
    if tweets.exists():
        with tweets.open(encoding="utf-8") as file:
            found += [row["text"] for row in csv.DictReader(file)]
    return [f"{found[row % len(found)]} {row}" for row in range(wanted)]


def rate(work: Callable[[], object], texts: int) -> tuple[float, float]:
    """Texts a second of CPU (of this process) and of wall time."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return texts / (time.process_time() - cpu), texts / (time.perf_counter() - wall)


def main() -> dict[str, float]:
    """Measure, print a table, and give the medians back."""
    texts = messages()
    column = pa.array(texts)
    analyzer = SentimentIntensityAnalyzer()
    score_texts(column.slice(0, 100))  # words and language model are loaded once a process, not once a run

    def vader_loop() -> None:
        for text in texts:
            analyzer.polarity_scores(text)

    runs = [
        (
            rate(vader_loop, len(texts)),
            rate(lambda: score_texts(column), len(texts)),
            rate(lambda: score_texts(column, workers=2), len(texts)),
        )
        for _ in range(RUNS)
    ]
    result = {
        "texts": float(len(texts)),
        "mean_characters": sum(map(len, texts)) / len(texts),
        "vader_loop_texts_per_cpu_second": median(vader[0] for vader, _, _ in runs),
        "vader_loop_texts_per_second": median(vader[1] for vader, _, _ in runs),
        "score_texts_per_cpu_second": median(one[0] for _, one, _ in runs),
        "score_texts_per_second": median(one[1] for _, one, _ in runs),
        "score_two_workers_texts_per_second": median(two[1] for _, _, two in runs),
        "score_ratio": median(one[0] / vader[0] for vader, one, _ in runs),
        "score_two_workers_speedup": median(two[1] / one[1] for _, one, two in runs),
    }
    for name, value in result.items():
        print(f"{name:40} {value:12,.2f}")
    return result


if __name__ == "__main__":
    main()
