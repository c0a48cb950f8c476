"""What went wrong at a lake's database or files, in words that name it and the fix, and never a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import duckdb
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from deskbook.errors import StoreError

if TYPE_CHECKING:
    from deskbook.store.places import Place

OF_DATABASES: Final = (
    (r"password authentication failed|no password supplied",
     "refuses the password of user {user}. Fix: put the right one into PGPASSWORD, ~/.pgpass or DESKBOOK_DATABASE."),
    (r'database "[^"]*" does not exist', "has no database {database}. Fix: CREATE DATABASE {database}"),
    (r'role "[^"]*" does not exist', "knows no user {user}. Fix: CREATE ROLE {user} LOGIN"),
    (r"permission denied|must be owner|insufficient privilege",
     "does not let user {user} do that: {cause}. Fix: GRANT CREATE, CONNECT ON DATABASE {database} TO {user}, and make "
     "{user} the owner of the schemas deskbook_lake and deskbook_state."),
    (r"could not translate host|name or service not known|getaddrinfo|failed to resolve",
     "cannot be found: no such host. Fix: look at the host in DESKBOOK_DATABASE."),
    (r"connection refused|timeout expired|timed out|no route to host|connection to server at .* failed: timeout",
     "does not answer. Fix: look whether it runs, at host and port in DESKBOOK_DATABASE, and at firewalls between."),
    (r"server does not support ssl|ssl was required|certificate|no pg_hba.conf entry",
     "cannot be reached the way it is asked: {cause}. Fix: let it speak TLS, or look at sslmode in DESKBOOK_DATABASE."),
    (r"too many clients|remaining connection slots",
     "has no connection left. Fix: raise max_connections, or run fewer workers and servers."),
)  # fmt: skip
OF_FILES: Final = (
    (r"nosuchbucket|http 404|404 \(not found\)|specified bucket",
     "The bucket {bucket} is not there. Fix: make it, or look at DESKBOOK_FILES and at the region."),
    (r"http 403|403 \(forbidden\)|accessdenied|invalidaccesskeyid|signaturedoesnotmatch|http 401|http 400.*expired",
     "The object store refuses bucket {bucket}. Fix: look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or "
     "[storage]), whether they are out of date, and whether they may list, get, put and delete there."),
    (r"http 301|http 400|permanentredirect|authorizationheadermalformed",
     "The object store keeps bucket {bucket} in another region. Fix: set AWS_REGION, or region in [storage]."),
    (r"could not resolve|could not connect|connection refused|timeout|timed out|couldn.t connect",
     "The object store of bucket {bucket} does not answer. Fix: look at AWS_ENDPOINT_URL, or endpoint in [storage], "
     "and at the network."),
)  # fmt: skip


def said(error: Exception, url: URL, place: Place | None = None, doing: str = "") -> StoreError:
    """The error to raise for one of DuckDB's or SQLAlchemy's.

    Args:
        url: of the database.
        place: of the lake, where its files may be to blame.
        doing: what was being done, for causes that nobody has met before.
    """
    text = str(getattr(error, "orig", None) or error)
    cause = _scrubbed(_cause(text), url, place)
    if place and place.bucket and re.search(r"https?://|s3://", text):
        for pattern, words in OF_FILES:
            if re.search(pattern, text, re.IGNORECASE):
                return StoreError(words.format(bucket=place.bucket))
    if url.get_backend_name() == "postgresql":
        where = f"PostgreSQL at {url.host or 'this machine'}{f':{url.port}' if url.port else ''}"
        for pattern, words in OF_DATABASES:
            if re.search(pattern, text, re.IGNORECASE):
                known = {"user": url.username or "(none named)", "database": url.database, "cause": cause}
                return StoreError(f"{where} {words.format(**known)}")
    return StoreError(f"{doing or 'The lake cannot be reached'}: {cause}")


@contextmanager
def telling(place: Place, doing: str) -> Iterator[None]:
    """Say what DuckDB or SQLAlchemy raises inside in our words."""
    try:
        yield
    except (duckdb.Error, SQLAlchemyError) as error:
        raise said(error, place.database, place, doing) from None


def _cause(text: str) -> str:
    """The first line that says something, without what was asked."""
    line = next((one.strip() for one in text.splitlines() if one.strip()), "no reason given")
    return re.sub(r"^.*?(FATAL|ERROR): +", "", line)[:300].rstrip(". ")


def _scrubbed(text: str, url: URL, place: Place | None) -> str:
    secrets = [url.password, *([place.storage.key, place.storage.secret, place.storage.token] if place else [])]
    for secret in secrets:
        if secret:
            text = text.replace(str(secret), "***")
    return text
