"""The sample desk behind a vendor's API on this machine, for trying a connector without an account."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from deskbook.catalog import write_catalog
from deskbook.errors import ConfigError
from deskbook.samples.export import TICKETS_FILE
from deskbook.samples.served import SERVED, entry_of, sandbox, token_of

HOST: Final = "127.0.0.1"


def holds_sample(folder: Path) -> bool:
    """Whether a sample desk was written into the folder."""
    return (folder / TICKETS_FILE).is_file()


def serve_sample(vendor: str, folder: Path, port: int, *, say: Callable[[str], None]) -> None:
    """Serve the sample desk of a folder in a vendor's wire format until stopped.

    Args:
        port: on 127.0.0.1; 0 takes one that is free.
        say: is told the catalog entry that reads it, once the port is ours.

    Raises:
        ConfigError: no such vendor, or the port is taken.
    """
    import uvicorn

    _ = SERVED[vendor]  # before a port is taken
    with _bound(port) as listening:
        application = sandbox(vendor, folder)
        address = f"http://{HOST}:{listening.getsockname()[1]}"
        say(told(vendor, address))
        config = uvicorn.Config(application, log_level="warning", server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


def told(vendor: str, address: str) -> str:
    """What to copy: a catalog with an entry that reads the sandbox, and the token's line for the shell."""
    entry, variable = entry_of(vendor, address)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{entry.name}.yaml"
        write_catalog(file, f"{vendor.title()} sandbox", [entry])
        text = file.read_text("utf-8")
    return (
        f"The sample desk is at {address} as {vendor} would serve it  (Ctrl-C stops it)\n"
        f"\n# catalogs/{entry.name}.yaml\n{text}"
        f"\n# in the shell that syncs; the token opens this sandbox and nothing else\n"
        f"export {variable}={token_of(vendor)}\n"
        f"deskbook sync {entry.name}"
    )


def _bound(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        raise ConfigError(
            f"port: wanted one that is free on {HOST}, got {port} ({error}). Fix: pass another, or --port 0 for any."
        ) from None
