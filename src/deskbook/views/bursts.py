"""What is suddenly talked about: groups with more tickets on a day than their own past leads to expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

import pandas as pd

from deskbook.analytics import bursts
from deskbook.metrics import dimension
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.listing import counted, listing, said
from deskbook.views.numbers import Ask, metric
from deskbook.views.section import Block, Drawing, Moment, cell, empty

PAST_DAYS: Final = 56
MOST_DAYS: Final = 28
"""Days looked at: the last of the period."""
LEAST_DAYS: Final = 21
LEVEL: Final = 0.1
MOST: Final = 12
HEADS: Final = ("Day", "Tickets", "Expected", "Times", "Chance")


@dataclass(frozen=True)
class BurstTable:
    """Days on which a group stands out of its own past.

    Attributes:
        begins: only groups whose word begins so.
    """

    title: str
    metric: str
    by: str
    begins: str = ""

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """One query: each day of the period's end and of the weeks before."""
        return (Ask((self.metric,), by=(self.by,), grain="day", back_days=PAST_DAYS + MOST_DAYS),)

    def block(self, at: Moment) -> Block:
        """The table, the surest first."""
        (ask,) = self.asks()
        numbers = at.numbers[ask]
        rows = [row for row in numbers.rows if row[self.by] and row["day"] and row[self.metric]]
        rows = [row for row in rows if str(row[self.by]).startswith(self.begins)]
        held: Block = {"kind": "listing", "title": self.title}
        if not rows:
            return held | empty(self.title, at)
        days, last = self._looked_at(at)
        frame = pd.DataFrame(
            {
                "group": [row[self.by] for row in rows],
                "day": pd.to_datetime([str(row["day"])[:10] for row in rows]),
                "count": [row[self.metric] for row in rows],
            }
        )
        if (last - frame["day"].min()).days < LEAST_DAYS:
            said_so = f"There are not {LEAST_DAYS} days before this period's end to hold it against."
            return held | {"state": "empty", "said": said_so, "hint": "Come back when there is more of a past."}
        found = bursts(frame, days=days, until=last, level=LEVEL)
        looked = f"the last {days} days of {frame['group'].nunique()} {dimension(self.by).label.lower()}s"
        if found.empty:
            quiet = f"Nothing stands out in {looked}: each is as its own past and weekday lead to expect."
            return {"kind": "notice", "state": "empty", "title": self.title, "said": quiet, "hint": ""}
        known = {(row[self.by], str(row["day"])[:10]): row for row in rows}
        receipt = at.numbers.receipt(ask)
        made = [self._row(one, known, receipt) for one in found.head(MOST).to_dict("records")]
        left = f"; {len(found) - MOST} more not shown" if len(found) > MOST else ""
        caption = f"Of {looked}; of ten shown, at most one is chance{left}"
        heads = (dimension(self.by).label, *HEADS)
        return listing(self.title, heads, made, caption=caption, metric=self.metric)

    def _looked_at(self, at: Moment) -> tuple[int, pd.Timestamp]:
        """How many days are looked at, and the last of them that is over."""
        zone, until = ZoneInfo(at.zone), at.book.data_until
        reached = (at.book.now() if until is None else until.replace(tzinfo=ZoneInfo("UTC"))).astimezone(zone)
        ended = (at.period.until or at.book.now()).astimezone(zone) - timedelta(microseconds=1)
        last = min(ended, reached).date()
        days = min(MOST_DAYS, max(1, round(at.period.days or MOST_DAYS)))
        return days, pd.Timestamp(last)

    def _row(self, one: dict[Any, Any], known: dict[Any, dict[str, Any]], receipt: str) -> list[dict[str, Any]]:
        day = one["day"].strftime("%Y-%m-%d")
        row = known[one["group"], day]
        place = cell(self.metric, **{self.by: row[self.by], "day": row["day"]})
        count, expected = int(one["count"]), float(one["expected"])
        sure = one["adjusted"] < 0.001
        return [
            said(str(one["group"])),
            said(wording.bucket(datetime.fromisoformat(day), "day")),
            counted(wording.number(count), receipt=receipt, cell=place, raw=count),
            counted(wording.number(expected, 1), raw=expected, note="from its own level and weekdays before"),
            counted(f"{wording.number(count / max(expected, 0.05), 1)}×", raw=count / max(expected, 0.05)),
            counted(
                f"under {wording.number(0.1, 1)}{wording.NBSP}%" if sure else _pct(100 * float(one["adjusted"])),
                raw=float(one["adjusted"]),
                note="of being one of the false ones, all looked at together",
            ),
        ]

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def _pct(value: float) -> str:
    return f"{wording.number(value, 1)}{wording.NBSP}%"


def burst_table(title: str, metric_name: str, *, by: str, begins: str = "") -> BurstTable:
    """Groups and days with more of a count than their own past leads to expect, with few false alarms."""
    metric(metric_name)
    dimension(by)
    return BurstTable(title, metric_name, by, begins)
