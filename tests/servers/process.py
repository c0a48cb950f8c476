"""A server process: started, waited for, and stopped by its own id."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

START_SECONDS = 90
STOP_SECONDS = 30


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def program(name: str, package: str, *, also: Sequence[str] = ()) -> str:
    """Path of a program; without it the test is skipped, except in CI.

    Args:
        package: what brings it, for the message.
        also: folders to look in beside those of PATH.
    """
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *also]))
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {name}; .ci/outside.sh installs {package}")
    pytest.skip(f"needs {name}; install {package}")


def answers(port: int) -> bool:
    """Whether something accepts connections on a port of loopback."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


@contextmanager
def started(
    command: Sequence[str],
    log: Path,
    *,
    ready: Callable[[], bool],
    environ: Mapping[str, str] | None = None,
    user: str | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A server, once it is ready; without that in time the test fails with the end of its log.

    Args:
        environ: variables beside the process's own.
        user: whom it runs as, where the tests run as root.
    """
    with log.open("ab") as file:
        server = subprocess.Popen(
            list(command), env={**os.environ, **(environ or {})}, stdout=file, stderr=subprocess.STDOUT, user=user
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{command[0]} is not ready:\n{log.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(STOP_SECONDS)
