"""Whether a new wording of a sentence says the same: nothing added, dropped, turned round or swapped.

The check is one-sided on purpose. A wording that it cannot follow is withheld, and the plain sentence stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from deskbook.rag.rephrase_bind import MARK, Bound
from deskbook.rag.rephrase_words import WORDINGS, Wording

_TOKEN: Final = re.compile(r"\{[nwcx]\d+\}|[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[^\w\s]")
_STRANGE: Final = re.compile(r"[<>\[\]|`*_#@\\^~=]|https?:|www\.")
_ENDS: Final = re.compile(r"[.!?](?=\s+\S)")
SIGNS: Final = frozenset(",;:–—-")
MORE_LETTERS: Final = 60
LONGER: Final = 1.8
LEAST_KEPT: Final = 0.6
REACH: Final = 2
"""Words after a negation that say what it denies."""


@lru_cache(maxsize=8)
def _stemmer(name: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(name)


@dataclass(frozen=True)
class Said:
    """A sentence as the check sees it; `movements` are its placeholders of differences, shown with their sign."""

    text: str
    words: Wording
    movements: frozenset[str] = frozenset()

    @cached_property
    def tokens(self) -> list[str]:
        """Words in small letters, placeholders and signs."""
        return [token.lower().replace("’", "'") for token in _TOKEN.findall(self.text)]

    @cached_property
    def plain(self) -> list[str]:
        """The words alone."""
        return [token for token in self.tokens if token[0].isalpha()]

    @cached_property
    def marks(self) -> list[str]:
        """The placeholders, in order."""
        return MARK.findall(self.text)

    def stems(self, words: Iterable[str]) -> list[str]:
        """The stems of words."""
        stem = _stemmer(self.words.stemmer).stemWord
        return [str(stem(word)) for word in words]

    @cached_property
    def content(self) -> set[str]:
        """Stems of the words that mean something."""
        return set(self.stems(word for word in self.plain if word not in self.words.neutral))

    @cached_property
    def clauses(self) -> list[list[str]]:
        """The tokens between commas, colons and words such as `against`."""
        parts: list[list[str]] = [[]]
        for token in self.tokens:
            if token in SIGNS or token in self.words.breaks:
                parts.append([])
            if token not in SIGNS:
                parts[-1].append(token)
        return [part for part in parts if part]

    @cached_property
    def denied(self) -> list[set[str]]:
        """For each negation, what is near it: the placeholder that follows, else the stems, in German also before."""
        found = []
        for place, token in enumerate(self.tokens):
            if token not in self.words.negations:
                continue
            if MARK.fullmatch(next(iter(self.tokens[place + 1 :]), "")):
                found.append({self.tokens[place + 1]})
                continue
            after = [one for one in self.tokens[place + 1 :] if one[0].isalpha() and one not in self.words.neutral]
            near = after[:REACH]
            if self.words.stemmer == "german":
                before = [one for one in self.tokens[:place] if one[0].isalpha() and one not in self.words.neutral]
                near += before[-1:]
            found.append(set(self.stems(near)))
        return found

    def owners(self, group: frozenset[str], *, judged: bool = False) -> list[set[str]]:
        """For each word of a group, the numbers of its clause; of the clauses beside it where it has none.

        Args:
            judged: whether the group judges, so that a difference is a number it can stand by.
        """
        held = [self._numbers(clause, judged=judged) for clause in self.clauses]
        found = []
        for place, clause in enumerate(self.clauses):
            before = next((one for one in reversed(held[:place]) if one), set())
            after = next((one for one in held[place + 1 :] if one), set())
            found += [held[place] or before | after for token in clause if token in group]
        return found

    def _numbers(self, clause: Iterable[str], *, judged: bool = False) -> set[str]:
        marks = {token for token in clause if MARK.fullmatch(token) and token[1] != "x"}
        return marks if judged else marks - self.movements

    def earlier(self) -> set[str]:
        """The numbers that the words of the baseline stand by."""
        return set().union(*self.owners(self.words.classes["base"]))

    def is_earlier(self, clause: Iterable[str], numbers: set[str]) -> bool:
        """Whether a clause speaks of the baseline: by its words, or by a number of it."""
        return bool(set(clause) & self.words.classes["base"]) or bool(self._numbers(clause) & numbers)


def problem(bound: Bound, text: str, language: str = "en") -> str:
    """Why a wording does not say what the sentence says; empty where it does.

    Args:
        text: the wording, with the sentence's placeholders.
    """
    if language not in WORDINGS:
        return f"there are no rules for the language '{language}'"
    words, movements = WORDINGS[language], frozenset(mark for mark, slot in bound.slots.items() if slot.is_movement)
    said, true = Said(text.strip(), words, movements), Said(bound.text, words, movements)
    for check in (
        _form,
        _marks,
        _numerals,
        _quantities,
        _order,
        _negations,
        _classes,
        _ways,
        _amounts,
        _vocabulary,
        _kept,
    ):
        if found := check(bound, true, said):
            return found
    return ""


def _form(bound: Bound, true: Said, said: Said) -> str:
    bare = MARK.sub("", said.text)
    if not said.plain or len(said.text) > LONGER * len(true.text) + MORE_LETTERS:
        return "it is empty or much longer"
    if _STRANGE.search(re.sub(r"\(n = |n = ", "", bare)) and not _STRANGE.search(MARK.sub("", true.text)):
        return "it holds signs that a sentence has no need of"
    if _STRANGE.search(re.sub(r"n = ", "", bare)) and "<" in bare:
        return "it holds markup"
    if len(_ENDS.findall(said.text)) > len(_ENDS.findall(true.text)):
        return "it says more sentences than one"
    return "it asks or exclaims" if any(sign in bare and sign not in true.text for sign in "?!") else ""


def _marks(bound: Bound, true: Said, said: Said) -> str:
    left, wanted = Counter(said.marks), Counter(true.marks)
    braces = re.search(r"[{}]", MARK.sub("", said.text))
    if braces or left != wanted:
        return "a placeholder is missing, doubled or invented"
    return ""


def _numerals(bound: Bound, true: Said, said: Said) -> str:
    bare = MARK.sub(" ", said.text)
    if any(letter.isnumeric() for letter in bare) or "%" in bare:
        return "it has a number of its own"
    own = [word for word in said.plain for part in word.split("-") if part in said.words.numerals]
    held = set(true.plain)
    return "it has a number of its own, in words" if any(word not in held for word in own) else ""


def _quantities(bound: Bound, true: Said, said: Said) -> str:
    """Words such as `all` and `only` are not said more often."""
    more = [word for word in said.words.quantities if said.plain.count(word) > true.plain.count(word)]
    return f"it says '{more[0]}' of its own" if more else ""


def _order(bound: Bound, true: Said, said: Said) -> str:
    """Numbers keep their order, and so do moments, and names; `from … to …` says the later one second.

    A single difference may stand anywhere: its sign says what it is.
    """
    wanted = _orders(bound, true.marks)
    turned = _turned(bound, said)
    tried = turned if turned is not None else [said.tokens]
    if any(_orders(bound, [token for token in tokens if MARK.fullmatch(token)]) == wanted for tokens in tried):
        return ""
    return "its numbers or names stand in another order"


def _orders(bound: Bound, marks: Sequence[str]) -> list[list[str]]:
    """The placeholders by kind, each kind in its order."""
    kinds: dict[str, list[str]] = {"number": [], "movement": [], "moment": [], "name": []}
    for mark in marks:
        slot = bound.slots[mark]
        kind = "name" if mark[1] == "x" else "movement" if slot.is_movement else "number"
        kinds["moment" if slot.is_moment else kind].append(mark)
    if len(kinds["movement"]) > 1:
        kinds["number"] = [mark for mark in marks if mark[1] != "x"]
    return list(kinds.values())


def _turned(bound: Bound, said: Said) -> list[list[str]] | None:
    """The tokens of `… from P to Q …` as `… Q from P …`, for each way to read it; None where it says no such thing.

    None of them where the figures do not move that way.
    """
    words, tokens = said.words, said.tokens
    if words.source not in tokens:
        return None
    start = tokens.index(words.source)
    middles = [place for place in range(start + 1, len(tokens)) if tokens[place] == words.target]
    for middle in middles:
        first, rest = _figures(bound, tokens[start:middle]), _figures(bound, tokens[middle:])
        if not first or not rest:
            continue
        if not _moves(bound, said, first[0], rest[0]):
            return []
        cuts = range(tokens.index(rest[0], middle) + 1, len(tokens) + 1)
        return [[*tokens[:start], *tokens[middle:cut], *tokens[start:middle], *tokens[cut:]] for cut in cuts]
    return None


def _figures(bound: Bound, tokens: Iterable[str]) -> list[str]:
    return [one for one in tokens if MARK.fullmatch(one) and one[1] != "x" and not bound.slots[one].is_movement]


def _moves(bound: Bound, said: Said, earlier: str, later: str) -> bool:
    """Whether the words of a movement go the way the two figures do."""
    old, new = bound.slots[earlier].value, bound.slots[later].value
    if old is None or new is None:
        return False
    ways = {word for word in said.plain if word in said.words.up | said.words.down}
    return not (ways & said.words.up and new <= old) and not (ways & said.words.down and new >= old)


def _negations(bound: Bound, true: Said, said: Said) -> str:
    if len(true.denied) != len(said.denied):
        return "a negation came or went"
    for wanted, got in zip(true.denied, said.denied, strict=True):
        if wanted and not wanted & got:
            return "a negation denies something else"
    return ""


def _classes(bound: Bound, true: Said, said: Said) -> str:
    """Words such as `baseline`, `highest`, `worse` stay, each with its numbers."""
    groups = said.words.classes
    judgements = [name for name in ("better", "worse") if true.owners(groups[name])]
    for name, group in groups.items():
        judged = name in ("better", "worse")
        wanted, got = true.owners(group, judged=judged), said.owners(group, judged=judged)
        if bool(wanted) != bool(got):
            return f"a word of '{name}' came or went"
        if judged and len(judgements) == 1:
            continue  # the one judgement of the sentence, wherever it stands; _ways says what it may stand by
        held = set().union(*wanted)
        lost = [one for one in wanted if one and not any(one & other for other in got)]
        if lost or (held and any(one and not one & held for one in got)):
            return f"a word of '{name}' stands by other numbers"
    return ""


def _ways(bound: Bound, true: Said, said: Said) -> str:
    """Movements and judgements go the way the figures do, and are not said of the baseline."""
    words, held = said.words, set(true.plain)
    signs = {bound.slots[mark].shown[0] for mark in true.marks if bound.slots[mark].is_movement}
    for group, sign in ((words.up, {"+"}), (words.down, {"-", "−"})):
        for word in set(said.plain) & group:
            if word not in held and (not signs or not signs <= sign):
                return f"'{word}' is not what the figures say"
    numbers = true.earlier()
    if words.comparing & set(said.plain) and not words.comparing & held and not true.owners(words.classes["base"]):
        return "it compares what the sentence does not"
    return _of_the_baseline(true, said, numbers)


def _of_the_baseline(true: Said, said: Said, numbers: set[str]) -> str:
    """Nothing is said to be better, worse, up or down in the baseline, nor than anything but it."""
    words, held = said.words, set(true.plain)
    judged = words.classes["better"] | words.classes["worse"] | ((words.up | words.down) - held)
    for place, clause in enumerate(said.clauses):
        if clause[0] in words.than and clause[0] not in held and not said.is_earlier(clause, numbers):
            return "it compares with something else"
        is_bare = not any(MARK.fullmatch(token) for token in clause)
        back = place and not said.movements & set(clause) and (is_bare or clause[0] in words.relative)
        new = set(clause) & judged
        around = [*clause, *(said.clauses[place - 1] if back else ())]
        is_said = any(new <= set(one) and true.is_earlier(one, numbers) for one in true.clauses)
        if new and not is_said and said.is_earlier(around, numbers):
            return "it says of the baseline what is true of the period"
    return ""


def _amounts(bound: Bound, true: Said, said: Said) -> str:
    """Nothing such as `over` or `almost` before a number that has none."""

    def before(one: Said) -> set[tuple[str, str]]:
        pairs = zip(one.tokens, one.tokens[1:], strict=False)
        return {(first, mark) for first, mark in pairs if MARK.fullmatch(mark) and mark[1] != "x"}

    loose = {pair for pair in before(said) - before(true) if pair[1] not in said.movements}
    added = {first for first, _ in loose if first in said.words.hedges}
    allowed = {"than"} if set(said.plain) & (said.words.up | said.words.down | said.words.classes["worse"]) else set()
    allowed |= {"than"} if set(said.plain) & said.words.classes["better"] else set()
    return "a number is made more or less than it is" if added - allowed else ""


def _vocabulary(bound: Bound, true: Said, said: Said) -> str:
    """Every word that means something stands in the sentence too, or was checked above."""
    checked = set().union(*said.words.classes.values()) | said.words.up | said.words.down
    known = true.content | set(true.stems(true.plain))
    if any(slot.value is not None and slot.shown.endswith("%") for slot in bound.slots.values()):
        checked |= said.words.share
    new = [word for word in said.plain if word not in said.words.neutral and word not in checked]
    strange = [word for word, stem in zip(new, said.stems(new), strict=True) if stem not in known]
    return f"it speaks of what the sentence does not: {', '.join(strange[:3])}" if strange else ""


def _kept(bound: Bound, true: Said, said: Said) -> str:
    """What the sentence is about, and what limits it, is still there."""
    words = said.words
    checked = set().union(*words.classes.values()) | words.up | words.down | words.negations
    labels = [word for label in bound.labels for word in re.findall(r"[^\W\d_]+", label.lower())]
    vital = set(true.stems(word for word in labels if word not in words.neutral)) & set(true.stems(true.plain))
    vital |= set(true.stems(words.keep)) & set(true.stems(true.plain))
    units = [bound.slots[mark].shown for mark in said.marks if mark[1] != "x"]
    now = set(said.stems([*said.plain, *re.findall(r"[^\W\d_]+", " ".join(units).lower())]))
    if vital - now:
        return "it no longer says what the number is"
    flat, plain = said.stems(_bare(bound.filled(said.text))), said.stems(_bare(bound.plain))
    for label in bound.labels:
        for part in label.split(","):
            stems = said.stems(_bare(part))
            if _holds(plain, stems, words) and not _holds(flat, stems, words):
                return f"'{part.strip()}' is torn apart"
    if any(phrase in true.text.lower() and phrase not in said.text.lower() for phrase in words.phrases):
        return "it leaves out a limit"
    content = set(true.stems(word for word in true.plain if word not in words.neutral and word not in checked))
    kept = len(content & now)
    return "it leaves too much out" if kept < LEAST_KEPT * len(content) else ""


def _bare(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def _holds(said: Sequence[str], part: Sequence[str], words: Wording) -> bool:
    """Whether words stand side by side; what adds nothing may stand between them."""
    neutral = set(_stemmer(words.stemmer).stemWords(sorted(words.neutral)))
    kept = [one for one in said if one not in neutral or one in part]
    return any(kept[place : place + len(part)] == list(part) for place in range(len(kept) - len(part) + 1))
