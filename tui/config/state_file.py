"""What is kept from run to run beside the settings: bookmarks, and alarms on passes.

Several dashboards may run at once: a change reads the file again under a lock and writes it whole. A file that cannot
be read is set aside, never overwritten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from sim.errors import SettingsError
from sim.language import _
from sim.sanitize import clean
from tui.config.settings import state_dir

if TYPE_CHECKING:
    from collections.abc import Callable

FILE_NAME = "state.json"
LARGEST_BYTES = 100_000
LOCK_TIMEOUT_S = 2.0
MOST_BOOKMARKS, MOST_ALARMS = 100, 50
"""So many are kept; of more the oldest bookmarks and the latest alarms are dropped."""

LONGEST_NAME = 60

_Instant = Annotated[float, Meta(ge=-1e11, le=1e11)]
_Name = Annotated[str, Meta(max_length=200)]


class Bookmark(msgspec.Struct, frozen=True):
    """An instant with a name.

    Attributes:
        name: What the person called it.
        unix_s: The instant.
        view: The view that was open.
        selection: What was selected in it, see `View.selection`.
    """

    name: _Name
    unix_s: _Instant
    view: _Name = ""
    selection: _Name = ""


class Alarm(msgspec.Struct, frozen=True):
    """An alarm on one pass.

    Attributes:
        rise_unix_s: When the pass rises.
        place: The name of the place.
        text: The pass in words.
    """

    rise_unix_s: _Instant
    place: _Name
    text: _Name


class State(msgspec.Struct, frozen=True):
    """Everything in the file; `welcomed` after the first start, at which more is said than later."""

    bookmarks: tuple[Bookmark, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    welcomed: bool = False

    def bounded(self) -> State:
        """The same with texts that the screen can take and no more entries than are kept."""
        marks = (
            msgspec.structs.replace(m, name=clean(m.name, limit=LONGEST_NAME), view=clean(m.view, limit=20))
            for m in self.bookmarks[-MOST_BOOKMARKS:]
        )
        alarms = (
            msgspec.structs.replace(a, place=clean(a.place, limit=LONGEST_NAME), text=clean(a.text, limit=160))
            for a in self.alarms[:MOST_ALARMS]
        )
        return State(tuple(marks), tuple(alarms), self.welcomed)


def read_state() -> State:
    """What is kept in `state.json` of the state folder; empty where nothing is.

    Raises:
        SettingsError: The file cannot be read or is damaged.
    """
    from sim import atomic_files

    path = state_dir() / FILE_NAME
    try:
        data = atomic_files.read_if_there(path, largest_bytes=LARGEST_BYTES)
        return State() if data is None else msgspec.json.decode(data, type=State).bounded()
    except OSError as error:
        raise SettingsError(
            _("{path} cannot be read: {reason}").format(path=path, reason=atomic_files.reason(error))
        ) from None
    except (msgspec.MsgspecError, RecursionError):
        raise SettingsError(
            _("{path} is damaged: it is renamed when something new is kept").format(path=path)
        ) from None


def change_state(change: Callable[[State], State]) -> State:
    """Change what is kept, as it is on disk now, and write it.

    Args:
        change: Makes the new state of the old one.

    Returns:
        The new state.

    Raises:
        SettingsError: The file cannot be written.
    """
    from sim import atomic_files

    path = state_dir() / FILE_NAME
    try:
        with atomic_files.locked(path.with_name(f".{path.name}.lock"), LOCK_TIMEOUT_S):
            try:
                before = read_state()
            except SettingsError:
                atomic_files.move_aside(path, path.parent, f"{path.name}.unreadable")
                before = State()
            after = change(before).bounded()
            atomic_files.write_whole(path, msgspec.json.format(msgspec.json.encode(after)))
            return after
    except OSError as error:
        raise SettingsError(
            _("{path} cannot be written: {reason}").format(path=path, reason=atomic_files.reason(error))
        ) from None
