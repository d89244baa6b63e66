"""Jobs that may be done in a process of their own, see `sim.aside`: no other function can be asked for there.

Each imports what it needs when it is done, takes whoever asked first, and gets and returns only what pickles small
and loads without numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sim.aside import Asker
    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit
    from sim.passes.model import Eclipse, Pass
    from sim.places.place import Place
    from sim.sources.refresh import RefreshReport
    from sim.sources.registry import SourceSettings


def passes(_: Asker, orbit: Orbit, start_unix_s: float, end_unix_s: float, place: Place) -> list[Pass]:
    """Passes over a place, each with how far off it may be."""
    from sim.orbit.uncertainty import expected_error
    from sim.passes.finder import find_passes

    return find_passes(
        orbit, place, start_unix_s, end_unix_s, error_s_at=lambda unix_s: expected_error(orbit, unix_s).median_s
    )


def eclipses(_: Asker, orbit: Orbit, start_unix_s: float, end_unix_s: float) -> list[Eclipse]:
    """Ways through the Earth's shadow."""
    from sim.eclipses import find_eclipses

    return find_eclipses(orbit, start_unix_s, end_unix_s)


def refresh(asker: Asker, folder: Path, settings: SourceSettings, known: ElementSet | None) -> RefreshReport:
    """Ask the live sources what may be asked now.

    Args:
        asker: Told a source's title and what happens.
        folder: The cache folder.
        settings: What the user allows.
        known: The newest set known from elsewhere.
    """
    import time

    from sim.sources.refresh import refresh_now
    from sim.sources.store import Store

    return refresh_now(Store(folder), settings, time.time(), asker.tell, asker, known=known)


def _as_given(*arguments: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any job's
    return arguments


def _part_of_orbit(orbit: Orbit, start_unix_s: float, end_unix_s: float, *rest: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Of a history the sets that answer in the span and two revolutions around it."""
    from sim.orbit.composite import CompositeOrbit
    from sim.orbit.element_history import ElementHistory

    if isinstance(orbit, (ElementHistory, CompositeOrbit)):
        margin_s = 2.0 * orbit.elements(start_unix_s).period_min * 60.0
        orbit = orbit.between(start_unix_s - margin_s, end_unix_s + margin_s)
    return orbit, start_unix_s, end_unix_s, *rest


class Job(NamedTuple):
    """What there is to know about a job before it is done.

    Attributes:
        work: The function.
        loads: The module that makes it worth a process of its own.
        longest_s: It has hung if it takes longer.
        packed: Its arguments, made small for sending.
    """

    work: Callable[..., Any]
    loads: str
    longest_s: float = 20.0
    packed: Callable[..., tuple[Any, ...]] = _as_given


JOBS = {
    job.work.__name__: job
    for job in (
        Job(passes, "numpy", packed=_part_of_orbit),
        Job(eclipses, "numpy", packed=_part_of_orbit),
        Job(refresh, "httpx", longest_s=600.0),  # six services, 40 s for each download
    )
}
