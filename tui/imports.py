"""Textual without what no start needs: OpenSSL, and five widgets. A twentieth of the time until the first picture."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def import_textual() -> None:
    """Import what an app is made of; what is left out can be imported afterwards as ever.

    Whatever is not as expected (another version of Textual) is imported as usual.
    """
    # asyncio would load OpenSSL (4 MB); the screen's loop opens no connection, and what downloads imports it itself.
    with _instead("ssl", None, before="asyncio"):
        import asyncio  # noqa: F401
    import textual._types

    # The command palette asks `types` for an alias that is made in `_types`; the rest of it are five widgets' own.
    with _instead("textual.types", textual._types, before="textual.command"):
        try:
            import textual.command
        except ImportError:
            return


@contextmanager
def _instead(name: str, stand_in: object, *, before: str) -> Iterator[None]:
    """Have `import name` give something else (`None`: there is no such module) while `before` is imported first."""
    modules: dict[str, Any] = sys.modules
    if name in modules or before in modules:
        yield
        return
    modules[name] = stand_in
    try:
        yield
    finally:
        del modules[name]
