"""Memory that a piece of work leaves in use."""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def kept_bytes(work: Callable[[], object]) -> int:
    """Bytes that Python has allocated after some work and had not before; what the work returns is kept meanwhile."""
    was_tracing = tracemalloc.is_tracing()
    tracemalloc.start()
    try:
        gc.collect()
        gc.freeze()  # what was there before needs no second search
        before, _ = tracemalloc.get_traced_memory()
        result = work()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
        del result
        return after - before
    finally:
        gc.unfreeze()
        if not was_tracing:
            tracemalloc.stop()
