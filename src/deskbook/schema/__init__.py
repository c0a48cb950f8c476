"""The standard tables, and the one place where source values become theirs.

Units stand in the names (`_seconds`, `_pct`, `_at`); keys are (tenant, source, id).
"""

from deskbook.schema.batch import QUARANTINE, Batch, Reject, joined, quarantine_table
from deskbook.schema.coerce import TimeForm, coerce
from deskbook.schema.measured import MEASURED
from deskbook.schema.tables import (
    ANNOTATION_KINDS,
    ANNOTATIONS,
    EVENT_KINDS,
    EVENTS,
    HOURS,
    PRIORITIES,
    ROLES,
    STATUSES,
    SURVEYS,
    TABLES,
    TARGETS,
    TICKETS,
    Column,
    Table,
    standard_table,
)
from deskbook.schema.times import Times, utc

__all__ = [
    "ANNOTATIONS",
    "ANNOTATION_KINDS",
    "EVENTS",
    "EVENT_KINDS",
    "HOURS",
    "MEASURED",
    "PRIORITIES",
    "QUARANTINE",
    "ROLES",
    "STATUSES",
    "SURVEYS",
    "TABLES",
    "TARGETS",
    "TICKETS",
    "Batch",
    "Column",
    "Reject",
    "Table",
    "TimeForm",
    "Times",
    "coerce",
    "joined",
    "quarantine_table",
    "standard_table",
    "utc",
]
