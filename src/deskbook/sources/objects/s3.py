"""Amazon S3 and stores that speak like it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property, partial
from typing import Any

import s3fs
from fsspec.spec import AbstractFileSystem

from deskbook.sources.stores import Stored, StoreOptions

BLOCK_BYTES = 8 << 20
PAGE_OBJECTS = 1_000
LARGEST_COPY_BYTES = 5 << 30
PART_BYTES, MOST_PARTS = 512 << 20, 10_000
KEPT_OF_PARTS = ("ContentType", "ContentEncoding", "ContentDisposition", "ContentLanguage", "CacheControl", "Metadata")
"""What a copy in one piece takes along by itself."""
METHOD = "sts-assume-role"
NOT_THERE = ("404", "NoSuchKey", "NotFound")


class S3Store:
    """One S3, asked with an entry's key, profile, role or the machine's own."""

    def __init__(self, options: StoreOptions, entry: str) -> None:
        self._options, self.entry, self.is_anonymous = options, entry, options.anonymous

    @cached_property
    def fs(self) -> AbstractFileSystem:
        """s3fs with this entry's options; its own lists are off, as they would hide what is new."""
        given = self._options
        region = {"region_name": given.region} if given.region else {}
        who: dict[str, Any] = {"anon": given.anonymous}
        if given.role:
            who["session"] = _assumed(given)
        elif given.key:
            who |= {"key": given.key, "secret": given.secret, "token": given.token or None}
        elif given.profile:
            who["profile"] = given.profile
        return s3fs.S3FileSystem(
            **who,
            endpoint_url=given.endpoint or None,
            client_kwargs=region,
            default_block_size=BLOCK_BYTES,
            use_listings_cache=False,
            # One for all who ask with the same key; a profile or role may be another by the next sync.
            skip_instance_cache=not (given.anonymous or (given.key and not given.role)),
        )

    def listed(self, bucket: str, prefix: str) -> Iterator[Stored]:
        """Objects in order of key, a thousand a request."""
        after: dict[str, str] = {}
        while True:
            page = self.fs.call_s3("list_objects_v2", Bucket=bucket, Prefix=prefix, MaxKeys=PAGE_OBJECTS, **after)
            for one in page.get("Contents", ()):
                etag = one["ETag"].strip('"')
                yield Stored(f"{bucket}/{one['Key']}", one["Size"], etag, one.get("StorageClass", ""))
            if not page.get("IsTruncated"):
                return
            after = {"ContinuationToken": page["NextContinuationToken"]}

    def stored(self, path: str) -> Stored:
        """One object as it is now; an answer without a body hides why it was refused, so then it is opened."""
        from botocore.exceptions import ClientError

        bucket, _, key = path.partition("/")
        try:
            told = self._called("head_object", Bucket=bucket, Key=key)
        except ClientError:
            told = self._called("get_object", Bucket=bucket, Key=key)
            told["Body"].close()
        return Stored(path, told["ContentLength"], told["ETag"].strip('"'), told.get("StorageClass", ""))

    def copy(self, one: Stored, path: str) -> None:
        """Copy inside the store if the object is still the same; above 5 GB in parts, of which each asks for that."""
        bucket, _, key = path.partition("/")
        target = {"Bucket": bucket, "Key": key}
        source = {"CopySource": {"Bucket": one.bucket, "Key": one.key}, "CopySourceIfMatch": one.etag}
        if one.size > LARGEST_COPY_BYTES:
            self._copy_in_parts(one, target, source)
        else:
            self._called("copy_object", **target, **source)

    def _copy_in_parts(self, one: Stored, target: dict[str, Any], source: dict[str, Any]) -> None:
        told = self._called("head_object", Bucket=one.bucket, Key=one.key)
        kept = {name: told[name] for name in KEPT_OF_PARTS if told.get(name)}
        upload = target | {"UploadId": self._called("create_multipart_upload", **target, **kept)["UploadId"]}
        parts = []
        try:
            for number, span in enumerate(_spans(one.size), start=1):
                part = {**upload, **source, "PartNumber": number, "CopySourceRange": span}
                done = self._called("upload_part_copy", **part)["CopyPartResult"]
                parts.append({"PartNumber": number, "ETag": done["ETag"]})
            self._called("complete_multipart_upload", **upload, MultipartUpload={"Parts": parts})
        except BaseException:  # parts that nobody completes are seen in no listing and charged all the same
            with suppress(Exception):
                self._called("abort_multipart_upload", **upload)
            raise

    def remove(self, one: Stored) -> None:
        """Delete the object if it is still the same."""
        self._called("delete_object", Bucket=one.bucket, Key=one.key, IfMatch=one.etag)

    def buckets(self) -> list[str]:
        """All buckets of the account."""
        return [one["Name"] for one in self._called("list_buckets")["Buckets"]]

    def client(self, service: str) -> Any:
        """A boto3 client of another service, asked as the same for as long as it is used."""
        import boto3

        given = self._options
        who = {"botocore_session": _assumed_by_boto(given)} if given.role else _own(given)
        session = boto3.Session(**who, region_name=given.region or None)
        return session.client(service, endpoint_url=given.endpoint or None)

    def _called(self, method: str, **words: Any) -> dict[str, Any]:
        """One request through s3fs, its own error kept: it tells more than the OSError made of it."""
        from botocore.exceptions import ClientError

        try:
            told: dict[str, Any] = self.fs.call_s3(method, **words)
        except OSError as error:
            cause = error.__cause__
            if isinstance(cause, ClientError):
                if cause.response["Error"].get("Code") in NOT_THERE and method == "get_object":
                    raise FileNotFoundError(words["Key"]) from cause
                raise cause from None
            raise
        return told


def _spans(size: int) -> Iterator[str]:
    """The ranges of bytes that an object is copied in."""
    each = max(PART_BYTES, -(-size // MOST_PARTS))
    for first in range(0, size, each):
        yield f"bytes={first}-{min(first + each, size) - 1}"


def _own(given: StoreOptions) -> dict[str, Any]:
    """What boto3 is told of who asks, without a role."""
    if given.key:
        held = {"aws_access_key_id": given.key, "aws_secret_access_key": given.secret}
        return held | ({"aws_session_token": given.token} if given.token else {})
    return {"profile_name": given.profile} if given.profile else {}


def _credentials(given: StoreOptions) -> dict[str, str]:
    """Temporary credentials of the entry's role, from STS, in botocore's words."""
    import boto3

    session = boto3.Session(**_own(given), region_name=given.region or "us-east-1")
    client = session.client("sts", endpoint_url=given.endpoint or None)
    held = client.assume_role(RoleArn=given.role, RoleSessionName="deskbook")["Credentials"]
    return {
        "access_key": held["AccessKeyId"],
        "secret_key": held["SecretAccessKey"],
        "token": held["SessionToken"],
        "expiry_time": held["Expiration"].isoformat(),
    }


def _assumed(given: StoreOptions) -> Any:
    """A session that is the role, and asks STS anew before its credentials expire."""
    from aiobotocore.credentials import AioDeferredRefreshableCredentials
    from aiobotocore.session import AioSession

    async def refresh() -> dict[str, str]:
        return await asyncio.to_thread(_credentials, given)

    session = AioSession()
    session._credentials = AioDeferredRefreshableCredentials(refresh, METHOD)  # the seam botocore leaves
    return session


def _assumed_by_boto(given: StoreOptions) -> Any:
    """The same for boto3: whoever listens to a queue for days needs new credentials every hour."""
    from botocore.credentials import DeferredRefreshableCredentials
    from botocore.session import Session

    session = Session()
    session._credentials = DeferredRefreshableCredentials(partial(_credentials, given), METHOD)
    return session
