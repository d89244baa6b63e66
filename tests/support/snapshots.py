"""Snapshots by syrupy, one file each: pictures of the screen as SVG, maps and sky plots as text.

`pytest --snapshot-update` renews both kinds; look at what has changed before committing it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from syrupy.location import PyTestLocation
    from syrupy.types import SnapshotIndex

_SNAPSHOTS = Path(__file__).parents[1] / "snapshots"


class _NamedSnapshot(SingleFileSnapshotExtension):
    """A file named after the snapshot, in a folder of its kind."""

    _write_mode = WriteMode.TEXT
    folder: str

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        del test_location
        return str(index)

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        del test_location
        return str(_SNAPSHOTS / cls.folder)


class SvgSnapshot(_NamedSnapshot):
    """A picture of the screen."""

    file_extension = "svg"
    folder = "pictures"


class TextSnapshot(_NamedSnapshot):
    """Rows of cells."""

    file_extension = "txt"
    folder = "texts"
