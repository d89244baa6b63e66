"""What the kept copies say, for the screen: read from the store, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import CSS_NORAD_ID
from sim.errors import ElementsError, SourceError
from sim.orbit.elements import of_object
from sim.sources.providers import celestrak, cmsa, launch_library, people_in_space
from sim.sources.rate_limit import STALE_CREW_S
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, LAUNCH_LIBRARY, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.elements import ElementSet
    from sim.sources.crew_reports import CrewNews, SpacewalkNews, StationNews
    from sim.sources.providers.cmsa import Ephemeris
    from sim.sources.store import Store


def crew_news(store: Store) -> CrewNews | None:
    """Who is aboard: by Launch Library, or by the list of people where that is more than a day ahead of it."""
    first = _crew(store, LAUNCH_LIBRARY.key, launch_library.parse)
    second = _crew(store, PEOPLE.key, people_in_space.parse)
    if first is None or second is None:
        return first or second
    return second if second.fetched_unix_s - first.fetched_unix_s > STALE_CREW_S else first


def _crew(store: Store, kind: str, parse: Callable[[bytes, float], CrewNews]) -> CrewNews | None:
    download = store.last_good(kind)
    try:
        return parse(download.body, download.fetched_unix_s) if download else None
    except SourceError:
        return None  # a copy kept by a program with other rules


def station_news(store: Store) -> StationNews | None:
    """Ships at the ports and expeditions under way."""
    download = store.last_good(launch_library.STATION_KIND)
    try:
        return launch_library.parse_station(download.body, download.fetched_unix_s) if download else None
    except SourceError:
        return None


def spacewalk_news(store: Store) -> tuple[SpacewalkNews, ...]:
    """The latest spacewalks from the station, newest first."""
    download = store.last_good(launch_library.WALKS_KIND)
    try:
        return launch_library.parse_spacewalks(download.body) if download else ()
    except SourceError:
        return ()


def companions(store: Store) -> list[ElementSet]:
    """Sets of the modules and ships that fly as one with the station, from the last good copy."""
    sets = _sets(store, CELESTRAK_GP.key, CELESTRAK_GP.title)
    station = of_object(sets, CSS_NORAD_ID)
    return celestrak.flying_with(station[-1], sets) if station else []


def supplemental_sets(store: Store) -> list[ElementSet]:
    """The operator's forecast as a chain of sets, oldest first; `celestrak.piece_at` picks the one for an instant."""
    return of_object(_sets(store, CELESTRAK_SUPPLEMENTAL.key, CELESTRAK_SUPPLEMENTAL.title), CSS_NORAD_ID)


def _sets(store: Store, kind: str, title: str) -> list[ElementSet]:
    download = store.last_good(kind)
    try:
        return celestrak.parse(download.body, source=title) if download else []
    except (SourceError, ElementsError):
        return []


def operator_ephemeris(store: Store) -> Ephemeris | None:
    """The operator's own ephemeris as the text of an OEM."""
    download = store.last_good(cmsa.FILE_KIND)
    try:
        return cmsa.parse(download.body) if download else None
    except SourceError:
        return None
