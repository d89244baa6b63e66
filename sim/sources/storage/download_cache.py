"""The downloads themselves: each a file whose first line describes it, one folder a kind.

`20261006T160154000-1f2e3d4c.good` sorts by time; what cannot be trusted ends in `.bad` and lies in the folder
`set-aside`. The digest in the first line verifies the bytes after it.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from sim import atomic_files
from sim.errors import SourceError
from sim.language import _
from sim.sanitize import clean
from sim.sources.responses import Download
from sim.sources.safe_json import decode
from sim.time import to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD_SUFFIX, BAD_SUFFIX = ".good", ".bad"
MOST_FILES, MOST_BYTES = 400, 24_000_000
"""Limits of one kind; the newest copies stay whatever the sum."""

NEVER_DROPPED = 3
LARGEST_BYTES = 8_000_000
_NAME = re.compile(r"\d{8}T\d{9}-[0-9a-f]{8}\.(good|bad)")


class _Header(msgspec.Struct, kw_only=True):
    """The first line of a file."""

    kind: str = ""
    url: str = ""
    fetched_unix_s: float
    status: int
    bytes: int = 0
    sha256: str
    result: str = ""


def write(folder: Path, download: Download, *, good: bool, message: str) -> Path:
    """Write one download; the caller holds the lock."""
    digest = _digest(download.body)
    header = _Header(
        kind=download.kind,
        url=clean(download.url, limit=300),
        fetched_unix_s=download.fetched_unix_s,
        status=download.status,
        bytes=len(download.body),
        sha256=digest,
        result=clean(message),
    )
    moment = to_datetime(download.fetched_unix_s)
    stamp = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}"
    path = folder / f"{stamp}-{digest[:8]}{GOOD_SUFFIX if good else BAD_SUFFIX}"
    atomic_files.write_whole(path, msgspec.json.encode(header), b"\n", download.body)
    return path


def read(path: Path) -> Download:
    """Read one download back.

    Raises:
        SourceError: It is damaged or not such a file.
        OSError: It cannot be read.
    """
    data = atomic_files.read_if_there(path, largest_bytes=LARGEST_BYTES)
    head, newline, body = (data or b"").partition(b"\n")
    if not newline:
        raise SourceError(_("{name} is not a kept download").format(name=path.name))
    header = decode(head, path.name, _Header, largest_bytes=10_000)
    if header.sha256 != _digest(body):
        raise SourceError(_("{name} is damaged: its digest does not match").format(name=path.name))
    return Download(
        kind=clean(header.kind, limit=80),
        url=clean(header.url, limit=300),
        fetched_unix_s=header.fetched_unix_s,
        status=header.status,
        body=body,
    )


def newest_first(folder: Path) -> Iterator[Path]:
    """Paths of the good copies in a folder, newest first."""
    with suppress(OSError):
        names = (name for name in os.listdir(folder) if _NAME.fullmatch(name) and name.endswith(GOOD_SUFFIX))
        yield from (folder / name for name in sorted(names, reverse=True))


def prune(folder: Path) -> None:
    """Delete the oldest copies beyond the limits, and temporary files of a killed writer; the caller holds the lock."""
    with suppress(OSError):
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name, reverse=True)
        kept = kept_bytes = 0
        for entry in entries:
            if entry.name.endswith(atomic_files.TEMPORARY_SUFFIX):
                os.unlink(entry.path)
            elif _NAME.fullmatch(entry.name):
                kept += 1
                kept_bytes += entry.stat().st_size
                if kept > NEVER_DROPPED and (kept > MOST_FILES or kept_bytes > MOST_BYTES):
                    os.unlink(entry.path)


def _digest(body: bytes) -> str:
    from hashlib import sha256  # loads OpenSSL: not for a start that reads no download

    return sha256(body).hexdigest()
