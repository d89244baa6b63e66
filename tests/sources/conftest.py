from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sim.sources.storage.store import Store
from tests.support.loopback_server import Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as running:
        running.true_world()
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "live")
