"""The one door to the embedded data."""

from __future__ import annotations

import zlib
from functools import cache
from os import SEEK_CUR
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

import seeds


def seed_path(name: str) -> Path:
    """Where an embedded file is; its name may begin with that of a folder, `stories/tonight.toml`."""
    # Every form of installation unpacks the package, and importing importlib.resources alone costs 20 ms.
    return Path(seeds.__file__).parent / name


def seed_bytes(name: str) -> bytes:
    """Content of an embedded file."""
    return seed_path(name).read_bytes()


def seed_chunk(name: str, number: int) -> bytes:
    """One inflated chunk of an embedded file of chunks: eight bytes of heading, then of each its length and itself.

    Only this one is read: of room for all of a large file, much would stay with the process.
    """
    with seed_path(name).open("rb") as file:
        file.seek(8)
        for _ in range(number):
            file.seek(_length_at(file), SEEK_CUR)
        return zlib.decompress(file.read(_length_at(file)))


def _length_at(file: BinaryIO) -> int:
    """The length of the chunk that begins here."""
    return int.from_bytes(file.read(4), "little")


def seed_json(name: str) -> Any:  # noqa: ANN401 - the caller knows the shape
    """An embedded JSON file."""
    return msgspec.json.decode(seed_bytes(name))


def seed_tables(name: str) -> dict[str, msgspec.Raw]:
    """The tables of an embedded JSON file, none of them decoded: of a large one, few rows are ever needed."""
    return msgspec.json.decode(seed_bytes(name), type=dict[str, msgspec.Raw])


@cache
def seed_lines(name: str) -> tuple[str, ...]:
    """Lines of an embedded text file."""
    return tuple(seed_bytes(name).decode("utf-8").splitlines())
