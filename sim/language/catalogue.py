"""Compiled gettext catalogues (`.mo`), searched where they lie.

`gettext.GNUTranslations` decodes every message of a catalogue when it is opened: 8 ms for 4000, of which a start shows
some hundred. The table in the file is sorted so that it can be searched without that. The formula of plural forms is
read by the standard library.

Format: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
"""

from __future__ import annotations

import struct
import sys
from array import array
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
        self._count, originals, translations = struct.unpack_from("<3I", data, 8)
        self._originals, self._translations = (self._table(at) for at in (originals, translations))

    def _table(self, at: int) -> array[int]:
        """Length and offset of each text, one after the other."""
        table = array("I", self._data[at : at + 8 * self._count])
        if sys.byteorder == "big":
            table.byteswap()
        return table

    def find(self, key: bytes) -> bytes | None:
        """The translation of a message by its bytes, context and EOT before it; plural forms have NUL between them."""
        data, originals, plural = self._data, self._originals, key + b"\0"
        cut, low, high = len(plural), 0, self._count
        while low < high:  # no calls in here: a picture asks for a hundred texts, each in all parts
            middle = (low + high) // 2
            offset = originals[2 * middle + 1]
            original = data[offset : offset + originals[2 * middle]]
            if original == key or original[:cut] == plural:
                offset = self._translations[2 * middle + 1]
                return data[offset : offset + self._translations[2 * middle]]
            if original < key:
                low = middle + 1
            else:
                high = middle
        return None

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
