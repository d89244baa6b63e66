"""Garbage collection is paused while the program starts: nothing that imports create becomes garbage."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the collection until `resume_collection` is called, at the latest until the context ends."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def resume_collection(*, freeze: bool = False) -> None:
    """Resume a paused collection.

    Args:
        freeze: Leave what exists now out of all collections: it stays until the end, and need not be searched.
    """
    if gc.isenabled():
        return
    if freeze:
        gc.freeze()
    gc.enable()
