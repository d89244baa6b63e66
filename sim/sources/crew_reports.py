"""Who is aboard by the live sources: shown as news, never written into the chronicle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class CrewNews(msgspec.Struct, frozen=True, kw_only=True):
    """Who is aboard according to a source.

    Attributes:
        source: Name of the source.
        fetched_unix_s: When it was downloaded.
        names: Everybody aboard.
    """

    source: str
    fetched_unix_s: float
    names: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many are aboard."""
        return len(self.names)

    def differs(self, expected: Iterable[str | tuple[str, ...]]) -> bool:
        """Whether this is another crew than the expected one.

        Order of the crew, order of family and given name, hyphens and case do not count.

        Each person is expected under one name, or under any of several.
        """
        remaining = [_folded_names(entry) for entry in expected]
        if len(remaining) != self.count:
            return True
        for name in self.names:
            match = next((known for known in remaining if _folded(name) in known), None)
            if match is None:
                return True
            remaining.remove(match)
        return False


def _folded_names(entry: str | tuple[str, ...]) -> set[str]:
    return {_folded(name) for name in ([entry] if isinstance(entry, str) else entry)}


def _folded(name: str) -> str:
    """A name without what spellings differ in: `Lai Ka-ying`, `LAI Kaying` and `Kaying Lai` give one result."""
    words = ("".join(c for c in word if c.isalnum()) for word in name.casefold().split())
    return " ".join(sorted(word for word in words if word))
