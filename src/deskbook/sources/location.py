"""One file of a `files` entry: opened, told apart from others, and its failures put into words."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
from fsspec.spec import AbstractFileSystem

from deskbook.errors import ConfigError, SourceError, SourceMissing, Unreadable
from deskbook.sources.refusals import Replaced, asking
from deskbook.sources.secrets import covered
from deskbook.sources.stores import Store

COMPRESSED = (".gz", ".zip")


@dataclass(frozen=True)
class Location:
    """One file.

    Attributes:
        origin: how messages and the cursor call it: relative if the entry's url is.
        size: bytes as stored, -1 if the file system does not say.
        stamp: what changes when the file does (time in ns, etag); empty if unknown.
        etag: content identity told by an object store; empty elsewhere.
        tier: an object store's word for its storage class.
        store: the object store it lies in, if it lies in one.
    """

    fs: AbstractFileSystem
    path: str
    origin: str
    size: int
    stamp: str
    etag: str = ""
    tier: str = ""
    store: Store | None = None


def content(location: Location) -> str:
    """What the file holds, as a hash: an object store's own where there is one, else SHA-256."""
    if location.etag:
        return f"etag:{location.etag}"
    with reading(location), location.fs.open(location.path, "rb") as stream:
        return hashlib.file_digest(cast(Any, stream), "sha256").hexdigest()


def check_same(location: Location) -> None:
    """Whether what was read so far is all of one object.

    Raises:
        Replaced: it was written anew since it was listed.
        SourceMissing: it is gone.
    """
    if location.store is None:
        return
    with asking(location.store, location.origin):
        now = location.store.stored(location.path)
    if now.etag != location.etag:
        raise Replaced(
            f"Entry '{location.store.entry}': {location.origin} was written anew while it was read, every time it was "
            "tried. It is read again at the next sync; write each export under a name of its own."
        )


def plain_name(location: Location) -> str:
    """The file's name without .gz or .zip; for a bare .zip, the name of the file inside."""
    name = location.path
    for suffix in COMPRESSED:
        name = name.removesuffix(suffix)
    if location.path.endswith(".zip") and not Path(name).suffix:
        with reading(location), location.fs.open(location.path, "rb") as stream, zipfile.ZipFile(stream) as archive:
            return _member(archive, location)
    return name


@contextmanager
def opened(location: Location) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked."""
    with location.fs.open(location.path, "rb") as stream:
        if location.path.endswith(".gz"):
            with gzip.GzipFile(fileobj=stream) as plain:
                yield cast(IO[bytes], plain)
        elif location.path.endswith(".zip"):
            with zipfile.ZipFile(stream) as archive, archive.open(_member(archive, location)) as plain:
                yield plain
        else:
            yield stream


def _member(archive: zipfile.ZipFile, location: Location) -> str:
    names = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX/")]
    if len(names) != 1:
        listed = ", ".join(names[:5]) or "none"
        raise Unreadable(f"{location.origin} holds {len(names)} files ({listed}); wanted one. Pack each by itself.")
    return names[0]


@contextmanager
def reading(location: Location) -> Iterator[None]:
    """Foreign failures while a file is read, told as ours."""
    try:
        if location.store:
            with asking(location.store, location.origin):
                yield
        else:
            yield
    except (SourceError, ConfigError):
        raise
    except FileNotFoundError as error:
        raise SourceMissing(f"{location.origin} is gone since it was listed.") from error
    except PermissionError as error:
        raise Unreadable(f"{location.origin} may not be read by this user. Fix: chmod +r, or another user.") from error
    except EOFError as error:
        raise Unreadable(f"{location.origin} is cut off: the packed file ends too early. Fetch it again.") from error
    except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error) as error:
        kind = "gzip" if location.path.endswith(".gz") else "zip"
        raise Unreadable(f"{location.origin} is no sound {kind} file: {error}. Fetch it again.") from error
    except pa.ArrowInvalid as error:
        raise Unreadable(f"{location.origin} could not be read: {covered(str(error))}") from error
    except OSError as error:
        raise Unreadable(f"{location.origin} could not be read: {covered(str(error))}.") from error


def undecodable(location: Location, encoding: str) -> Unreadable:
    """The error that says where a file stops being text in this encoding."""
    with opened(location) as stream:
        start = stream.read(4)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") and not encoding.lower().startswith("utf-16"):
        return Unreadable(
            f"{location.origin} is UTF-16, not {encoding}. Write encoding: utf-16 into its catalog entry."
        )
    other = "cp1252" if encoding.lower().startswith("utf") else "utf-8"
    offset = 0
    with opened(location) as stream:
        for number, line in enumerate(stream, start=1):
            try:
                line.decode(encoding if number == 1 else encoding.removesuffix("-sig"))
            except UnicodeError as error:
                at = error.start if isinstance(error, UnicodeDecodeError) else 0
                return Unreadable(
                    f"{location.origin} is not {encoding}: byte 0x{line[at]:02x} at offset {offset + at} "
                    f"(line {number}). "
                    f"Write encoding: {other} (or its true encoding) into its catalog entry."
                )
            offset += len(line)
    return Unreadable(f"{location.origin} is not {encoding}. Write its encoding: into its catalog entry.")
