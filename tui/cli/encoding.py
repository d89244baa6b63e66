"""Encodings of the output: bytes that programs can rely on, and text that a limited screen can show."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

ERROR_HANDLER = "tiangong-plain"
_DRAWING_SAMPLE = "─│╭█⣿●★→"
_SPELLED = {"°": " deg", "·": "-", "±": "+-", "×": "x", "²": "2", "³": "3", "¹": "1", "μ": "u", "Δ": "d"}


def prepare_for_text(stream: TextIO | None) -> None:
    """Write what the stream's encoding lacks in plain characters, and what has none by its number.

    A pipe in the C locale, say, has no 天: its number is written instead of ending with a traceback.
    """
    if isinstance(stream, io.TextIOWrapper):
        codecs.register_error(ERROR_HANDLER, _plain_characters)
        stream.reconfigure(errors=ERROR_HANDLER)


def prepare_for_data(stream: TextIO | None) -> None:
    """Write JSON, GeoJSON, CSV and iCalendar as UTF-8 with their own line ends, whatever the locale and the system."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="strict", newline="")


def lacks_drawing_characters(stream: TextIO) -> bool:
    """Whether the encoding of a stream has no box, braille and block characters."""
    return not can_write(stream, _DRAWING_SAMPLE)


def can_write(stream: TextIO | None, text: str) -> bool:
    """Whether the encoding of a stream has every character of a text."""
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _plain_characters(error: UnicodeError) -> tuple[str, int]:
    """Error handler of the codecs: the plain character of one that cannot be encoded, else its escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from tui.drawing.ascii_characters import CHARACTERS

    lost = error.object[error.start : error.end]
    plain = (CHARACTERS.get(ord(c)) or _SPELLED.get(c) or c.encode("ascii", "backslashreplace").decode() for c in lost)
    return "".join(plain), error.end
