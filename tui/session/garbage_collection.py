"""Garbage collection: paused while the program starts, as imports create no garbage, and left out when it ends."""

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
    """Resume a paused collection; with `freeze` what exists now is left out of it, as it stays until the end."""
    if gc.isenabled():
        return
    if freeze:
        gc.freeze()
    gc.enable()


def leave_to_the_end() -> None:
    """Exempt all present objects from collection: the process is about to end.

    Python searches all objects for garbage several times while it ends, which takes a second after some minutes of the
    dashboard; by then the screen has been left, and nothing that is open waits for it.
    """
    gc.freeze()
