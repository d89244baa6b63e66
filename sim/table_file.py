"""Files that a person writes: read whole and bounded; those in TOML or JSON as tables with every text cleaned."""

from __future__ import annotations

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING, Any

from sim.errors import FileFormatError
from sim.language import _
from sim.sanitize import clean

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".json", ".toml")
LARGEST_FILE_BYTES = 1_000_000


def read_tables(file: Path, *, longest_text: int, largest_bytes: int = LARGEST_FILE_BYTES) -> dict[str, Any]:
    """The tables of a file, with TOML's own dates and times as texts.

    Args:
        file: A `.toml` or `.json` file.
        longest_text: Longer texts are cut, in characters.
        largest_bytes: Larger files are refused.

    Raises:
        FileFormatError: It cannot be read, in a few words that do not name the file.
    """
    if file.suffix not in SUFFIXES:
        raise FileFormatError(_("its name must end in .toml or .json"))
    return tables_of(read_text(file, largest_bytes), file.suffix, longest_text=longest_text)


def read_text(file: Path, largest_bytes: int = LARGEST_FILE_BYTES) -> str:
    """The text of a file, in UTF-8, or in UTF-16 with a mark as spreadsheets write it; the mark goes.

    Never more than the bound is read, of a pipe or a device either.

    Args:
        file: Of any name.
        largest_bytes: Larger files are refused.

    Raises:
        FileFormatError: It cannot be read, in a few words that do not name the file.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(largest_bytes + 1)
    except (OSError, ValueError) as error:  # a path with a zero character is a ValueError
        raise FileFormatError(
            _("cannot be read: {reason}").format(reason=getattr(error, "strerror", None) or error)
        ) from error
    if len(data) > largest_bytes:
        raise FileFormatError(_("larger than {largest_bytes} kB").format(largest_bytes=largest_bytes // 1000))
    encoding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileFormatError(_("not UTF-8 text, at byte {start}").format(start=error.start)) from error


def tables_of(text: str, suffix: str, *, longest_text: int) -> dict[str, Any]:
    """The tables of a text in the form of a suffix, `.toml` or `.json`; longer texts than `longest_text` are cut.

    Raises:
        FileFormatError: It is not valid, in a few words.
    """
    try:
        parsed = _parsed(text, suffix)
    except (ValueError, RecursionError) as error:
        raise FileFormatError(
            _("not valid {upper}: {error}").format(upper=suffix[1:].upper(), error=clean(str(error), limit=120))
        ) from error
    if not isinstance(parsed, dict):
        raise FileFormatError(_("must be a set of tables"))
    return {clean(str(name), limit=60): _cleaned(value, longest_text) for name, value in parsed.items()}


def _parsed(text: str, suffix: str) -> object:
    if suffix == ".toml":
        import tomllib

        return tomllib.loads(text)
    return json.loads(text)


def _cleaned(value: object, limit: int) -> object:
    """Every text cleaned, TOML's own dates and times as texts."""
    from datetime import UTC, date, datetime

    if isinstance(value, str):
        return clean(value, limit=limit)
    if isinstance(value, dict):
        return {clean(str(key), limit=60): _cleaned(item, limit) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item, limit) for item in value]
    if isinstance(value, datetime):
        utc = value if value.tzinfo is None else value.astimezone(UTC)
        # Without a zone it stays without the Z, and is refused by the schema.
        return utc.strftime("%Y-%m-%dT%H:%M:%SZ" if value.tzinfo else "%Y-%m-%dT%H:%M:%S")
    return value.isoformat() if isinstance(value, date) else value
