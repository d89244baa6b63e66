"""The one door to the embedded data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

import seeds


def seed_bytes(name: str) -> bytes:
    """Content of an embedded file; its name may begin with that of a folder, `stories/tonight.toml`."""
    # Every form of installation unpacks the package, and importing importlib.resources alone costs 20 ms.
    return (Path(seeds.__file__).parent / name).read_bytes()


def seed_json(name: str) -> Any:  # noqa: ANN401 - the caller knows the shape
    """An embedded JSON file."""
    return msgspec.json.decode(seed_bytes(name))


@cache
def seed_lines(name: str) -> tuple[str, ...]:
    """Lines of an embedded text file."""
    return tuple(seed_bytes(name).decode("utf-8").splitlines())
