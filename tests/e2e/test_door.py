"""The web door itself: health, headers, compression, and who is let in."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping

import pytest


def get(address: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=dict(headers or {})), timeout=20) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def test_health_is_answered(url: str) -> None:
    assert get(f"{url}/health/live")[0] == 200
    status, _, body = get(f"{url}/health/ready")
    assert (status, json.loads(body)) == (200, {"status": "ready"})


def test_pages_carry_a_tight_policy_and_a_nonce_of_their_own(url: str) -> None:
    _, first, body = get(f"{url}/overview")
    policy = first["content-security-policy"]
    script = re.search(r"script-src ([^;]+)", policy)
    assert script
    assert "unsafe-inline" not in script[1] and "unsafe-eval" not in script[1] and "*" not in policy
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert first["referrer-policy"] == "no-referrer" and first["x-content-type-options"] == "nosniff"
    assert first["cache-control"] == "no-store"
    assert get(f"{url}/overview")[1]["content-security-policy"] != policy
    assert b"http://" not in body.replace(b"http://www.w3.org", b"") and b"https://" not in body


def test_static_files_are_compressed_and_kept(url: str) -> None:
    _, _, body = get(f"{url}/overview")
    path = re.search(rb'src="([^"]*bokeh\.min\.js\?v=[^"]+)"', body)
    assert path
    address = f"{url}/{path[1].decode().lstrip('./')}"
    status, headers, packed = get(address, {"Accept-Encoding": "gzip"})
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in headers["cache-control"]
    plain = get(address, {"Accept-Encoding": "identity"})[2]
    assert gzip.decompress(packed) == plain


def test_the_script_of_pages_stands_at_an_address_that_names_its_content(url: str) -> None:
    pages = [get(f"{url}/{name}")[2] for name in ("overview", "glossary")]
    found = {match[1].decode() for page in pages for match in re.finditer(rb'modulepreload" href="\./([^"]+)"', page)}
    assert len(found) == 1 and all(b"function recolour" not in page for page in pages)
    address = f"{url}/{found.pop()}"
    status, headers, body = get(address)
    assert status == 200 and "immutable" in headers["cache-control"] and b"function recolour" in body
    assert headers["content-type"].startswith("text/javascript")
    assert address.endswith(f"/{hashlib.sha256(body).hexdigest()}.js")
    status, headers, _ = get(address.replace(".js", "0.js"))
    assert (status, headers["cache-control"]) == (404, "no-store")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:5006"])
def test_a_foreign_host_name_is_refused(url: str, host: str) -> None:
    status, _, body = get(f"{url}/overview", {"Host": host})
    assert status == 421
    assert b"snapshot" not in body


def test_a_foreign_origin_is_refused(url: str) -> None:
    assert get(f"{url}/overview", {"Origin": "https://evil.example"})[0] == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null", None])
def test_a_websocket_from_a_foreign_origin_is_refused(url: str, origin: str | None) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    with pytest.raises(InvalidStatus) as refused:
        connect(f"{url.replace('http', 'ws', 1)}/overview/ws", origin=origin, subprotocols=["bokeh", "x"])  # type: ignore[arg-type, list-item]
    assert refused.value.response.status_code == 403


def test_a_failing_page_is_drawn_without_a_traceback(url: str) -> None:
    for query in ("ticket=%00", "page=9e99", "sort=%27", "period=" + "9" * 50, "where=" + "(" * 900):
        status, _, body = get(f"{url}/tickets?{query}")
        assert status == 200
        assert b"Traceback" not in body
