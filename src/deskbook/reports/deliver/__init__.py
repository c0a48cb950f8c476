"""Deliver: a page's report sent by schedule, to whom it should go, once.

`dashboards/*.yaml` say what is sent when and to whom; the log says what became of it.
"""

from deskbook.reports.deliver.due import due_time, next_due
from deskbook.reports.deliver.means import Mail, Means, read_mail
from deskbook.reports.deliver.round import Office, deliver, deliver_due
from deskbook.reports.deliver.schedule import Schedule, read_schedules

__all__ = [
    "Mail",
    "Means",
    "Office",
    "Schedule",
    "deliver",
    "deliver_due",
    "due_time",
    "next_due",
    "read_mail",
    "read_schedules",
]
