"""How the dashboard was left: the view, the filters and the order of its lists. The next start begins with it.

It is read before the first picture, where there is one, so it has a small file of its own. A file that cannot be read
is as good as none: nothing in it is worth a word to the person, and it is written anew at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated

import msgspec
from msgspec import Meta

from tui.config.settings import SCREENS_FILE, ViewName, state_dir

LARGEST_BYTES = 20_000
LOCK_TIMEOUT_S = 1.0

_Word = Annotated[str, Meta(max_length=200)]


class TableChoice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a person wants a table.

    Attributes:
        filter: What its rows must contain.
        sort: Key of the column it is sorted by; empty for the order it has by itself.
        descending: Whether from the largest to the smallest.
        visible_only: Only passes that can be seen; `None` for what the settings say.
        least_grade: Only passes of so many stars and more.
        least_elevation_deg: Only passes that climb as high.
    """

    filter: _Word = ""
    sort: _Word | None = None
    descending: bool = False
    visible_only: bool | None = None
    least_grade: Annotated[int, Meta(ge=0, le=3)] = 0
    least_elevation_deg: Annotated[float, Meta(ge=0, le=90)] = 0.0


class Screens(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept in the file.

    Attributes:
        view: The view that was open.
        tables: By the names of their views and their own, such as `crew.everyone`.
    """

    view: ViewName = "station"
    tables: Mapping[_Word, TableChoice] = msgspec.field(default_factory=dict)


def read_screens() -> Screens:
    """What the last start left in `screens.json`; a first start where there is nothing, or nothing that can be read."""
    from sim import atomic_files

    try:
        data = atomic_files.read_if_there(state_dir() / SCREENS_FILE, largest_bytes=LARGEST_BYTES)
        return Screens() if data is None else msgspec.json.decode(data, type=Screens)
    except (OSError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return Screens()


def keep(view: str, tables: Mapping[str, TableChoice]) -> None:
    """Write for the next start how things were left; where that cannot be done, the next one begins with those before.

    Of several dashboards that run at once, the one that is left last is remembered.

    Args:
        view: Name of the open view.
        tables: By view and name; those that are as they are by themselves are left out.
    """
    from sim import atomic_files

    path = state_dir() / SCREENS_FILE
    chosen = {name: choice for name, choice in tables.items() if choice != TableChoice()}
    text = msgspec.json.format(msgspec.json.encode({"view": view, "tables": chosen}))
    with suppress(OSError), atomic_files.locked(path.with_name(f".{path.name}.lock"), LOCK_TIMEOUT_S):
        atomic_files.write_whole(path, text)
