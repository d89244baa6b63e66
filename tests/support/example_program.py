"""`tiangong` as it would run on another day: time goes on from an instant of `EXAMPLE_NOW`, and sleeping passes it.

With `EXAMPLE_PORT` every source is at that port of this machine.
"""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import SupportsIndex

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


class Day:
    """A clock that begins at an instant, and that sleeping advances."""

    def __init__(self, begin_unix_s: float) -> None:
        self._ahead_s = begin_unix_s - time.time()
        self._real = time.time

    def now(self) -> float:
        return self._real() + self._ahead_s

    def sleep(self, seconds: float | SupportsIndex, /) -> None:
        self._ahead_s += float(seconds)


def main() -> int:
    day = Day(float(os.environ["EXAMPLE_NOW"]))
    time.time, time.sleep = day.now, day.sleep
    if port := os.environ.get("EXAMPLE_PORT"):
        from sim.sources import registry

        urls = {source.key: f"http://127.0.0.1:{port}/{source.key}/" for source in registry.SOURCES}
        registry.SourceSettings = partial(registry.SourceSettings, base_urls=urls)  # type: ignore[misc, assignment]
    from tui.cli.main import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
