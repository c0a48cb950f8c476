"""How well passages are found, in each way there is, on two public sets (`make bench ONLY=retrieval`).

Nothing was chosen on StackFAQ's test questions; the adapter is trained on its train questions and its strength chosen
on the validation ones. Expansion and adapter are measured here and nowhere used: of the first none helps on both sets,
the second needs questions of the same desk with known answers, which no desk has at first.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from deskbook.rag.index.postings import stems
from deskbook.text import MiniLM
from deskbook.text.tiers import Multilingual, Static
from tests.rag.retrieval import Asked, Desk, Figures, Kept, Order, emanual, measure, stack_faq

SHARED = Path(__file__).resolve().parents[3] / "shared"
STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0)
READ_FOR_EXPANSION = 5
NEW_STEMS = 8
NEAR = 0.6


def expanded_by_feedback(desk: Desk, query: str) -> list[str]:
    """RM3's idea: the most telling stems of the five best passages are looked for too, at a third of the weight."""
    own = stems(query)
    places = desk.index.by_words(own, desk.inside, READ_FOR_EXPANSION)
    rows = [(desk.index.segments[one].rows, row) for one, row in places]
    said = Counter(stem for table, row in rows for stem in set(stems(desk.texts[table["message_id"][row].as_py()])))
    new = [stem for stem, _ in said.most_common() if stem not in own][:NEW_STEMS]
    return desk.by_stems([*own * 3, *new])


def vocabulary(desk: Desk, static: Static) -> tuple[list[str], np.ndarray]:
    """The stems of a desk with their vectors."""
    words = [word for one in desk.index.segments for word in one.postings.terms.to_pylist()]
    return words, static.embed(words)


def expanded_by_neighbours(
    desk: Desk, query: str, words: Sequence[str], vectors: np.ndarray, static: Static
) -> list[str]:
    """Stems of the desk that mean nearly the same as one of the question's are looked for too."""
    own = stems(query)
    near = static.embed(own) @ vectors.T
    found = {words[place] for row in near for place in np.argsort(-row)[:3] if row[place] > NEAR}
    return desk.by_stems([*own * 3, *sorted(found - set(own))])


def adapter(desk: Desk, asked: Sequence[Asked], strength: float) -> np.ndarray:
    """The matrix that brings questions' vectors nearest to those of their answers, held to the unit matrix (ridge)."""
    questions, answers = [], []
    for one in asked:
        vector = desk.vector(one.text)
        of_right = [
            segment.vectors[row]
            for segment in desk.index.segments
            for row, ticket in enumerate(segment.rows["ticket_id"].to_pylist())
            if ticket in one.right
        ]
        questions.append(vector)
        answers.append(max(of_right, key=lambda row: float(row @ vector)))
    q, a = np.array(questions, np.float64), np.array(answers, np.float64)
    unit = strength * np.eye(q.shape[1])
    return np.asarray(np.linalg.solve(q.T @ q + unit, q.T @ a + unit))


def chosen_adapter(desk: Desk) -> np.ndarray:
    """The adapter of the train questions, of the strength that serves the validation questions best."""
    parts = desk.questions.asked
    made = [adapter(desk, parts["train"], strength) for strength in STRENGTHS]
    return max(made, key=lambda one: measure(parts["validation"], lambda query: desk.meaning(query, one)).mrr)


def ways(desks: dict[str, Desk], reader: Kept, static: Static) -> dict[str, Order]:
    """Each way to ask, by its name."""
    words, vectors = vocabulary(desks["static"], static)
    plain = desks["static"]
    made: dict[str, Order] = {
        "words": plain.words,
        "words_feedback": lambda query: expanded_by_feedback(plain, query),
        "words_neighbours": lambda query: expanded_by_neighbours(plain, query, words, vectors, static),
    }
    for name, desk in desks.items():
        made |= {name: desk.meaning, f"words_{name}": desk.both}
        if desk.questions.asked["train"]:
            turned = chosen_adapter(desk)
            made[f"{name}_adapter"] = lambda query, desk=desk, turned=turned: desk.meaning(query, turned)
            made[f"words_{name}_adapter"] = lambda query, desk=desk, turned=turned: desk.adapted(query, turned)
    return made | {"words_static_read_again": lambda query: plain.read_again(query, reader)}


def main() -> dict[str, float]:
    """Measure, print a table, and give the figures back."""
    static, minilm = Static(), Kept(MiniLM())
    embedders = {"static": Kept(static), "minilm": minilm, "multilingual": Kept(Multilingual())}
    result: dict[str, float] = {}
    for questions in (stack_faq(SHARED), emanual(SHARED)):
        print(f"\n{questions.name}: {len(questions.asked['test'])} questions, {len(questions.rows)} messages")
        print(f"  {'':<28} hit@1  hit@5  MRR    ms of CPU")
        with tempfile.TemporaryDirectory() as folder:
            desks = {name: Desk(questions, Path(folder) / name, one) for name, one in embedders.items()}
            for name, order in ways(desks, minilm, static).items():
                begun = time.process_time()
                got: Figures = measure(questions.asked["test"], order)
                spent = 1_000 * (time.process_time() - begun) / got.questions
                print(f"  {name:<28} {got.hit1:.3f}  {got.hit5:.3f}  {got.mrr:.3f}  {spent:5.1f}")
                key = f"{questions.name.lower()}_{name}"
                result |= {f"{key}_hit1": got.hit1, f"{key}_hit5": got.hit5, f"{key}_mrr": got.mrr}
    return result


if __name__ == "__main__":
    main()
