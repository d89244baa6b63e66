"""The content of the kept copies, for the screen: read from the store, without a network.

What reads a source's responses is imported where there is a copy: who never asked a source needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sim.constants import CSS_NORAD_ID
from sim.errors import ElementsError, SourceError
from sim.orbit.elements import of_object
from sim.sources.rate_limit import STALE_CREW_S
from sim.sources.registry import CELESTRAK_SUPPLEMENTAL, CMSA, LAUNCH_LIBRARY, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.elements import ElementSet
    from sim.sources.crew_reports import CrewNews
    from sim.sources.providers.cmsa import EphemerisFile
    from sim.sources.responses import Download
    from sim.sources.storage.store import Store

T = TypeVar("T")


def crew_news(store: Store) -> CrewNews | None:
    """Who is aboard: by Launch Library, or by the list of people where that is more than a day newer."""
    first = _parsed(store, LAUNCH_LIBRARY.key, _launch_library)
    second = _parsed(store, PEOPLE.key, _people_in_space)
    if first is None or second is None:
        return first or second
    return second if second.fetched_unix_s - first.fetched_unix_s > STALE_CREW_S else first


def supplemental_sets(store: Store) -> list[ElementSet]:
    """The operator's forecast as a chain of sets, oldest first; `celestrak.piece_at` picks the one for an instant."""
    return of_object(_parsed(store, CELESTRAK_SUPPLEMENTAL.key, _forecast) or [], CSS_NORAD_ID)


def operator_ephemeris(store: Store) -> EphemerisFile | None:
    """The operator's own ephemeris as the text of an OEM."""
    return _parsed(store, CMSA.key, _ephemeris)


def _launch_library(download: Download) -> CrewNews:
    from sim.sources.providers.launch_library import parse

    return parse(download.body, download.fetched_unix_s)


def _people_in_space(download: Download) -> CrewNews:
    from sim.sources.providers.people_in_space import parse

    return parse(download.body, download.fetched_unix_s)


def _forecast(download: Download) -> list[ElementSet]:
    from sim.sources.providers.celestrak import parse

    return parse(download.body, source=CELESTRAK_SUPPLEMENTAL.title)


def _ephemeris(download: Download) -> EphemerisFile:
    from sim.sources.providers.cmsa import parse

    return parse(download.body)


def _parsed(store: Store, kind: str, parse: Callable[[Download], T]) -> T | None:
    """The last good copy of a kind, parsed; None if there is none or if this program's rules refuse it."""
    download = store.last_good(kind)
    try:
        return parse(download) if download else None
    except (SourceError, ElementsError):
        return None
