"""Files that survive a crash: written whole or not at all, by one writer at a time."""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sim.language import _
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPORARY_SUFFIX = ".tmp"
REPLACE_WAITS_S = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.32)


@contextmanager
def locked(lock: Path, timeout_s: float) -> Iterator[None]:
    """Hold a lock file across all running copies; the system releases it when a process dies.

    Args:
        lock: The lock file; its folder is created.
        timeout_s: Longest wait for another copy.

    Raises:
        TimeoutError: Another copy holds the lock for longer; it is an `OSError` too.
        OSError: The folder cannot be written, or its file system has no locks.
    """
    from filelock import FileLock, Timeout

    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        held = FileLock(lock).acquire(timeout=timeout_s)
    except Timeout:
        raise TimeoutError(
            _("another running copy has been writing for {timeout_s:.0f} s").format(timeout_s=timeout_s)
        ) from None
    except NotImplementedError as error:
        raise OSError(str(error)) from None
    with held:
        yield


def reason(error: Exception) -> str:
    """The system's message without the error number and the path."""
    text = error.strerror if isinstance(error, OSError) else None
    return clean(text or str(error), limit=80)


def write_whole(path: Path, *chunks: bytes) -> None:
    """Write a file so that a reader, and a start after a power cut, finds the old content or the new one.

    The caller holds the lock, so the temporary file needs no random name.

    Raises:
        OSError: The file cannot be written; the old one is unchanged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{TEMPORARY_SUFFIX}")
    try:
        with temporary.open("wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
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

    Windows refuses that while another program has the old one open, and reading it takes a moment: it is tried again
    for up to a second.

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
    """Make a rename durable, on systems that can open folders."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def append(path: Path, data: bytes) -> None:
    """Append to a file and wait until the disk has it."""
    with path.open("ab") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def read_if_there(path: Path, *, largest_bytes: int) -> bytes | None:
    """The content of a regular file; None if there is none.

    Raises:
        OSError: It cannot be read, is not a regular file, or is larger than the limit.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(_("it is not a regular file"))  # opening a pipe would block
        with path.open("rb") as stream:
            data = stream.read(largest_bytes + 1)
    except FileNotFoundError:
        return None
    if len(data) > largest_bytes:
        raise OSError(_("larger than {largest_bytes} bytes").format(largest_bytes=largest_bytes))
    return data


def move_aside(path: Path, folder: Path, name: str) -> Path | None:
    """Move a foreign or damaged file into a folder under a free name; None if the system does not allow it."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / name
        count = 1
        while target.exists():
            count += 1
            target = folder / f"{count}-{name}"
        path.replace(target)
        return target
    return None
