"""What was found: a sentence a ticket, and sums by cause that add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from deskbook.clocks.differences.hypotheses import CAUSES

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Share:
    """A part of a ticket's difference.

    Attributes:
        cause: key of `CAUSES`.
        hypothesis: what they do, by its name; empty where nothing was found.
        seconds: how much longer their figure is for it; None where ours has no figure.
    """

    cause: str
    hypothesis: str
    seconds: int | None


@dataclass(frozen=True)
class Explanation:
    """Why the figures of one ticket differ.

    Attributes:
        ours_seconds: None where there is no such moment in our reading.
        difference_seconds: theirs less ours; the shares add up to it.
        cause: key of `CAUSES`, two with " + " between, or empty where they agree.
        candidates: names of all hypotheses that give their figure, the chosen one first; " + " joins two.
        is_ambiguous: whether hypotheses of another cause give it as well, and no other ticket speaks against them.
        left_out: why the ticket counts in none of our metrics, if it does not.
    """

    source: str
    ticket_id: str
    measure: str
    ours_seconds: int | None
    theirs_seconds: int
    difference_seconds: int | None
    cause: str
    sentence: str
    shares: tuple[Share, ...]
    candidates: tuple[str, ...]
    is_ambiguous: bool
    left_out: str | None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class CauseSum:
    """What one cause comes to over many tickets.

    Attributes:
        tickets: those it has a share in; a ticket with two causes is one of both.
        seconds: how much longer their figures are for it.
    """

    cause: str
    about: str
    tickets: int
    seconds: int


@dataclass(frozen=True)
class Explained:
    """The compared tickets of one measure.

    Attributes:
        tickets: one a number they report.
        beside: further tickets, on which both say the same.
    """

    measure: str
    tickets: tuple[Explanation, ...]
    beside: int = 0

    def differing(self, beside: int) -> Explained:
        """Without the tickets on which both say the same: those are counted, and `beside` more."""
        tickets = tuple(one for one in self.tickets if one.cause)
        return Explained(self.measure, tickets, beside + len(self.tickets) - len(tickets))

    @property
    def compared(self) -> int:
        """Numbers of theirs that were compared with ours."""
        return len(self.tickets) + self.beside

    @property
    def agreeing(self) -> int:
        """Tickets on which both say the same."""
        return self.beside + sum(not one.cause for one in self.tickets)

    @property
    def difference_seconds(self) -> int:
        """How much longer all their figures are together, where both have one."""
        return sum(one.difference_seconds or 0 for one in self.tickets)

    @property
    def sums(self) -> tuple[CauseSum, ...]:
        """By cause, the one with most tickets first; their seconds add up to `difference_seconds`."""
        shares = [share for one in self.tickets for share in _by_cause(one.shares)]
        made = [
            CauseSum(
                cause,
                about,
                sum(share.cause == cause for share in shares),
                sum(share.seconds or 0 for share in shares if share.cause == cause),
            )
            for cause, about in CAUSES.items()
        ]
        return tuple(sorted((one for one in made if one.tickets), key=lambda one: -one.tickets))

    @property
    def sentence(self) -> str:
        """The whole in one sentence."""
        differing = self.compared - self.agreeing
        if not differing:
            return f"Both agree on every figure ({self.compared:,})."
        first = self.sums[0]
        return (
            f"{differing:,} of {self.compared:,} figures differ, by {said_sum(self.difference_seconds)} in all; "
            f"most often over {first.about} ({first.tickets:,} tickets, {said_sum(first.seconds)})."
        )

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "measure": self.measure,
            "sentence": self.sentence,
            "compared": self.compared,
            "agreeing": self.agreeing,
            "difference_seconds": self.difference_seconds,
            "sums": [asdict(one) for one in self.sums],
            "tickets": [one.as_dict() for one in self.tickets],
        }

    def as_frame(self) -> pd.DataFrame:
        """One row a ticket: source, ticket_id, ours_, theirs_ and difference_seconds, cause, sentence and the rest."""
        import pandas as pd

        whole = ("ours_seconds", "theirs_seconds", "difference_seconds")
        names = [name for name in Explanation.__dataclass_fields__ if name != "shares"]
        frame = pd.DataFrame({name: [getattr(one, name) for one in self.tickets] for name in names})
        return frame.astype(dict.fromkeys(whole, "Int64"))

    def sums_frame(self) -> pd.DataFrame:
        """One row a cause: cause, about, tickets, seconds."""
        import pandas as pd

        return pd.DataFrame([asdict(one) for one in self.sums], columns=list(CauseSum.__dataclass_fields__))


def _by_cause(shares: Iterable[Share]) -> list[Share]:
    """A ticket's shares, those of one cause made one."""
    found: dict[str, Share] = {}
    for share in shares:
        held = found.get(share.cause)
        seconds = share.seconds if held is None else (held.seconds or 0) + (share.seconds or 0)
        found[share.cause] = Share(share.cause, share.hypothesis, seconds)
    return list(found.values())


def said_minutes(seconds: int) -> str:
    """Seconds as minutes, to the thousandth: 960.133 min."""
    text = f"{seconds / 60:,.3f}"
    return f"{text.rstrip('0').rstrip('.')} min"


def said_sum(seconds: int) -> str:
    """Seconds of many tickets: as minutes, from a hundred hours on as whole hours."""
    return f"{seconds / 3600:,.0f} h" if abs(seconds) >= 360_000 else said_minutes(seconds)
