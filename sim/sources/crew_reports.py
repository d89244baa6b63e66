"""What the live sources say of crew, ships and spacewalks: shown as news, never written into recorded history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class CrewNews:
    """Who is aboard according to a source.

    Attributes:
        source: Name of the source.
        fetched_unix_s: When it said so.
        people: Names with the ship or expedition they belong to.
    """

    source: str
    fetched_unix_s: float
    people: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many are aboard."""
        return len(self.people)

    @property
    def names(self) -> tuple[str, ...]:
        """The names alone."""
        return tuple(name for name, _ in self.people)

    def differs(self, expected: Iterable[str | tuple[str, ...]]) -> bool:
        """Whether this is another crew than the expected one.

        Args:
            expected: One entry a person: a name, or all the names a person is known by.

        Order of the crew, order of family and given name, hyphens, accents of spelling such as case do not count.
        """
        remaining = [{_plain(n) for n in (entry,) if n} if isinstance(entry, str) else {_plain(n) for n in entry}
                     for entry in expected]  # fmt: skip
        if len(remaining) != self.count:
            return True
        for name in self.names:
            match = next((known for known in remaining if _plain(name) in known), None)
            if match is None:
                return True
            remaining.remove(match)
        return False


@dataclass(frozen=True, slots=True)
class DockedVehicle:
    """A ship at a port according to a source.

    Attributes:
        port: The source's name of the port.
        vehicle: Name of the ship, empty if the source keeps it to itself.
        since_unix_s: When it docked, if said.
    """

    port: str
    vehicle: str
    since_unix_s: float | None


@dataclass(frozen=True, slots=True)
class StationNews:
    """What a source says of the station as a whole.

    Attributes:
        source: Name of the source.
        fetched_unix_s: When it said so.
        docked: Ships at their ports; None if the source did not tell.
        expeditions: Names of the expeditions under way.
    """

    source: str
    fetched_unix_s: float
    docked: tuple[DockedVehicle, ...] | None
    expeditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpacewalkNews:
    """A spacewalk from the station according to a source.

    Attributes:
        name: The source's title of it.
        start_unix_s: Begin.
        end_unix_s: End; None while it lasts or if not said.
        people: Who went outside.
    """

    name: str
    start_unix_s: float
    end_unix_s: float | None
    people: tuple[str, ...]


def _plain(name: str) -> str:
    """A name without what spellings differ in: `Lai Ka-ying`, `LAI Kaying` and `Kaying Lai` are one."""
    words = ("".join(c for c in word if c.isalnum()) for word in name.casefold().split())
    return " ".join(sorted(word for word in words if word))
