"""Text from outside is data: what is stored or shown has passed through here."""

from __future__ import annotations

import unicodedata

_DROPPED_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control, format (bidirectional and zero-width), surrogate, private and unassigned characters."""


def clean(text: str, *, limit: int = 200) -> str:
    """Make a foreign text safe to store and to show on one line of a terminal.

    Args:
        text: Anything a file or a service said.
        limit: Longest result, in characters; what is longer ends in an ellipsis.

    Returns:
        The text without control, bidirectional and invisible characters, white space collapsed.
    """
    # Bound the work before looking at single characters: a hostile text may be megabytes long.
    head = text[: 4 * limit]
    kept = "".join(
        " " if char.isspace() else char
        for char in head
        if char.isspace() or unicodedata.category(char) not in _DROPPED_CATEGORIES
    )
    line = " ".join(kept.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def folded(text: str) -> str:
    """A name as searches compare it: without case, accents and other marks on letters."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    return "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))
