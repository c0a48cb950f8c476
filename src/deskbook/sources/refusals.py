"""What object stores answer when they refuse, put into words: the entry, the object, what was wanted and the fix."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, Final

from deskbook.errors import AuthFailed, DeskbookError, SourceError, SourceMissing, Unreachable, Unreadable
from deskbook.sources.stores import Store


class Replaced(Unreadable):
    """An object was written anew while it was read."""

    again = True


# What the stores themselves call it -> what it is. S3's and Azure's codes, Google's HTTP statuses.
CODES: Final[Mapping[str, str]] = {
    "SignatureDoesNotMatch": "signature",
    "AuthenticationFailed": "signature",
    "InvalidAuthenticationInfo": "signature",
    "InvalidAccessKeyId": "key",
    "401": "key",
    "ExpiredToken": "expired",
    "ExpiredTokenException": "expired",
    "RequestExpired": "expired",
    "InvalidToken": "expired",
    "AccessDenied": "denied",
    "AllAccessDisabled": "denied",
    "AuthorizationFailure": "denied",
    "AuthorizationPermissionMismatch": "denied",
    "AuthorizationResourceTypeMismatch": "denied",
    "InsufficientAccountPermissions": "denied",
    "NoAuthenticationInformation": "anonymous",
    "PublicAccessNotPermitted": "anonymous",
    "403": "denied",
    "NoSuchBucket": "bucket",
    "ContainerNotFound": "bucket",
    "ContainerBeingDeleted": "bucket",
    "NoSuchKey": "gone",
    "BlobNotFound": "gone",
    "QueueNotFound": "gone",
    "QueueDoesNotExist": "gone",
    "AWS.SimpleQueueService.NonExistentQueue": "gone",
    "404": "gone",
    "InvalidObjectState": "archived",
    "BlobArchived": "archived",
    "BlobBeingRehydrated": "archived",
    "PreconditionFailed": "replaced",
    "ConditionNotMet": "replaced",
    "SourceConditionNotMet": "replaced",
    "412": "replaced",
    "PermanentRedirect": "region",
    "AuthorizationHeaderMalformed": "region",
    "IllegalLocationConstraintException": "region",
    "SlowDown": "busy",
    "ServerBusy": "busy",
    "429": "busy",
    "503": "busy",
}
CLASSES: Final[Mapping[str, str]] = {
    "NoCredentialsError": "nobody",
    "PartialCredentialsError": "nobody",
    "ProfileNotFound": "profile",
    "DefaultCredentialsError": "nobody",
    "RefreshError": "key",
    "SSOTokenLoadError": "expired",
    "UnauthorizedSSOTokenError": "expired",
    "TokenRetrievalError": "expired",
    "CredentialUnavailableError": "nobody",
    "ClientAuthenticationError": "signature",
    "FileExpired": "replaced",
    "FileExistsError": "replaced",
    "EndpointConnectionError": "unreachable",
    "ConnectTimeoutError": "unreachable",
    "ReadTimeoutError": "unreachable",
    "ConnectionClosedError": "unreachable",
    "ClientConnectorError": "unreachable",
    "ClientConnectorDNSError": "unreachable",
    "ServiceRequestError": "unreachable",
    "ServiceResponseError": "unreachable",
    "ConnectionRefusedError": "unreachable",
    "TransportError": "unreachable",
    "NoBucket": "bucket",
    "FileNotFoundError": "gone",
    "PermissionError": "denied",
}
SENTENCES: Final[Mapping[str, tuple[type[SourceError], str]]] = {
    "signature": (
        AuthFailed,
        "is refused, as the signature is wrong: the secret is not that of the key or account. "
        "Correct what the entry's secret:, key:, sas: or connection_string: refers to.",
    ),
    "key": (
        AuthFailed,
        "is refused, as whoever asks is unknown there or no longer valid. "
        "Correct what key: or service_account: refers to, or make a new one.",
    ),
    "expired": (AuthFailed, "is refused, as the credentials have expired. Renew the token or SAS the entry refers to."),
    "denied": (
        AuthFailed,
        "is refused to this key. Permit it to list the bucket and to read its objects "
        "(docs/sources.md has the policy), or give another key.",
    ),
    "anonymous": (
        AuthFailed,
        "is not public. Remove anonymous: true, and say who asks (docs/sources.md has the ways).",
    ),
    "nobody": (
        AuthFailed,
        "needs somebody who asks, and neither the entry nor this machine says who. "
        "Write the entry's key, profile or account, give this machine the identity it is to have, or write "
        "anonymous: true if it is public.",
    ),
    "profile": (AuthFailed, "is asked with a profile that ~/.aws/config does not hold. Correct profile:."),
    "gone": (SourceMissing, "is not there, or no longer. Put it there, or correct {option}: in the catalog."),
    "archived": (
        Unreadable,
        "lies in an archive tier, where it cannot be read before it is restored. Restore it, then sync again.",
    ),
    "replaced": (Replaced, "was written anew while it was read. It is read again at the next sync."),
    "busy": (Unreachable, "is not given now, as the store has too much to do. It is tried again at the next sync."),
    "unreachable": (
        Unreachable,
        "could not be asked: the address does not answer. Check the network, and endpoint: and region: of the entry.",
    ),
}
FOREIGN: Final = (
    "botocore.",
    "aiobotocore.",
    "boto3.",
    "google.",
    "gcsfs.",
    "azure.",
    "aiohttp.",
    "requests.",
    "s3fs.",
)
TELLS_SHOWN = 200


@contextmanager
def asking(store: Store, what: str, option: str = "url") -> Iterator[None]:
    """Foreign failures while a store is asked for something, told as ours.

    Args:
        what: is asked for, as messages call it.
        option: of the entry that names it.

    Raises:
        AuthFailed: it knows us not, or does not let us.
        SourceMissing: bucket or object is not there.
        Replaced: the object is another one by now.
        SourceError: anything else that the store or the way to it says.
    """
    try:
        yield
    except DeskbookError:
        raise
    except Exception as error:  # whatever a client of a store raises; what none of them did goes on as it is
        told = told_of(error, store, what, option)
        if told is None:
            raise
        raise told from error


def told_of(error: BaseException, store: Store, what: str, option: str = "url") -> SourceError | None:
    """The error in our words; None if it comes from no store."""
    if isinstance(error, gzip.BadGzipFile):  # an OSError, but of the bytes, not of the store
        return None
    kind = kind_of(error)
    head = f"Entry '{store.entry}': {what}"
    if kind == "bucket":
        return SourceMissing(f"{head}: there is no such bucket. {_closest(store, what)}")
    if kind == "region":
        return SourceError(f"{head} lies in another region{_region(error)}. Write it into the entry as region:.")
    kind = "anonymous" if kind == "denied" and store.is_anonymous else kind
    if kind:
        cls, sentence = SENTENCES[kind]
        return cls(f"{head} {sentence.format(option=option)}")
    if isinstance(error, OSError) or type(error).__module__.startswith(FOREIGN):
        return SourceError(f"{head} could not be read: {_plain(error)}.")
    return None


def kind_of(error: BaseException) -> str:
    """What a foreign error is, of the kinds of `SENTENCES`, `bucket` or `region`; empty if it is none of them."""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain:
        chain.append(one)
        one = one.__cause__ or one.__context__
    for told in (_code, _class):
        for one in chain:
            if kind := told(one):
                return kind
    return ""


def _code(error: BaseException) -> str:
    response: Any = getattr(error, "response", None)
    said = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
    for code in (said, getattr(error, "error_code", None), getattr(error, "code", None)):
        text = str(getattr(code, "value", code) or "")
        if text in CODES:
            return CODES[text]
    if isinstance(error, OSError) and str(error).startswith("Forbidden"):  # as gcsfs words it
        return "denied"
    status = str(getattr(error, "status_code", "") or "")
    return CODES.get(status, "")


def _class(error: BaseException) -> str:
    return next((CLASSES[one.__name__] for one in type(error).__mro__ if one.__name__ in CLASSES), "")


def _closest(store: Store, what: str) -> str:
    """The bucket that was meant, where this key may list them."""
    name = what.partition("://")[2].partition("/")[0].partition("@")[0] or what
    try:
        known = store.buckets()
    except Exception:  # noqa: BLE001  # to list buckets is seldom permitted, and without them the error is still told
        known = []
    close = get_close_matches(name, known, n=1)
    hint = f"Did you mean '{close[0]}'? " if close else ""
    return f"{hint}Correct url: in the catalog, or make it again; the rows already read stay."


def _region(error: BaseException) -> str:
    response: Any = getattr(error, "response", None) or getattr(error.__cause__, "response", None)
    region = response.get("Error", {}).get("Region", "") if isinstance(response, dict) else ""
    return f" ({region})" if region else ""


def _plain(error: BaseException) -> str:
    """The first line of what was said, which holds no address with a signature in it."""
    lines = str(error).splitlines() or [type(error).__name__]
    words = [word for word in lines[0].split() if "sig=" not in word.lower() and "signature=" not in word.lower()]
    return " ".join(words)[:TELLS_SHOWN].rstrip(".")
