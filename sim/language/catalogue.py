"""Compiled gettext catalogues (`.mo`), searched where they lie.

`gettext.GNUTranslations` decodes every message of a catalogue when it is opened: 8 ms for 4000, of which a start shows
some hundred. The table in the file is sorted so that it can be searched without that. The formula of plural forms is
read by the standard library.

Format: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
"""

from __future__ import annotations

import struct
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import seeds

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = "languages"
"""In `seeds`: for each language one file, or a folder of files that are one catalogue together."""

_MAGIC = 0x950412DE
_KEPT = 4096
"""Texts that are kept decoded: more than all panels of all views show."""


class MessageFile:
    """One `.mo` file.

    Args:
        data: Its bytes, little-endian as the compiler writes it.

    Raises:
        ValueError: It is something else.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 20 or struct.unpack_from("<I", data)[0] != _MAGIC:
            raise ValueError("not a compiled catalogue")
        self._data = data
        self._count, self._originals, self._translations = struct.unpack_from("<3I", data, 8)

    def find(self, key: bytes) -> bytes | None:
        """The translation of a message by its bytes, context and EOT before it; plural forms have NUL between them."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            original = self._string(self._originals, middle)
            singular = original.split(b"\0", 1)[0]
            if singular == key:
                return self._string(self._translations, middle)
            if singular < key:
                low = middle + 1
            else:
                high = middle
        return None

    def _string(self, table: int, index: int) -> bytes:
        length, offset = struct.unpack_from("<2I", self._data, table + 8 * index)
        return self._data[offset : offset + length]

    @cached_property
    def plural_index(self) -> Callable[[int], int]:
        """Which plural form a number takes, by the formula in the head of the file."""
        head = (self.find(b"") or b"").decode("utf-8")
        line = next((line for line in head.splitlines() if line.startswith("Plural-Forms:")), "")
        forms = dict(part.strip().split("=", 1) for part in line.partition(":")[2].split(";") if "=" in part)
        if forms.get("nplurals", "1") == "1":
            return lambda _count: 0
        from gettext import c2py

        return c2py(forms["plural"])


class Catalogue:
    """The catalogue of a language.

    Args:
        files: Its parts; the first that has a message gives it.
    """

    def __init__(self, files: list[MessageFile]) -> None:
        self._files = files
        # A lookup in all parts takes 30 us, and a frame asks for the same texts again.
        self.text = lru_cache(maxsize=_KEPT)(self._text)

    def _text(self, message: str, context: str = "") -> str:
        key = (f"{context}\x04{message}" if context else message).encode()
        for part in self._files:
            if message and (found := part.find(key)):
                return found.split(b"\0", 1)[0].decode("utf-8")
        return message

    def plural(self, one: str, many: str, count: int) -> str:
        """The form for a number; the English one where the catalogue has no other."""
        for part in self._files:
            if found := part.find(one.encode()):
                return found.split(b"\0")[part.plural_index(count)].decode("utf-8")
        return one if count == 1 else many


def _folder() -> Path:
    return Path(seeds.__file__).parent / FOLDER


def catalogue_names() -> tuple[str, ...]:
    """Codes of the languages that have a catalogue."""
    return tuple(sorted({path.stem for path in _folder().iterdir() if path.is_dir() or path.suffix == ".mo"}))


def read_catalogue(code: str) -> Catalogue:
    """The catalogue of one of `catalogue_names()`."""
    path = _folder() / code
    files = sorted(path.glob("*.mo")) if path.is_dir() else [path.with_suffix(".mo")]
    return Catalogue([MessageFile(file.read_bytes()) for file in files])
