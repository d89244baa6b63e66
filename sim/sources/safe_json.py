"""JSON from strangers: bounded, finite, without surprises; and typed ways to read it."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from sim.errors import SourceError, TimeError
from sim.sanitize import clean
from sim.time import parse_instant

MOST_LEVELS = 32
MOST_VALUES = 400_000
LONGEST_TEXT = 100_000


def loads(body: bytes, what: str, *, largest_bytes: int = 8_000_000) -> Any:  # noqa: ANN401 - JSON is anything
    """Read a JSON text with every bound checked.

    Args:
        body: UTF-8 bytes.
        what: What it should be, for the error message.
        largest_bytes: A longer body is refused unread.

    Raises:
        SourceError: It is no JSON, too long, nested too deep, holds a number that is none, or one key twice.
    """
    if len(body) > largest_bytes:
        raise SourceError(f"{what}: {len(body)} bytes are too many")
    try:
        value = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_unique)
    except UnicodeDecodeError:
        raise SourceError(f"{what}: the text is not UTF-8") from None
    except RecursionError:
        raise SourceError(f"{what}: nested too deep") from None
    except ValueError as problem:
        raise SourceError(f"{what}: {_told(body, problem)}") from None
    _check(value, what)
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _told(body: bytes, problem: ValueError) -> str:
    """Why it is no JSON, in words that help: a web page and a sentence are the usual reasons."""
    head = body[:400].decode("utf-8", "replace").strip()
    if not head:
        return "the answer is empty"
    if head.startswith("<"):
        return "a web page came instead of data (a log-in page of this network?)"
    if head[0] not in '[{"':
        return f"the answer is no JSON: “{clean(head, limit=120)}”"
    return clean(str(problem), limit=120)


def _check(root: object, what: str) -> None:
    """Walk without recursion; levels, lengths and numbers all have their bounds."""
    level, seen = [root], 0
    for _ in range(MOST_LEVELS):
        below: list[object] = []
        seen += len(level)
        if seen > MOST_VALUES:
            raise SourceError(f"{what}: too many values")
        for value in level:
            if isinstance(value, dict):
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str):
                if len(value) > LONGEST_TEXT:
                    raise SourceError(f"{what}: a text of {len(value)} characters")
            elif isinstance(value, float) and not math.isfinite(value):
                raise SourceError(f"{what}: a number too large")
        if not below:
            return
        level = below
    raise SourceError(f"{what}: nested more than {MOST_LEVELS} levels deep")


def mapping(value: object, where: str) -> dict[str, Any]:
    """An object, or an error that names the place."""
    if not isinstance(value, dict):
        raise SourceError(f"{where} is no object")
    return value


def items(value: object, where: str, *, most: int = 2000) -> list[Any]:
    """A list of bounded length, or an error that names the place."""
    if not isinstance(value, list):
        raise SourceError(f"{where} is no list")
    if len(value) > most:
        raise SourceError(f"{where} has {len(value)} entries")
    return value


def text_of(record: object, *path: str, limit: int = 80) -> str:
    """A cleaned text down a path of keys; empty where anything on the way is missing, null or no text."""
    value = record
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return clean(value, limit=limit) if isinstance(value, str) else ""


def instant_of(record: object, *path: str) -> float | None:
    """An ISO time down a path of keys as UTC seconds since 1970, or None."""
    written = text_of(record, *path)
    # Only a full date and time: `now` and `+2h` are for people.
    if len(written) < len("2021-04-29T03:23Z") or not written[:4].isdigit():
        return None
    try:
        return parse_instant(written)
    except TimeError:
        return None
