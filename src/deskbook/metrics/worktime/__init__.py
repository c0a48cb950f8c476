"""Business time: schedules as a workspace or a help desk writes them, and an exact engine over them.

Business time is the real time that passes while the wall clock of a schedule's zone reads inside one
of its spans. Touches no store, network or clock.
"""

from deskbook.metrics.worktime.daysoff import days_off
from deskbook.metrics.worktime.engine import FAR, UNKNOWN, Worktime, schedule_version
from deskbook.metrics.worktime.parse import parse_schedules
from deskbook.metrics.worktime.rows import schedules_from_rows
from deskbook.metrics.worktime.schedule import Finding, Parsed, Schedule, Version, together

__all__ = [
    "FAR",
    "UNKNOWN",
    "Finding",
    "Parsed",
    "Schedule",
    "Version",
    "Worktime",
    "days_off",
    "parse_schedules",
    "schedule_version",
    "schedules_from_rows",
    "together",
]
