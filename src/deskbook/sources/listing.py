"""The files that a `files` entry names: one, a glob or everything below a prefix, in order of name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from fsspec.core import url_to_fs
from fsspec.spec import AbstractFileSystem
from fsspec.utils import glob_translate

from deskbook.errors import ConfigError, MissingExtra, SourceMissing
from deskbook.sources.location import Location
from deskbook.sources.refusals import asking
from deskbook.sources.secrets import covered
from deskbook.sources.stores import SCHEMES, WRITTEN, Store, Stored, path_of, scheme_of

ETAGS: Final = ("ETag", "etag")
STAMPS: Final = ("LastModified", "last_modified", "Last-Modified", "updated", "mtime", "created")
EXTRAS: Final = {"sftp": "sftp", "http": "http"}
SIGNS: Final = re.compile(r"[*?\[]")


def find(url: str, folder: Path, entry: str) -> Iterator[Location]:
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
    yield from found


def find_objects(url: str, store: Store, entry: str, archive: str = "") -> Iterator[Location]:
    """The objects that a URL names, in order of key, a page of the store's listing at a time.

    A glob is listed by what stands before its first sign, so the rest of the bucket costs nothing; a URL that ends
    with a slash names everything below it.

    Args:
        archive: prefix under which objects lie that are done with, which are left out; where there is one, none may
            be left.

    Raises:
        SourceMissing: there is none, or no such bucket.
        AuthFailed: the store does not let us.
    """
    path = path_of(url)
    bucket, _, key = path.partition("/")
    if not bucket or SIGNS.search(bucket):
        raise ConfigError(f"Entry '{entry}': url: '{url}' names no bucket. Write {WRITTEN[_kind(url)]}bucket/prefix.")
    sign = SIGNS.search(key)
    count = 0
    for one in _named(store, url, path, sign.start() if sign else None):
        if one.key.endswith("/") or (archive and one.key.startswith(archive)):
            continue
        count += 1
        yield object_location(store, url, one)
    if not count and not archive:
        raise SourceMissing(
            f"Entry '{entry}' reads '{url}', and no such object is there. Put it there, or correct url: in the catalog."
        )


def literal_prefix(url: str) -> str:
    """The part of a URL's key that every object of it begins with."""
    key = path_of(url).partition("/")[2]
    sign = SIGNS.search(key)
    return key[: sign.start()] if sign else key


def is_meant(url: str, path: str) -> bool:
    """Whether an object at bucket/key is one of those that a URL names."""
    wanted = path_of(url)
    if SIGNS.search(wanted):
        return re.match(glob_translate(wanted), path) is not None
    return path.startswith(wanted) if wanted.endswith("/") else path == wanted


def object_location(store: Store, url: str, one: Stored) -> Location:
    """An object as a file to read."""
    origin = WRITTEN[_kind(url)] + one.path
    return Location(store.fs, one.path, origin, one.size, one.etag, one.etag, one.tier, store)


def _named(store: Store, url: str, path: str, sign: int | None) -> Iterator[Stored]:
    bucket, _, key = path.partition("/")
    if sign is None and key and not key.endswith("/"):
        with asking(store, url):
            one = store.stored(path)
        yield one
        return
    pages = store.listed(bucket, key if sign is None else key[:sign])
    wanted = re.compile(glob_translate(path)) if sign is not None else None
    while True:
        with asking(store, url):
            listed = next(pages, None)
        if listed is None:
            return
        if wanted is None or wanted.match(listed.path):
            yield listed


def _kind(url: str) -> str:
    return SCHEMES[scheme_of(url)]


def _file_system(url: str, entry: str) -> tuple[AbstractFileSystem, str]:
    scheme = scheme_of(url)
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
