"""The two lines of sets where they stand in other text: quoted, numbered, joined in one row, in a letter or a page."""

from __future__ import annotations

import re
from html import unescape

_SIGNS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\xa0": " "})
"""What word processors write for a minus and a blank."""

_NUMBER = r"[ 0-9A-Z][ 0-9]{4}"
_IMPLIED = r"[ +-][ 0-9]{5}[+-][0-9]"
_FIRST = (
    rf"1 {_NUMBER}[A-Z ] [ 0-9]{{5}}[ A-Z]{{3}} [ 0-9]{{5}}\.[0-9]{{8}} [ +-]\.[0-9]{{8}} "
    rf"{_IMPLIED} {_IMPLIED} [ 0-9] [ 0-9]{{4}}[0-9]?"
)
_ANGLE = r"[ 0-9]{3}\.[0-9]{4}"
_SECOND = rf"2 {_NUMBER} {_ANGLE} {_ANGLE} [ 0-9]{{7}} {_ANGLE} {_ANGLE} [ 0-9]{{2}}\.[0-9]{{8}}[ 0-9]{{5}}[0-9]?"
_LONGEST_NAME = 30
_AROUND_NAMES = " \t\"'`>|,;:=*-_()[]{}<"


def loose_lines(text: str) -> str:
    """The sets whose lines stand anywhere in a text, as a file of their own; empty where there is none.

    A short text right before a first line is taken for its name.
    """
    plain = re.sub(r"<[^<>]*>|\\[rn]", "\n", unescape(text)).translate(_SIGNS)
    found: list[str] = []
    end = 0
    for first in re.finditer(rf"(?<![0-9.]){_FIRST}", plain):
        second = re.compile(_SECOND).search(plain, first.end(), first.end() + 200)
        if second is None or second[0][2:7] != first[0][2:7]:
            continue
        found += [_name_before(plain[end : first.start()]), first[0].rstrip(), second[0].rstrip()]
        end = second.end()
    return "\n".join(line for line in found if line)


def _name_before(text: str) -> str:
    """The last words before a set, if they can be a name; labels such as `TLE1:` and `line1=` are none."""
    words = re.sub(r"(?i)(?:tle|line|l)[ _]*(?:line)?[ _]*1?[\"' ]*[:=.]?[\"' ]*$", "", text[-200:]).rstrip(
        _AROUND_NAMES + "\n"
    )
    name = words.rpartition("\n")[2].strip(_AROUND_NAMES)
    return name.removeprefix("0 ") if re.search(r"[A-Za-z]", name) and len(name) <= _LONGEST_NAME else ""
