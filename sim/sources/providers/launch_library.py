"""Launch Library 2 (The Space Devs): who is aboard, which ships are docked, the latest spacewalks.

The filters by station are not documented, so whole lists are asked for and the station is picked out here. Any
object of an answer may be null; names may come twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import SourceError
from sim.sources.crew_reports import CrewNews, DockedVehicle, SpacewalkNews, StationNews
from sim.sources.provider import Findings, Getter, check_status
from sim.sources.registry import LAUNCH_LIBRARY, Source
from sim.sources.safe_json import instant_of, items, loads, mapping, text_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from typing import Any

    from sim.sources.responses import Download

TIANGONG_ID = 18
CREW_KIND, STATION_KIND, WALKS_KIND = "launch-library", "launch-library-station", "launch-library-spacewalks"
_PATHS = {
    CREW_KIND: "expeditions/?is_active=true&mode=detailed",
    STATION_KIND: f"space_stations/{TIANGONG_ID}/?mode=detailed",
    WALKS_KIND: "spacewalks/?mode=detailed&ordering=-start&limit=20",
}


def parse(body: bytes, fetched_unix_s: float) -> CrewNews:
    """Read the list of active expeditions: everybody of those at the station, each person once.

    Raises:
        SourceError: It is no such list, or names nobody aboard the station.
    """
    aboard: dict[object, tuple[str, str]] = {}
    for expedition in filter(_at_station, _results(body)):
        ship = text_of(expedition, "name", limit=60)
        for member in items(expedition.get("crew") or [], "crew", most=50):
            name = text_of(member, "astronaut", "name", limit=60)
            if name:
                number = member["astronaut"].get("id")
                aboard.setdefault(number if isinstance(number, int) else name, (name, ship))
    if not aboard:
        raise SourceError("the list names nobody aboard the station")
    return CrewNews(LAUNCH_LIBRARY.title, fetched_unix_s, tuple(aboard.values()))


def parse_station(body: bytes, fetched_unix_s: float) -> StationNews:
    """Read the station's own record.

    Raises:
        SourceError: It is not the station's.
    """
    station = mapping(loads(body, "station"), "the answer")
    if station.get("id") != TIANGONG_ID:
        raise SourceError("the answer is about another station")
    ports = station.get("docking_location")
    active = items(station.get("active_expeditions") or [], "active_expeditions", most=20)
    return StationNews(
        LAUNCH_LIBRARY.title,
        fetched_unix_s,
        # The short form of the record leaves the ports out: that is not the same as no ship at all.
        None if ports is None else _docked(items(ports, "docking_location", most=50)),
        tuple(name for expedition in active if (name := text_of(expedition, "name", limit=60))),
    )


def _docked(ports: list[Any]) -> tuple[DockedVehicle, ...]:
    docked = []
    for port in ports:
        event = mapping(port, "a port").get("currently_docked")
        if isinstance(event, dict):
            vehicle = (
                text_of(event, "flight_vehicle_chaser", "spacecraft", "name", limit=60)
                or text_of(event, "payload_flight_chaser", "payload", "name", limit=60)
                or text_of(event, "space_station_chaser", "name", limit=60)
            )
            docked.append(DockedVehicle(text_of(port, "name", limit=60), vehicle, instant_of(event, "docking")))
    return tuple(docked)


def parse_spacewalks(body: bytes) -> tuple[SpacewalkNews, ...]:
    """Read the list of spacewalks: those from the station, newest first.

    Raises:
        SourceError: It is no such list.
    """
    walks = []
    for record in _results(body):
        start = instant_of(record, "start")
        if start is None or not _at_station(record):
            continue
        crew = items(record.get("crew") or [], "crew", most=50)
        people = dict.fromkeys(name for member in crew if (name := text_of(member, "astronaut", "name", limit=60)))
        walks.append(SpacewalkNews(text_of(record, "name", limit=100), start, instant_of(record, "end"), tuple(people)))
    return tuple(sorted(walks, key=lambda walk: -walk.start_unix_s))


def _results(body: bytes) -> list[dict[str, Any]]:
    answer = mapping(loads(body, "Launch Library"), "the answer")
    return [mapping(record, "a result") for record in items(answer.get("results"), "results")]


def _at_station(record: dict[str, Any]) -> bool:
    """The station's key is written in two ways in the interface's own versions."""
    return any(
        isinstance(station := record.get(key), dict) and station.get("id") == TIANGONG_ID
        for key in ("spacestation", "space_station")
    )


class LaunchLibrary:
    """Three calls a round: expeditions, the station, spacewalks."""

    source: Source = LAUNCH_LIBRARY

    async def fetch(self, get: Getter, last_url: str) -> AsyncGenerator[Download, None]:
        """One after the other; the first that fails ends the round."""
        for kind, path in _PATHS.items():
            download = await get(path, kind)
            yield download
            check_status(download, self.source.host)

    def read(self, download: Download) -> Findings:
        """The news in short."""
        check_status(download, self.source.host)
        if download.kind == CREW_KIND:
            return Findings(f"crew of {parse(download.body, download.fetched_unix_s).count}")
        if download.kind == STATION_KIND:
            docked = parse_station(download.body, download.fetched_unix_s).docked
            return Findings("no word of ships" if docked is None else f"{len(docked)} ships docked")
        return Findings(f"{len(parse_spacewalks(download.body))} of the latest spacewalks")
