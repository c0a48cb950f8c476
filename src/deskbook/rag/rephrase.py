"""An answer's sentences worded anew by a language model that sees no number, no name and no customer's words.

The model gets sentences with placeholders and may only word them. Each that comes back is checked against the one it
was made from; where it does not say the same, the plain sentence stands. The model has no tools.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from deskbook.errors import DeskbookError
from deskbook.rag.answer import Answer
from deskbook.rag.model import Message, Model
from deskbook.rag.rephrase_bind import MARK, Bound, bind
from deskbook.rag.rephrase_check import problem
from deskbook.rag.rephrase_words import WORDINGS

PROMPT_VERSION: Final = "rephrase-1"
"""Changes with every change of what the model is told: saved questions are asked again then."""
MOST_MARKS: Final = 14
"""A sentence with more numbers than this is a table, and stays one."""
LEAST_WORDS: Final = 4
LINE: Final = re.compile(r"\s*\[?s?(\d{1,3})\]?[.:)]?\s+(.+?)\s*$")
LANGUAGES: Final = {"en": "English", "de": "German", "es": "Spanish", "fr": "French"}
SYSTEM: Final = """You word sentences of a report so that they read well in {language}. For each line you get, write \
one line that starts with the same number in brackets.
Rules:
- Say exactly what the line says, no more and no less. Add no cause, no opinion, no example.
- Keep every placeholder such as {{n3}}, {{w0}}, {{c1}} or {{x2}} exactly once, in the same order, and write no number \
yourself, neither in digits nor in words.
- Keep "(n = {{n3}})" as it is. Keep negations, and words such as better, worse, highest, lowest, baseline, expected.
- One sentence a line. No other text."""
EXAMPLE: Final = (
    ("[s1] Negative messages, {x9}: {n90} (n = {n91}), against {n92} in the baseline (n = {n93}): {w90} (worse).",
     "[s1] During {x9}, negative messages came to {n90} (n = {n91}), against {n92} in the baseline (n = {n93}), "
     "which is {w90} worse."),
)  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer, ready to be shown.

    Attributes:
        claim: its place among the answer's claims.
        text: as it is shown.
        by: the model's name; empty where it is the plain sentence.
        why: why a wording of the model was withheld; empty where none was.
    """

    claim: int
    text: str
    by: str = ""
    why: str = ""


def wants_words(answer: Answer) -> list[Bound]:
    """The sentences of an answer that a model may word; none where it could not be answered or is a definition."""
    if answer.abstain or answer.plan.get("kind") == "define" or answer.language not in WORDINGS:
        return []
    bounds = bind(answer.claims, answer.numbers, answer.language)
    return [
        one
        for one in bounds
        if len(MARK.findall(one.text)) <= MOST_MARKS and len(MARK.sub(" ", one.text).split()) >= LEAST_WORDS
    ]


def rephrase(answer: Answer, model: Model) -> Iterator[Sentence]:
    """The answer's sentences in their order, each as soon as it is decided.

    Whatever becomes of the model, every sentence comes, and none later than the model's limit.

    Raises:
        DeskbookError: at the end, when every sentence has come, where the model failed.
    """
    bounds = {one.claim: one for one in wants_words(answer)}
    order = [place for place, claim in enumerate(answer.claims) if not _is_passage(claim)]
    waiting, failed = list(order), None
    if bounds:
        replies = _replies(model, list(bounds.values()), answer.language)
        while True:
            try:
                place, said = next(replies)
            except StopIteration:
                break
            except DeskbookError as error:
                failed = error
                break
            if place not in waiting:
                continue  # said twice, or of no sentence of ours
            while waiting[0] != place:
                yield _plain(answer, waiting.pop(0))
            yield _decided(answer, bounds[waiting.pop(0)], said, model)
    for place in waiting:
        yield _plain(answer, place)
    if failed:
        raise failed


def worded(answer: Answer, sentences: Iterable[Sentence], failed: Iterable[DeskbookError] = ()) -> Answer:
    """The answer with its sentences as they were decided; what changed is said in `notes`.

    Each reworded claim keeps the sentence it was made from under `plain`, and the model's name under `worded_by`.
    """
    claims, text = [dict(claim) for claim in answer.claims], answer.text
    notes, done, withheld, name = list(answer.notes), 0, 0, ""
    for one in sentences:
        withheld += bool(one.why)
        if one.by:
            name, done = one.by, done + 1
            plain = str(claims[one.claim]["text"])
            text = text.replace(plain, one.text, 1)
            claims[one.claim] |= {"text": one.text, "plain": plain, "worded_by": one.by}
    notes += [f"{error} What it did not word stands in Deskbook's own words." for error in failed]
    if done:
        notes.append(f"{done} of the sentences worded by {name}; numbers, names and dates are Deskbook's.")
    if withheld:
        notes.append(f"{withheld} of the model's sentences withheld, as they did not say what the figures say.")
    return replace(answer, text=text, claims=claims, notes=tuple(notes))


def _decided(answer: Answer, bound: Bound, said: str, model: Model) -> Sentence:
    why = problem(bound, said, answer.language)
    if why:
        return Sentence(bound.claim, bound.plain, why=why)
    return Sentence(bound.claim, bound.filled(said.strip()), by=model.made.name)


def _plain(answer: Answer, place: int) -> Sentence:
    return Sentence(place, str(answer.claims[place]["text"]))


def _is_passage(claim: dict[str, object]) -> bool:
    cites = claim["cites"]
    return isinstance(cites, list) and any("quote" in cite for cite in cites)


def _replies(model: Model, bounds: Sequence[Bound], language: str) -> Iterator[tuple[int, str]]:
    """Claims with their wordings, line by line as they come; a line that names no sentence is passed over."""
    held, places = "", [one.claim for one in bounds]
    letters = sum(len(one.text) for one in bounds)
    for piece in model.stream(messages(bounds, language), most_tokens=letters + 200):
        *lines, held = (held + piece).split("\n")
        yield from _read(lines, places)
    yield from _read([held], places)


def _read(lines: Iterable[str], places: Sequence[int]) -> Iterator[tuple[int, str]]:
    for line in lines:
        found = LINE.fullmatch(line)
        if found and 1 <= int(found[1]) <= len(places):
            yield places[int(found[1]) - 1], found[2]


def messages(bounds: Sequence[Bound], language: str) -> list[Message]:
    """What the model is told: the rules, an example, and the sentences with their placeholders."""
    asked = "\n".join(f"[s{number}] {one.text}" for number, one in enumerate(bounds, 1))
    example = [
        {"role": role, "content": text}
        for pair in EXAMPLE
        for role, text in zip(("user", "assistant"), pair, strict=True)
    ]
    system = SYSTEM.format(language=LANGUAGES[language])
    return [{"role": "system", "content": system}, *example, {"role": "user", "content": asked}]
