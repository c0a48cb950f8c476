"""Where a `files` entry's files lie: found, opened, told apart, and their failures put into words."""

from __future__ import annotations

import gzip
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
from fsspec.core import url_to_fs
from fsspec.spec import AbstractFileSystem

from deskbook.errors import (
    ConfigError,
    MissingExtra,
    SourceError,
    SourceMissing,
    Unreadable,
)
from deskbook.sources.secrets import covered

ETAGS = ("ETag", "etag")
STAMPS = ("LastModified", "last_modified", "Last-Modified", "updated", "mtime", "created")
EXTRAS = {"s3": "s3", "gs": "gcs", "gcs": "gcs", "abfs": "azure", "az": "azure", "sftp": "sftp", "http": "http"}
COMPRESSED = (".gz", ".zip")


@dataclass(frozen=True)
class Location:
    """One file.

    Attributes:
        origin: how messages and the cursor call it: relative if the entry's url is.
        size: bytes as stored, -1 if the file system does not say.
        stamp: what changes when the file does (time in ns, etag); empty if unknown.
        etag: content identity told by an object store; empty elsewhere.
    """

    fs: AbstractFileSystem
    path: str
    origin: str
    size: int
    stamp: str
    etag: str = ""


def find(url: str, folder: Path, entry: str) -> list[Location]:
    """The files that a path, glob or URL names, in order of name.

    Raises:
        SourceMissing: there is none.
        MissingExtra: the URL's file system needs a package.
    """
    relative = "://" not in url and not Path(url).is_absolute()
    whole = os.path.normpath(folder / url) if "://" not in url else url
    fs, path = _file_system(whole, entry)
    with _listing(url, entry):
        signs = "*" if url.startswith("http") else "*?["  # there a question mark begins a query
        paths = sorted(fs.glob(path)) if set(signs) & set(path) else [path] if fs.exists(path) else []
        found = [_location(fs, one, folder if relative else None) for one in paths if not fs.isdir(one)]
    if not found:
        where = f" in {folder}" if relative else ""
        raise SourceMissing(
            f"Entry '{entry}' reads '{covered(url)}', and no such file is there{where}. "
            "Put it there, or correct url: in the catalog."
        )
    return found


def _file_system(url: str, entry: str) -> tuple[AbstractFileSystem, str]:
    scheme = url.partition("://")[0].partition("+")[0] if "://" in url else ""
    try:
        fs, path = url_to_fs(url)
    except ImportError:
        raise MissingExtra(f"Entry '{entry}' ({scheme}://)", EXTRAS.get(scheme.rstrip("s"), scheme)) from None
    except ValueError as error:
        raise ConfigError(f"Entry '{entry}': url: cannot be used: {covered(str(error))}.") from error
    return fs, path


@contextmanager
def _listing(url: str, entry: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SourceMissing(f"Entry '{entry}': '{covered(url)}' could not be listed: {covered(str(error))}.") from error


def _location(fs: AbstractFileSystem, path: str, folder: Path | None) -> Location:
    info = fs.info(path)
    size = int(info.get("size") if info.get("size") is not None else -1)
    if "file" in _protocols(fs):
        origin = Path(os.path.relpath(path, folder)).as_posix() if folder else path
        return Location(fs, path, origin, size, str(os.stat(path).st_mtime_ns))
    etag = next((str(info[key]) for key in ETAGS if info.get(key)), "")
    stamp = etag or next((str(info[key]) for key in STAMPS if info.get(key)), "")
    return Location(fs, path, covered(fs.unstrip_protocol(path)), size, stamp, etag)


def _protocols(fs: AbstractFileSystem) -> tuple[str, ...]:
    return (fs.protocol,) if isinstance(fs.protocol, str) else tuple(fs.protocol)


def content(location: Location) -> str:
    """What the file holds, as a hash: an object store's own where there is one, else SHA-256."""
    if location.etag:
        return f"etag:{location.etag}"
    with reading(location), location.fs.open(location.path, "rb") as stream:
        return hashlib.file_digest(cast(Any, stream), "sha256").hexdigest()


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
