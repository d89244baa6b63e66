"""Which form a text has, by what it begins with; of what has no mark of its own, by its lines."""

from __future__ import annotations

import re
from typing import Literal

from sim.orbit.files.foreign import is_web_page

Form = Literal["TLE", "OMM JSON", "OMM CSV", "OMM XML", "OMM KVN", "OEM", "OEM XML", "gpredict"]

SEPARATORS = (",", ";", "\t", "|")
COMMENTS = ("#", "%", "//", "!")
"""How lines of tables begin that do not count."""

LINE_1 = r"1 [ 0-9A-Z][ 0-9]{4}"
"""How the first line of a set begins."""

_HEAD = 8192
_MOST_TITLES = 3
"""Lines of another kind before the header of a table."""


def form_of(text: str) -> Form | None:
    """The form of a text; None if it is none of them."""
    head = text[:_HEAD].lstrip()
    if head.startswith("<"):
        return _tagged_form(text, head)
    if head.startswith("{") or (head.startswith("[") and not re.match(r"\[[A-Za-z]\w*\]\s", head)):
        return "OMM JSON"
    if re.search(r"^[ \t]*CCSDS_OEM_VERS[ \t]*=", head, re.MULTILINE | re.IGNORECASE):
        return "OEM"
    message = re.search(r"^[ \t]*CCSDS_([A-Z]{3})_VERS[ \t]*[=:]", head, re.MULTILINE | re.IGNORECASE)
    if message and message[1].upper() != "OMM":
        return None  # another message, which has the same keywords
    if re.search(r"^[ \t]*TLE1[ \t]*=", head, re.MULTILINE):
        return "gpredict"
    if re.search(r"^[ \t-]*(CCSDS_OMM_VERS|OBJECT_NAME|EPOCH)[ \t]*[=:]", head, re.MULTILINE | re.IGNORECASE):
        return "OMM KVN"
    if header_of(text) is not None:
        return "OMM CSV"
    return "TLE" if has_lines(text) else None


def has_lines(text: str) -> bool:
    """Whether any line of a text begins as a line of a set does, blanks aside."""
    return re.search(r"^[ \t]*" + LINE_1, text, re.MULTILINE) is not None


def without_tags(text: str) -> str:
    """The lines of a web page."""
    return re.sub(r"<[^<>]*>", "\n", text)


def _tagged_form(text: str, head: str) -> Form | None:
    if is_web_page(head):
        return "TLE" if has_lines(without_tags(text)) else None
    if re.search(r"<(?:[\w.-]+:)?oem[\s>]", text[:100_000]):
        return "OEM XML"
    if re.search(r"<(?:[\w.-]+:)?(?:opm|apm|aem|acm|ocm|tdm|cdm|rdm)[\s>]", head) and not re.search(
        r"<(?:[\w.-]+:)?omm[\s>]", text
    ):
        return None
    return "OMM XML"


def header_of(text: str) -> tuple[int, str] | None:
    """Number of the line (from 0) and separator of a table's header; comments and a title may stand before it."""
    other = 0
    for number, line in enumerate(text[: 4 * _HEAD].split("\n")):
        words = line.strip()
        if not words or words.startswith(COMMENTS) or re.fullmatch(r"sep=.", words):
            continue
        separator = max(SEPARATORS, key=words.count)
        names = {plain_key(name) for name in words.split(separator)}
        if {"EPOCH", "MEANMOTION"} <= names or any(re.fullmatch(r"(?:TLE)?(?:LINE)?1", name) for name in names):
            return number, separator
        other += 1
        if other > _MOST_TITLES:
            return None
    return None


def plain_key(name: str) -> str:
    """A keyword without quotes, case and what joins its words: `mean_motion` and `meanMotion` are `MEANMOTION`."""
    return re.sub(r"[^A-Z0-9]", "", name.upper())
