"""An emulated Azure account (Azurite): blobs and, beside them, storage queues."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .process import answers, free_port, program, started

ACCOUNT = "devstoreaccount1"
# The emulator's own, the same everywhere and printed in its manual.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
FOLDERS = (str(Path(sys.prefix) / "azure" / "node_modules" / ".bin"),)


@dataclass(frozen=True)
class Azure:
    """A running emulator."""

    blobs: int
    queues: int

    @property
    def endpoint(self) -> str:
        """Address of the account's blobs."""
        return f"http://127.0.0.1:{self.blobs}/{ACCOUNT}"

    @property
    def queue_endpoint(self) -> str:
        """Address of the account's queues."""
        return f"http://127.0.0.1:{self.queues}/{ACCOUNT}"

    @property
    def connection_string(self) -> str:
        """All of it in one text."""
        return (
            f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={KEY};"
            f"BlobEndpoint={self.endpoint};QueueEndpoint={self.queue_endpoint}"
        )

    def client(self) -> Any:
        """The vendor's own client of the blobs."""
        from azure.storage.blob import BlobServiceClient

        return BlobServiceClient.from_connection_string(self.connection_string)

    def queue(self, name: str) -> Any:
        """The vendor's own client of a new queue."""
        from azure.storage.queue import QueueClient

        client = QueueClient.from_connection_string(self.connection_string, name)
        client.create_queue()
        return client


@contextmanager
def azure() -> Iterator[Azure]:
    """An emulator on free ports; what it holds is gone afterwards."""
    blobs, queues = free_port(), free_port()
    checks = ["--silent", "--skipApiVersionCheck", "--loose"]
    with tempfile.TemporaryDirectory(prefix="deskbook-azure-") as made, ExitStack() as running:
        for name, port in (("blob", blobs), ("queue", queues)):
            command = [program(f"azurite-{name}", "azurite (npm)", also=FOLDERS), "--location", f"{made}/{name}"]
            command += [f"--{name}Host", "127.0.0.1", f"--{name}Port", str(port), *checks]
            log = Path(made) / f"{name}.log"
            running.enter_context(started(command, log, ready=lambda port=port: answers(port)))  # type: ignore[misc]
        yield Azure(blobs, queues)
