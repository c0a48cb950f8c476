"""An emulated Azure account (Azurite): blobs and, beside them, storage queues."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .certificates import Certificate
from .process import answers, free_port, program, started

ACCOUNT = "devstoreaccount1"
# The emulator's own, the same everywhere and printed in its manual.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
FOLDERS = (str(Path(sys.prefix) / "azure" / "node_modules" / ".bin"),)


@dataclass(frozen=True)
class Azure:
    """A running emulator.

    Attributes:
        certificate: it speaks TLS with; a secured one also takes the tokens of identities.
    """

    blobs: int
    queues: int
    certificate: Certificate | None = None

    @property
    def endpoint(self) -> str:
        """Address of the account's blobs."""
        return f"{self._scheme}://127.0.0.1:{self.blobs}/{ACCOUNT}"

    @property
    def queue_endpoint(self) -> str:
        """Address of the account's queues."""
        return f"{self._scheme}://127.0.0.1:{self.queues}/{ACCOUNT}"

    @property
    def _scheme(self) -> str:
        return "https" if self.certificate else "http"

    @property
    def _trusted(self) -> dict[str, Any]:
        return {"connection_verify": str(self.certificate.ca)} if self.certificate else {}

    @property
    def connection_string(self) -> str:
        """All of it in one text."""
        return (
            f"DefaultEndpointsProtocol={self._scheme};AccountName={ACCOUNT};AccountKey={KEY};"
            f"BlobEndpoint={self.endpoint};QueueEndpoint={self.queue_endpoint}"
        )

    def client(self) -> Any:
        """The vendor's own client of the blobs."""
        from azure.storage.blob import BlobServiceClient

        return BlobServiceClient.from_connection_string(self.connection_string, **self._trusted)

    def queue(self, name: str) -> Any:
        """The vendor's own client of a new queue."""
        from azure.storage.queue import QueueClient

        client = QueueClient.from_connection_string(self.connection_string, name, **self._trusted)
        client.create_queue()
        return client


@contextmanager
def azure(certificate: Certificate | None = None) -> Iterator[Azure]:
    """An emulator on free ports; what it holds is gone afterwards."""
    blobs, queues = free_port(), free_port()
    checks = ["--silent", "--skipApiVersionCheck", "--loose"]
    if certificate:
        checks += ["--oauth", "basic", "--cert", str(certificate.certificate), "--key", str(certificate.key)]
    with tempfile.TemporaryDirectory(prefix="deskbook-azure-") as made, ExitStack() as running:
        for name, port in (("blob", blobs), ("queue", queues)):
            command = [program(f"azurite-{name}", "azurite (npm)", also=FOLDERS), "--location", f"{made}/{name}"]
            command += [f"--{name}Host", "127.0.0.1", f"--{name}Port", str(port), *checks]
            log = Path(made) / f"{name}.log"
            running.enter_context(started(command, log, ready=lambda port=port: answers(port)))  # type: ignore[misc]
        yield Azure(blobs, queues, certificate)
