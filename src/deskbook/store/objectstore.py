"""Access to the bucket a lake's files lie in: keys that are given, or those the machine is given by its cloud."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

import duckdb

from deskbook.errors import ConfigError
from deskbook.settings import Storage
from deskbook.store.places import Place, quoted

SECRET: Final = "deskbook_files"
AHEAD: Final = timedelta(minutes=10)
"""How long before they are out of date keys are asked for anew."""
REGION: Final = "us-east-1"


class Access:
    """Keeps a connection's keys in date.

    Args:
        con: the lake's connection; its cursors share what it is told.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, place: Place) -> None:
        self._con, self._place = con, place
        self._turn = Lock()
        self._until: datetime | None = admit(con, place)

    def renew(self) -> None:
        """Ask for new keys where the old ones are about to be out of date."""
        with self._turn:
            if self._until is not None and datetime.now(UTC) > self._until - AHEAD:
                self._until = admit(self._con.cursor(), self._place)


def admit(con: duckdb.DuckDBPyConnection, place: Place) -> datetime | None:
    """Tell DuckDB the keys of the lake's bucket; until when they hold, None where for good or where there is none.

    Raises:
        ConfigError: no key is to be had.
    """
    if not place.bucket:
        return None
    given, until = (place.storage, None) if place.storage.key else _of_the_machine(place.storage)
    words = {"KEY_ID": given.key, "SECRET": given.secret, "SESSION_TOKEN": given.token}
    words |= {"REGION": given.region or REGION, "SCOPE": f"s3://{place.bucket}"}
    plain = ""
    if given.endpoint:
        parts = urlsplit(given.endpoint)
        words |= {"ENDPOINT": parts.netloc + parts.path.rstrip("/"), "URL_STYLE": "path"}
        plain = ", USE_SSL false" if parts.scheme == "http" else ""
    told = ", ".join(f"{name} {quoted(value)}" for name, value in words.items() if value)
    con.execute(f"CREATE OR REPLACE SECRET {SECRET} (TYPE s3, {told}{plain})")
    return until


def _of_the_machine(storage: Storage) -> tuple[Storage, datetime | None]:
    """Keys of a profile, a role or the cloud's own service, as botocore finds them."""
    wanted = (
        "The lake's files lie in S3, and no key is to be had. Fix: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or "
        "install deskbook[cloud] and give this machine a profile or a role."
    )
    try:
        from botocore.session import get_session
    except ImportError:
        raise ConfigError(wanted) from None
    session: Any = get_session()
    found = session.get_credentials()
    if found is None:
        raise ConfigError(wanted)
    frozen = found.get_frozen_credentials()
    region = storage.region or session.get_config_variable("region") or ""
    until = getattr(found, "_expiry_time", None)  # botocore shows it in no other way
    return Storage(storage.endpoint, region, frozen.access_key, frozen.secret_key, frozen.token or ""), until
