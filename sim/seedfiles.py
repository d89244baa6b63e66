"""The one door to the embedded data."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


def seed_bytes(name: str) -> bytes:
    """Content of an embedded file."""
    return files("seeds").joinpath(name).read_bytes()


def seed_json(name: str) -> Any:  # noqa: ANN401 - the caller knows the shape
    """An embedded JSON file."""
    return json.loads(seed_bytes(name))


@cache
def seed_lines(name: str) -> tuple[str, ...]:
    """Lines of an embedded text file."""
    return tuple(seed_bytes(name).decode("utf-8").splitlines())
