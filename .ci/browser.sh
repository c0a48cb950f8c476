#!/bin/sh
# The browser tests need Chromium. Root on Debian gets it; anyone else is told, and only those tests are skipped.
set -eu
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "==> Installing Chromium"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    exit 0
fi
echo "!!! There is no Chromium here: the browser and PDF tests will be SKIPPED. Install the package 'chromium'." >&2
