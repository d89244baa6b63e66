"""The one door to the embedded data."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

import seeds


def seed_bytes(name: str) -> bytes:
    """Content of an embedded file; its name may begin with that of a folder, `stories/tonight.toml`."""
    # Every form of installation unpacks the package, and importing importlib.resources alone costs 20 ms.
    return (Path(seeds.__file__).parent / name).read_bytes()


def seed_chunk(name: str, number: int) -> bytes:
    """One inflated chunk of an embedded file of chunks: eight bytes of heading, then of each its length and itself.

    Args:
        name: Of the file.
        number: Of the chunk, from 0 on.
    """
    data, offset = seed_bytes(name), 8
    for _ in range(number):
        offset += 4 + struct.unpack_from("<I", data, offset)[0]
    length = struct.unpack_from("<I", data, offset)[0]
    return zlib.decompress(data[offset + 4 : offset + 4 + length])


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
