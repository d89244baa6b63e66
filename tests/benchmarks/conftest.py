"""What the measuring tests share."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def collector_aside() -> Iterator[None]:
    """What the peers have loaded is not gone through again and again by the garbage collector during our turns."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
