"""The program behind one browser tab: the dashboard with folders of its own that vanish with it.

A visitor sees a copy of what the owner's cache holds when the page is opened, default settings and the options given
to `tiangong serve`. The network is closed and the current folder is a temporary one, so nothing a visitor does reaches
the owner's files, settings, alert commands, or the services that the owner's copy asks.

The server runs this file by its path (`python -P .../visitor.py`); it finds its own packages without the module path.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

_PACKAGES = Path(__file__).resolve().parents[3]
"""The folder that holds `tui` and `sim`."""


def main() -> int:
    """Run one visitor's dashboard until the tab is closed; returns the exit code."""
    sys.path.insert(0, str(_PACKAGES))
    from tui.cli.main import main as run
    from tui.cli.web.visit import take

    visit = take()
    with TemporaryDirectory(prefix="visitor-", dir=visit.folder, ignore_cleanup_errors=True) as folder:
        _move_in(Path(folder), Path(visit.cache))
        try:
            return run(list(visit.options))
        finally:
            os.chdir(visit.folder)  # a folder that is somebody's current one cannot be removed on Windows


def _move_in(folder: Path, owners_cache: Path) -> None:
    """Point every place the program writes to into the folder."""
    from tui.cli.web.visit import bounded_cells

    with suppress(OSError):  # without a cache, or with one that cannot be read, the embedded data are shown
        shutil.copytree(owners_cache, folder / "cache", symlinks=True, ignore=shutil.ignore_patterns("lock"))
    os.chdir(folder)
    columns, rows = bounded_cells(_cells("COLUMNS", 80), _cells("ROWS", 24))
    os.environ |= {
        "TIANGONG_CONFIG_DIR": str(folder / "config"),
        "TIANGONG_CACHE_DIR": str(folder / "cache"),
        "TIANGONG_STATE_DIR": str(folder / "state"),
        "TIANGONG_OFFLINE": "1",
        "TEXTUAL_DRIVER": "tui.cli.web.visitor_driver:VisitorDriver",
        "COLUMNS": str(columns),
        "ROWS": str(rows),
    }


def _cells(variable: str, default: int) -> int:
    try:
        return int(os.environ.get(variable, default))
    except ValueError:
        return default


if __name__ == "__main__":
    sys.exit(main())
