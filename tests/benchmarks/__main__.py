"""`make bench` runs them all, `make bench ONLY=page` one: each prints its table and writes .bench/<name>.json."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

NAMES = (
    *("spine", "page", "pairs", "viewers", "worktime", "clocks"),
    *("retrieval", "ask", "ingest", "objects", "news", "helpdesk"),
)
LONG = ("millions",)
"""Run only when asked for by name."""
FOLDER = Path(__file__).resolve().parents[2] / ".bench"


def main(only: str = "") -> int:
    """Run the benchmarks asked for; 2 if there is none of that name."""
    known = (*NAMES, *LONG)
    if only and only not in known:
        print(f"Unknown benchmark '{only}'. Known: {', '.join(known)}.", file=sys.stderr)
        return 2
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in (only,) if only else NAMES:
        measure: Callable[[], dict[str, float]] = import_module(f"tests.benchmarks.bench_{name}").main
        figures = measure()
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
        width = max(map(len, figures))
        print(f"\n{name}")
        for figure, value in figures.items():
            print(f"  {figure:<{width}}  {value:>14,.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
