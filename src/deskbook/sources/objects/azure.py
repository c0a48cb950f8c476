"""Azure Blob Storage."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import adlfs
from azure.core import MatchConditions
from azure.core.exceptions import ResourceNotFoundError
from fsspec.asyn import get_loop, sync
from fsspec.spec import AbstractFileSystem

from deskbook.errors import ConfigError, SourceError
from deskbook.sources.stores import Stored, StoreOptions

BLOCK_BYTES = 8 << 20
COPY_SECONDS = 3_600
PAGE_OBJECTS = 5_000
SCOPE = "https://storage.azure.com/.default"


class AzureStore:
    """One storage account, asked with its key, a SAS, a managed identity or as the machine itself."""

    def __init__(self, options: StoreOptions, url: str, entry: str) -> None:
        self._options, self.entry, self.is_anonymous = options, entry, options.anonymous
        self._account = options.account or urlsplit(url).netloc.partition("@")[2].partition(".")[0]

    @cached_property
    def fs(self) -> AbstractFileSystem:
        """adlfs with this entry's options; its own lists are off, as they would hide what is new."""
        more = {"blocksize": BLOCK_BYTES, "use_listings_cache": False, "skip_instance_cache": True}
        try:
            return adlfs.AzureBlobFileSystem(**self._who(), **more)
        except ValueError as error:
            if self._account:
                raise
            raise ConfigError(
                f"Entry '{self.entry}': neither account: nor connection_string: says whose storage it is. "
                "Write account:, the name of the storage account."
            ) from error

    def _who(self) -> dict[str, Any]:
        given = self._options
        text = connection_string(given, self._account)
        if text:
            return {"connection_string": text}
        who: dict[str, Any] = {"account_name": self._account or None, "anon": given.anonymous}
        if given.endpoint:
            scheme, _, who["account_host"] = given.endpoint.rstrip("/").partition("://")
            if scheme != "https":
                raise ConfigError(
                    f"Entry '{self.entry}': endpoint: wants https:// where an identity signs in, as its token would "
                    f"travel in the open; got '{given.endpoint}'."
                )
        if given.managed_identity:
            from azure.identity.aio import ManagedIdentityCredential

            client = given.managed_identity if isinstance(given.managed_identity, str) else None
            who["credential"] = made = ManagedIdentityCredential(client_id=client)
            # Asked for here: where there is no such identity, the client of the store tries for over a minute first.
            sync(get_loop(), made.get_token, SCOPE)
        return who

    def listed(self, bucket: str, prefix: str) -> Iterator[Stored]:
        """Blobs in order of name, as many a request as the service gives at once."""
        container = self.fs.service_client.get_container_client(bucket)
        pages = container.list_blobs(name_starts_with=prefix or None, results_per_page=PAGE_OBJECTS).by_page()
        while (page := sync(self.fs.loop, _next_page, pages)) is not None:
            for one in page:
                yield _stored(bucket, one)

    def stored(self, path: str) -> Stored:
        """One blob as it is now."""
        try:
            told = sync(self.fs.loop, self._blob(path).get_blob_properties)
        except ResourceNotFoundError as error:
            if str(getattr(error, "error_code", "")) == "ContainerNotFound":
                raise
            raise FileNotFoundError(path) from error
        return _stored(path.partition("/")[0], told)

    def copy(self, one: Stored, path: str) -> None:
        """Copy inside the account if the blob is still the same; large ones take their time."""
        target = self._blob(path)
        same = {"source_etag": f'"{one.etag}"', "source_match_condition": MatchConditions.IfNotModified}
        sync(self.fs.loop, target.start_copy_from_url, self._blob(one.path).url, **same)
        until = time.monotonic() + COPY_SECONDS
        while (state := sync(self.fs.loop, target.get_blob_properties).copy.status) == "pending":
            if time.monotonic() > until:
                break
            time.sleep(0.2)
        if state != "success":
            raise SourceError(f"Entry '{self.entry}': copying {one.path} to {path} ended as {state}; it stays there.")

    def remove(self, one: Stored) -> None:
        """Delete the blob if it is still the same."""
        same = {"etag": f'"{one.etag}"', "match_condition": MatchConditions.IfNotModified}
        sync(self.fs.loop, self._blob(one.path).delete_blob, **same)

    def buckets(self) -> list[str]:
        """All containers of the account."""
        pages, found = self.fs.service_client.list_containers().by_page(), []
        while (page := sync(self.fs.loop, _next_page, pages)) is not None:
            found += [one.name for one in page]
        return found

    def _blob(self, path: str) -> Any:
        container, _, key = path.partition("/")
        return self.fs.service_client.get_blob_client(container, key)


def connection_string(given: StoreOptions, account: str) -> str:
    """One text with address, account and what was given to sign in; empty where nothing stands in the entry."""
    if given.connection_string:
        return given.connection_string
    address = given.endpoint or (f"https://{account}.blob.core.windows.net" if account else "")
    if given.sas:
        return f"BlobEndpoint={address};SharedAccessSignature={given.sas.lstrip('?')}"
    if given.key:
        return f"BlobEndpoint={address};AccountName={account};AccountKey={given.key}"
    return f"BlobEndpoint={address}" if given.anonymous and given.endpoint else ""


async def _next_page(pages: AsyncIterator[Any]) -> list[Any] | None:
    """The next page as a list; None behind the last."""
    async for page in pages:
        return [one async for one in page]
    return None


def _stored(container: str, told: Any) -> Stored:
    return Stored(f"{container}/{told.name}", told.size, told.etag.strip('"'), str(told.blob_tier or ""))
