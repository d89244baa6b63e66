"""Files that survive: written whole or not at all, by one writer at a time."""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sim.errors import SourceError
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_NAME = "lock"
TEMPORARY_SUFFIX = ".tmp"
REPLACE_WAITS_S = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.32)


@contextmanager
def writing(folder: Path, timeout_s: float) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when a process dies.

    Raises:
        SourceError: The folder cannot be written, or another copy holds the lock for too long.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK_NAME, timeout=timeout_s):
            yield
    except Timeout:
        raise SourceError(f"another running copy has been writing to {folder} for {timeout_s:.0f} s") from None
    except (OSError, NotImplementedError) as problem:  # the latter from file systems without locks
        raise SourceError(f"the cache folder {folder} cannot be written: {reason(problem)}") from None


def reason(problem: Exception) -> str:
    """What the system says, without the number and the path."""
    told = problem.strerror if isinstance(problem, OSError) else None
    return clean(told or str(problem), limit=80)


def write_whole(path: Path, *parts: bytes) -> None:
    """Write a file so that a reader, and a start after a power cut, finds the old content or the new one.

    The caller holds the lock, so the name of the temporary file needs no chance in it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{TEMPORARY_SUFFIX}")
    try:
        with temporary.open("wb") as stream:
            for part in parts:
                stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())
        replace_file(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def replace_file(temporary: Path, path: Path, *, windows: bool = sys.platform == "win32") -> None:
    """Rename a file over another in one step.

    On Windows that is refused while another program has the old one open, and reading takes it a moment: it is tried
    again for up to a second.

    Raises:
        OSError: It cannot be renamed; on Windows, not even after a second.
    """
    for wait_s in REPLACE_WAITS_S if windows else ():
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(wait_s)
        else:
            return
    temporary.replace(path)


def sync_folder(folder: Path) -> None:
    """Make a rename last; systems that cannot open folders do without."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def append(path: Path, data: bytes) -> None:
    """Add to the end and wait until the disk has it."""
    with path.open("ab") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def read_if_there(path: Path, *, largest_bytes: int) -> bytes | None:
    """The content of a regular file, None if there is none.

    Raises:
        OSError: It is there but cannot be read, is no regular file, or is larger than it can be.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError("it is no regular file")  # opening a pipe would hold the start
        with path.open("rb") as stream:
            data = stream.read(largest_bytes + 1)
    except FileNotFoundError:
        return None
    if len(data) > largest_bytes:
        raise OSError(f"larger than {largest_bytes} bytes")
    return data


def move_aside(path: Path, aside: Path, name: str) -> Path | None:
    """Move what is not ours out of the way under a free name; None if the system does not let us."""
    with suppress(OSError):
        aside.mkdir(parents=True, exist_ok=True)
        target = aside / name
        count = 1
        while target.exists():
            count += 1
            target = aside / f"{count}-{name}"
        path.replace(target)
        return target
    return None
