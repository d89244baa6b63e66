"""The content of the kept copies, for the screen: read from the store, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sim.constants import CSS_NORAD_ID
from sim.errors import ElementsError, SourceError
from sim.orbit.elements import of_object
from sim.sources.providers import celestrak, cmsa, launch_library, people_in_space
from sim.sources.rate_limit import STALE_CREW_S
from sim.sources.registry import CELESTRAK_SUPPLEMENTAL, LAUNCH_LIBRARY, PEOPLE

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
    first = _parsed(store, LAUNCH_LIBRARY.key, lambda d: launch_library.parse(d.body, d.fetched_unix_s))
    second = _parsed(store, PEOPLE.key, lambda d: people_in_space.parse(d.body, d.fetched_unix_s))
    if first is None or second is None:
        return first or second
    return second if second.fetched_unix_s - first.fetched_unix_s > STALE_CREW_S else first


def supplemental_sets(store: Store) -> list[ElementSet]:
    """The operator's forecast as a chain of sets, oldest first; `celestrak.piece_at` picks the one for an instant."""
    source = CELESTRAK_SUPPLEMENTAL
    sets = _parsed(store, source.key, lambda d: celestrak.parse(d.body, source=source.title))
    return of_object(sets or [], CSS_NORAD_ID)


def operator_ephemeris(store: Store) -> EphemerisFile | None:
    """The operator's own ephemeris as the text of an OEM."""
    return _parsed(store, cmsa.FILE_KIND, lambda d: cmsa.parse(d.body))


def _parsed(store: Store, kind: str, parse: Callable[[Download], T]) -> T | None:
    """The last good copy of a kind, parsed; None if there is none or if this program's rules refuse it."""
    download = store.last_good(kind)
    try:
        return parse(download) if download else None
    except (SourceError, ElementsError):
        return None
