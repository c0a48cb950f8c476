"""The websocket of a page, which knows when its browser is gone: the session it was for ends then."""

from __future__ import annotations

import bokeh_fastapi.application
from bokeh_fastapi.handler import WSHandler
from panel.io.document import extra_socket_handlers
from panel.io.fastapi import dispatch_fastapi
from starlette.websockets import WebSocket


class Socket(WSHandler):  # type: ignore[misc]  # bokeh_fastapi has no types
    """Bokeh's own, which waits for an exception that Starlette's `receive` does not raise, and loses no client."""

    async def ws_connect(self, websocket: WebSocket) -> None:
        """Serve one connection to its end."""
        try:
            await super().ws_connect(websocket)
        finally:
            if self.connection is not None:
                self.application.client_lost(self.connection)


def use() -> None:
    """Have pages served with it from now on."""
    bokeh_fastapi.application.WSHandler = Socket
    extra_socket_handlers[Socket] = dispatch_fastapi  # Panel goes by the exact type
