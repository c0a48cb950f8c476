"""An emulated S3, with SQS beside it: listing, etags, multipart uploads, notifications; signatures go unchecked."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .process import answers, free_port, started

KEY, SECRET, REGION = "desk", "desk-only-on-loopback", "us-east-1"


@dataclass(frozen=True)
class S3:
    """A running emulator."""

    port: int

    @property
    def endpoint(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, service: str = "s3") -> Any:
        """A boto3 client of it."""
        return client_of(self.endpoint, service)

    def bucket(self, name: str) -> str:
        """A new bucket's URL."""
        self.client().create_bucket(Bucket=name)
        return f"s3://{name}"


def client_of(endpoint: str, service: str = "s3") -> Any:
    """A boto3 client of an emulator."""
    import boto3

    return boto3.client(
        service, endpoint_url=endpoint, aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name=REGION
    )


@contextmanager
def s3() -> Iterator[S3]:
    """An emulator on a free port; what it holds is gone afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="deskbook-s3-") as made:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        with started(command, Path(made) / "server.log", ready=lambda: answers(port)):
            yield S3(port)
