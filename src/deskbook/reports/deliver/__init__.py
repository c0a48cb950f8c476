"""Deliver: a page's report sent by schedule, to whom it should go, once.

`dashboards/*.yaml` and what people subscribe to on a page say what is sent when and to whom; the log says what became
of it.
"""

from deskbook.reports.deliver.due import due_time, next_due
from deskbook.reports.deliver.means import Mail, Means, read_mail
from deskbook.reports.deliver.permits import Permits, read_permits
from deskbook.reports.deliver.round import Office, deliver, deliver_due, open_office
from deskbook.reports.deliver.schedule import Schedule, read_schedules
from deskbook.reports.deliver.subscriptions import Subscription, Subscriptions, dashboard_of

__all__ = [
    "Mail",
    "Means",
    "Office",
    "Permits",
    "Schedule",
    "Subscription",
    "Subscriptions",
    "dashboard_of",
    "deliver",
    "deliver_due",
    "due_time",
    "next_due",
    "open_office",
    "read_mail",
    "read_permits",
    "read_schedules",
]
