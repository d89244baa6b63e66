"""The file that `--output` names: a reader finds the old content or the whole new one, whatever happens meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import atomic_files
from sim.errors import TiangongError
from sim.language import _

if TYPE_CHECKING:
    from pathlib import Path


def write_output(path: Path, content: bytes) -> None:
    """Write a file that a person named; a device or a pipe gets the bytes as they are.

    Raises:
        TiangongError: It cannot be written; what was there before is unchanged.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            path.parent.stat()  # a folder that is not there is a mistake in the name
            atomic_files.write_whole(path.resolve(), content)
    except OSError as problem:
        raise TiangongError(
            _("{path} cannot be written: {strerror}").format(path=path, strerror=problem.strerror or problem)
        ) from None
