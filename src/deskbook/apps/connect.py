"""Letting an entry into its account: the browser of whoever may says yes, and comes back to this machine."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import monotonic
from typing import Final

from deskbook.book import Book
from deskbook.errors import AuthFailed, ConfigError

PATH: Final = "/connected"
WAIT_SECONDS: Final = 300.0
PAGE: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Deskbook</title>'
    "<p>Deskbook has the answer. You can close this window and go back to the terminal.</p></html>"
)


def connect(
    book: Book,
    entry: str,
    port: int,
    *,
    show: Callable[[str], object],
    wait_seconds: float = WAIT_SECONDS,
) -> None:
    """Let an entry in, and keep its tokens.

    Args:
        port: of 127.0.0.1 that the account's application names as its redirect address; 0 for any free one.
        show: given the address at which the person says yes.

    Raises:
        ConfigError: the port is taken, or the entry is not let in by a browser.
        AuthFailed: the person said no, did not answer in time, or the account's server refuses.
    """
    came: list[str] = []

    class Back(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_it = self.path.partition("?")[0] == PATH
            self.send_response(200 if is_it else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("cache-control", "no-store")
            self.send_header("content-security-policy", "default-src 'none'")
            self.end_headers()
            if is_it:
                self.wfile.write(PAGE.encode())
                came.append(self.path)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the address holds the code."""

    try:
        server = HTTPServer(("127.0.0.1", port), Back)
    except OSError:
        raise ConfigError(f"Port {port} of 127.0.0.1 is taken. Choose another one with --port.") from None
    with server:
        back_to = f"http://127.0.0.1:{server.server_address[1]}{PATH}"
        letting = book.let_in(entry, back_to)
        show(letting.url)
        deadline = monotonic() + wait_seconds
        while not came and (left := deadline - monotonic()) > 0:
            server.timeout = min(left, 1.0)
            server.handle_request()
    if not came:
        raise AuthFailed(f"Entry '{entry}' was not let in: nobody said yes within {wait_seconds:.0f} s. Run it again.")
    letting.finish(f"{back_to.removesuffix(PATH)}{came[0]}")
