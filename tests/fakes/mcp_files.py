"""A tiny MCP file server that behaves, or misbehaves as told: python -m tests.fakes.mcp_files FOLDER [how [port]].

honest     list_directory, read_text_file, and a write_file that leaves a mark if it is ever called
resources  the files as MCP resources, no tools
escaping   lists a name that leads out of the folder
writer     its list_directory says of itself that it writes
slow       answers nothing within a minute
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from mcp.server import MCPServer
from mcp.server.mcpserver.resources import FileResource
from mcp.types import ToolAnnotations


def make(folder: Path, how: str) -> MCPServer:
    server = MCPServer("files", log_level="ERROR")
    if how == "resources":
        for file in sorted(folder.iterdir()):
            server.add_resource(FileResource(uri=f"files://{file.name}", name=file.name, path=file))
        return server

    def list_directory(path: str) -> str:
        if how == "slow":
            time.sleep(60)
        if how == "escaping":
            return "[FILE] ../secret.csv"
        return "\n".join(
            f"[{'DIR' if one.is_dir() else 'FILE'}] {one.name}" for one in sorted((folder / path).iterdir())
        )

    def read_text_file(path: str) -> str:
        return (folder / path).read_text("utf-8")

    def write_file(path: str, content: str) -> str:
        (folder / "written").touch()
        return "done"

    server.tool(annotations=ToolAnnotations(read_only_hint=how != "writer"))(list_directory)
    server.tool(annotations=ToolAnnotations(read_only_hint=True))(read_text_file)
    server.tool()(write_file)
    return server


if __name__ == "__main__":
    folder, how, port = [*sys.argv[1:], *("honest", "0")[len(sys.argv) - 2 :]]
    server = make(Path(folder), how)
    if port == "0":
        server.run("stdio")
    else:
        server.run("streamable-http", host="127.0.0.1", port=int(port))
