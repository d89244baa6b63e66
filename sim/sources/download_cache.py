"""The downloads themselves: each a file that begins with a line about itself, one folder a kind.

`20261006T160154000-1f2e3d4c.good` sorts by time; what could not be trusted ends in `.bad` and lies in the folder
`set-aside`. The digest in the first line proves the bytes after it.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from sim.errors import SourceError
from sim.sanitize import clean
from sim.sources import atomic_files
from sim.sources.responses import Download
from sim.sources.safe_json import loads, mapping, text_of
from sim.time import to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD_SUFFIX, BAD_SUFFIX = ".good", ".bad"
MOST_FILES, MOST_BYTES = 400, 24_000_000
"""Of one kind; the newest good copies stay whatever the sum."""

NEVER_DROPPED = 3
LARGEST_BYTES = 8_000_000
_NAME = re.compile(r"\d{8}T\d{9}-[0-9a-f]{8}\.(good|bad)")


def keep(folder: Path, download: Download, *, good: bool, words: str) -> Path:
    """Write one download; the caller holds the lock."""
    digest = _digest(download.body)
    about = {
        "kind": download.kind,
        "url": clean(download.url, limit=300),
        "fetched_unix_s": download.fetched_unix_s,
        "status": download.status,
        "bytes": len(download.body),
        "sha256": digest,
        "result": words,
    }
    moment = to_datetime(download.fetched_unix_s)
    stamp = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}"
    path = folder / f"{stamp}-{digest[:8]}{GOOD_SUFFIX if good else BAD_SUFFIX}"
    atomic_files.write_whole(path, json.dumps(about, ensure_ascii=False).encode(), b"\n", download.body)
    return path


def read(path: Path) -> Download:
    """Read one download back.

    Raises:
        SourceError: It is damaged or no such file.
        OSError: It cannot be read.
    """
    data = atomic_files.read_if_there(path, largest_bytes=LARGEST_BYTES)
    head, newline, body = (data or b"").partition(b"\n")
    if not newline:
        raise SourceError(f"{path.name} is no kept download")
    about = mapping(loads(head, path.name, largest_bytes=10_000), path.name)
    if about.get("sha256") != _digest(body):
        raise SourceError(f"{path.name} is damaged: its digest does not fit")
    fetched, status = about.get("fetched_unix_s"), about.get("status")
    if not isinstance(fetched, (int, float)) or not isinstance(status, int):
        raise SourceError(f"{path.name} does not say when it was fetched")
    return Download(text_of(about, "kind"), text_of(about, "url", limit=300), float(fetched), status, body)


def newest_first(folder: Path) -> Iterator[Path]:
    """The good copies of a kind."""
    with suppress(OSError):
        names = (name for name in os.listdir(folder) if _NAME.fullmatch(name) and name.endswith(GOOD_SUFFIX))
        yield from (folder / name for name in sorted(names, reverse=True))


def prune(folder: Path) -> None:
    """Drop the oldest of a kind beyond the bounds, and what a killed writer left; the caller holds the lock."""
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
