"""The programs that are compared, each started as a user starts it."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

HELLO = (sys.executable, str(HERE / "hello.py"))
TIANGONG = (sys.executable, "-c", "import sys; from tui.cli.main import main; sys.exit(main())")
"""What the installed command does."""

LAST_WORD = b"help"
"""In the lower right corner, written last: the whole picture is on the screen."""


def environment(folder: Path) -> dict[str, str]:
    """A start like any but the very first: compiled modules kept, no settings, no downloads yet."""
    return {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "TIANGONG_CONFIG_DIR": str(folder / "config"),
        "TIANGONG_CACHE_DIR": str(folder / "cache"),
        "TIANGONG_STATE_DIR": str(folder / "state"),
        "TIANGONG_OFFLINE": "1",
    }


def row(what: str, ours: float, peer: float, unit: str, target: float) -> float:
    """Print one line of the table of measurements; returns the ratio."""
    print(f"\n{what} | {ours:.3g} {unit} | {peer:.3g} {unit} | {ours / peer:.2f} | <= {target:g}")
    return ours / peer
