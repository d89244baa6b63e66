"""Fixtures of the benchmarks."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def collector_aside() -> Iterator[None]:
    """Keep the garbage collector from scanning the objects of the peers while ours is measured."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
