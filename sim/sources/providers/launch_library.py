"""Launch Library 2 (The Space Devs): who is aboard, which ships are docked, the latest spacewalks.

The filters by station are not documented, so whole lists are requested and the station is picked out here. Any object
of a response may be null; names may occur twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from sim.errors import SourceError
from sim.language import _
from sim.sanitize import clean
from sim.sources.crew_reports import CrewNews
from sim.sources.provider import Getter, ParsedResponse, check_status
from sim.sources.registry import LAUNCH_LIBRARY, Source
from sim.sources.safe_json import decode, full_instant_unix_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.sources.responses import Download

TIANGONG_ID = 18
CREW_KIND, STATION_KIND, WALKS_KIND = "launch-library", "launch-library-station", "launch-library-spacewalks"
_PATHS = {
    CREW_KIND: "expeditions/?is_active=true&mode=detailed",
    STATION_KIND: f"space_stations/{TIANGONG_ID}/?mode=detailed",
    WALKS_KIND: "spacewalks/?mode=detailed&ordering=-start&limit=20",
}
_TITLE = "Launch Library"


# What is read of the service's objects; everything else in them is skipped.


class _Named(msgspec.Struct):
    id: int | None = None
    name: str | None = None


class _Member(msgspec.Struct):
    astronaut: _Named | None = None


class _Event(msgspec.Struct):
    """An expedition or a spacewalk; the station's key is written in two ways in versions of the interface."""

    start: str | None = None
    crew: list[_Member] | None = None
    spacestation: _Named | None = None
    space_station: _Named | None = None

    @property
    def is_at_station(self) -> bool:
        return any(station and station.id == TIANGONG_ID for station in (self.spacestation, self.space_station))


class _Events(msgspec.Struct):
    results: Annotated[list[_Event], msgspec.Meta(max_length=2000)]


class _Port(msgspec.Struct):
    currently_docked: dict[str, Any] | None = None


class _Station(msgspec.Struct):
    id: int
    docking_location: list[_Port] | None = None


def _events(body: bytes) -> list[_Event]:
    return [event for event in decode(body, _TITLE, _Events).results if event.is_at_station]


def parse(body: bytes, fetched_unix_s: float) -> CrewNews:
    """Parse the list of active expeditions: everybody of those at the station, each person once.

    Raises:
        SourceError: It is not such a list, or names nobody aboard the station.
    """
    aboard: dict[int | str, str] = {}
    for expedition in _events(body):
        for member in expedition.crew or ():
            person = member.astronaut
            name = clean(person.name or "", limit=60) if person else ""
            if person and name:
                aboard.setdefault(name if person.id is None else person.id, name)
    if not aboard:
        raise SourceError(_("the list names nobody aboard the station"))
    return CrewNews(source=LAUNCH_LIBRARY.title, fetched_unix_s=fetched_unix_s, names=tuple(aboard.values()))


def docked_count(body: bytes) -> int | None:
    """How many ships the station's own record has at its ports; None where it does not list the ports.

    Raises:
        SourceError: It is not the station's.
    """
    station = decode(body, _TITLE, _Station)
    if station.id != TIANGONG_ID:
        raise SourceError(_("the response is about another station"))
    # The short form of the record leaves the ports out, which is not the same as no ship at all.
    ports = station.docking_location
    return None if ports is None else sum(port.currently_docked is not None for port in ports)


def spacewalk_count(body: bytes) -> int:
    """How many spacewalks of a list were from the station, of those with a start.

    Raises:
        SourceError: It is not such a list.
    """
    return sum(full_instant_unix_s(walk.start) is not None for walk in _events(body))


class LaunchLibrary:
    """Three requests a round: expeditions, the station, spacewalks."""

    source: Source = LAUNCH_LIBRARY

    def fetch(self, get: Getter, last_url: str) -> Iterator[Download]:
        """One after the other; the first that fails ends the round."""
        for kind, path in _PATHS.items():
            download = get(path, kind)
            yield download
            check_status(download, self.source.host)

    def parse(self, download: Download) -> ParsedResponse:
        """A summary of the news."""
        check_status(download, self.source.host)
        if download.kind == CREW_KIND:
            return ParsedResponse(
                summary=_("crew of {count}").format(count=parse(download.body, download.fetched_unix_s).count)
            )
        if download.kind == STATION_KIND:
            docked = docked_count(download.body)
            return ParsedResponse(
                summary=_("docked ships not listed")
                if docked is None
                else _("{docked} ships docked").format(docked=docked)
            )
        return ParsedResponse(summary=_("{body} of the latest spacewalks").format(body=spacewalk_count(download.body)))
