"""Web and worker together: both are gone when told to stop."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deskbook.apps.workspace import make_workspace

from ..servers.process import free_port

WAIT_SECONDS = 120


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_stopping_the_command_stops_its_worker(tmp_path: Path) -> None:
    home = make_workspace(tmp_path / "desk", sample=30)
    port = free_port()
    command = [sys.executable, "-m", "deskbook", "up", "--port", str(port)]
    environ = os.environ | {"DESKBOOK_HOME": str(home)}
    with (tmp_path / "log").open("w") as log:
        up = subprocess.Popen(command, env=environ, stdout=log, stderr=subprocess.STDOUT)
    try:
        said = _until(tmp_path / "log", "Deskbook is at", up)
        (worker,) = map(int, re.findall(r"Worker started \(process (\d+)\)", said))
        up.send_signal(signal.SIGTERM)
        up.wait(30)
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    finally:
        up.kill()


def _until(log: Path, words: str, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if words in log.read_text("utf-8"):
            return log.read_text("utf-8")
        time.sleep(0.2)
    pytest.fail(log.read_text("utf-8"))
