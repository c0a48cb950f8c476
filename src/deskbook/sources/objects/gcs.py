"""Google Cloud Storage."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from fsspec.spec import AbstractFileSystem

# Not gcsfs.GCSFileSystem: that one asks every bucket over gRPC what kind it is and waits a minute where it cannot.
from gcsfs.core import GCSFileSystem

from deskbook.errors import ConfigError
from deskbook.sources.stores import NoBucket, Stored, StoreOptions

BLOCK_BYTES = 8 << 20
PAGE_OBJECTS = 1_000
KEY_FIELDS = ("client_email", "private_key", "token_uri")
FIX: Final = "Download the key of a service account from Google's console (IAM, Service accounts, Keys)."
SCOPE: Final = "https://www.googleapis.com/auth/devstorage."


class GcsStore:
    """Google Cloud Storage, asked as a service account, anonymously or as the machine itself."""

    def __init__(self, options: StoreOptions, folder: Path, entry: str) -> None:
        self._options, self.entry, self.is_anonymous = options, entry, options.anonymous
        self.account = service_account(options.service_account, folder, entry) if options.service_account else None

    @cached_property
    def fs(self) -> AbstractFileSystem:
        """gcsfs with this entry's options; its own lists are off, as they would hide what is new."""
        given = self._options
        return GCSFileSystem(
            token="anon" if given.anonymous else self._signed() or "google_default",
            project=given.project or (self.account or {}).get("project_id", ""),
            access=self._access,
            endpoint_url=given.endpoint or None,
            block_size=BLOCK_BYTES,
            use_listings_cache=False,
            skip_instance_cache=True,
        )

    @property
    def _access(self) -> str:
        return "full_control" if self._options.archive else "read_only"

    def _signed(self) -> Any:
        """Who signs as the service account, with a first token; nobody where the entry names none.

        The token is asked for here: where it is refused, gcsfs would try for a minute before it says so.
        """
        if not self.account:
            return None
        from google.auth.transport.requests import Request

        made = signing(self.account, self.entry, SCOPE + self._access)
        made.refresh(Request())
        return made

    def listed(self, bucket: str, prefix: str) -> Iterator[Stored]:
        """Objects in order of name, a thousand a request."""
        token = None
        while True:
            more = {"prefix": prefix, "pageToken": token, "maxResults": PAGE_OBJECTS}
            try:
                page = self.fs.call("GET", "b/{}/o", bucket, **more, json_out=True)
            except FileNotFoundError as error:
                raise NoBucket(bucket) from error
            for one in page.get("items", ()):
                yield _stored(one)
            token = page.get("nextPageToken")
            if not token:
                return

    def stored(self, path: str) -> Stored:
        """One object as it is now."""
        bucket, _, key = path.partition("/")
        try:
            return _stored(self.fs.call("GET", "b/{}/o/{}", bucket, key, json_out=True))
        except FileNotFoundError as error:
            if self._has_no(bucket):
                raise NoBucket(bucket) from error
            raise

    def _has_no(self, bucket: str) -> bool:
        """Whether it is known that the bucket is not there; who may only read objects may not ask."""
        try:
            self.fs.call("GET", "b/{}", bucket, json_out=True)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return False

    def copy(self, one: Stored, path: str) -> None:
        """Copy inside the store if the object is still the same."""
        bucket, _, key = path.partition("/")
        places = (one.bucket, one.key, bucket, key)
        more: dict[str, str] = {}
        while True:
            told = self.fs.call(
                "POST",
                "b/{}/o/{}/rewriteTo/b/{}/o/{}",
                *places,
                ifSourceGenerationMatch=one.etag,
                json_out=True,
                **more,
            )
            if told.get("done", True):
                return
            more = {"rewriteToken": told["rewriteToken"]}

    def remove(self, one: Stored) -> None:
        """Delete the object if it is still the same."""
        self.fs.call("DELETE", "b/{}/o/{}", one.bucket, one.key, ifGenerationMatch=one.etag)

    def buckets(self) -> list[str]:
        """All buckets of the project."""
        told = self.fs.call("GET", "b", project=self.fs.project, json_out=True)
        return [one["name"] for one in told.get("items", ())]


def _stored(told: dict[str, Any]) -> Stored:
    path, size = f"{told['bucket']}/{told['name']}", int(told["size"])
    return Stored(path, size, str(told.get("generation") or told["etag"]), told.get("storageClass", ""))


def service_account(reference: str, folder: Path, entry: str) -> dict[str, str]:
    """The key of a service account, from its file or its JSON text.

    Raises:
        ConfigError: there is no such file, or it is no service account's; nothing of it is shown.
    """
    is_text = reference.lstrip().startswith("{")
    what, fix = "its JSON" if is_text else f"'{reference}'", FIX
    try:
        told = json.loads(reference if is_text else (folder / Path(reference).expanduser()).read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"Entry '{entry}': service_account: {what} is not there in {folder}. {fix}") from error
    except ValueError:
        raise ConfigError(f"Entry '{entry}': service_account: {what} is no JSON. {fix}") from None
    kind = told.get("type") if isinstance(told, dict) else type(told).__name__
    if kind != "service_account":
        raise ConfigError(f"Entry '{entry}': service_account: {what} is of type '{kind}', not 'service_account'. {fix}")
    lacking = [name for name in KEY_FIELDS if not told.get(name)]
    if lacking:
        raise ConfigError(f"Entry '{entry}': service_account: {what} lacks {', '.join(lacking)}. {fix}")
    return dict(told)


def signing(account: dict[str, str], entry: str, *scopes: str) -> Any:
    """Google's own signer of a service account's key; asks for a token with its first request.

    Raises:
        ConfigError: its private key cannot be read; nothing of it is shown.
    """
    from google.oauth2.service_account import Credentials

    try:
        return Credentials.from_service_account_info(account, scopes=scopes or None)  # type: ignore[no-untyped-call]
    except ValueError:
        raise ConfigError(
            f"Entry '{entry}': service_account: its private_key is no key in PEM. In a variable its line breaks must "
            f"stay as the file has them, \\n. {FIX}"
        ) from None
