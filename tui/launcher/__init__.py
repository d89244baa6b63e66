"""Starts the program from a wheel, where everything lies in one private folder.

`sim` and `tui` are names that other distributions use too. The wheel therefore installs the single folder
`tiangong_tui`, with this file as its `__init__.py` and `tui`, `sim` and `seeds` inside; that folder is put first on the
path before anything of the program is imported. In a checkout the folder holds no `tui`, and the path needs no change.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run the program with its own packages first on the path; returns the exit code."""
    folder = Path(__file__).resolve().parent
    if (folder / "tui").is_dir():
        sys.path.insert(0, str(folder))
    from tui.cli.main import main as run

    return run()
