"""The session: what the person set (clock, place, orbit) and what is kept from frame to frame. It makes the frames."""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import language
from sim.orbit.altitude import AltitudeHistory
from sim.orbit.space_object import object_of
from sim.orbit.uncertainty import expected_error
from sim.status import status_at
from tui.config.settings import Settings
from tui.session.frame import ClockFace, Frame, SourceBoard, Trail

if TYPE_CHECKING:
    from sim.chronicle import Chronicle
    from sim.chronicle.events import EventList
    from sim.clock import SimulationClock
    from sim.eclipses import Eclipse
    from sim.orbit.propagation import Orbit
    from sim.orbit.space_object import SpaceObject
    from sim.passes.horizon import Horizon
    from sim.passes.model import Pass
    from sim.passes.plans.contacts import Contact
    from sim.places.place import Place
    from sim.status import Status
    from tui.config.state_file import Alarm

PAST_REVOLUTIONS = 1.0
FUTURE_REVOLUTIONS = 2.0
PASS_DAYS = 10.0
PASS_RESERVE_DAYS = 7.0
"""Passes are computed anew when fewer days than these are left ahead."""

ECLIPSE_DAYS = 1.5
NEXT_CITY_DEG = 0.2

LEAST_ELEVATION_DEG = Settings().min_elevation_deg
"""Where passes rise and set unless the settings say otherwise; the command line has the same."""

PASS_BEFORE_S = 1800.0
"""How far before the instant the list begins, so that a pass under way and the last one stay in it."""


SAME_PASS_S = 900.0
"""Newer elements move a pass by seconds; another pass is at least an hour away."""


class _Span(msgspec.Struct, frozen=True):
    """The orbit and the span that something was computed of."""

    orbit: Orbit
    start_unix_s: float
    end_unix_s: float

    def serves(self, orbit: Orbit, unix_s: float, reserve_s: float) -> bool:
        """Whether it tells of an instant of an orbit, and of so many seconds more."""
        return orbit is self.orbit and self.start_unix_s <= unix_s <= self.end_unix_s - reserve_s


class PassList(_Span, frozen=True):
    """Passes of one place over one span."""

    place: Place
    passes: tuple[Pass, ...]
    coverage: str = ""
    """What of the span the orbit does not cover, or why there is no answer, in one line; empty where all is known."""
    unpredicted: tuple[Pass, ...] = ()
    """Those beside them whose time is not known: they are counted, never shown."""


class EclipseList(_Span, frozen=True):
    """Shadows and contacts of ground stations in one span."""

    eclipses: tuple[Eclipse, ...]
    contacts: tuple[Contact, ...]


class Session:
    """Everything a frame is made of, in one place; the app changes it, panels only see frames.

    Attributes:
        clock: The simulated instant.
        orbit: Where the station is.
        chronicle: Who and what is there.
        place: Where the person is, with the clocks that count.
        chosen_place: The same place with its own clocks.
        default_zone: The system's time zone, by which the place was taken; `None` once a person has chosen one.
        zone: A time zone that was chosen instead of the place's.
        utc: Whether times are shown in UTC.
        watched: The pass that is being watched.
        alarms: Alarms on passes, the next first, of all places.
        events: What happened and what comes.
        altitude: Mean altitudes and raises, once read.
        sources: State of the live sources.
        standard_magnitude: Of the object, if a person gave it.
        objects: All objects of the files that the orbit was chosen from; empty for the station's own history.
        least_elevation_deg: Where passes rise and set; what stays lower is no pass.
    """

    def __init__(
        self,
        clock: SimulationClock,
        orbit: Orbit,
        chronicle: Chronicle,
        place: Place,
        *,
        least_elevation_deg: float = LEAST_ELEVATION_DEG,
    ) -> None:
        self.clock = clock
        self.orbit = orbit
        self.chronicle = chronicle
        self.place = place
        self.chosen_place = place
        self.default_zone: str | None = None
        self.zone: str | None = None
        self._horizon: Horizon | None = None
        self._horizon_place = place
        self.utc = False
        self.standard_magnitude: float | None = None
        self.objects: tuple[SpaceObject, ...] = ()
        self.least_elevation_deg = least_elevation_deg
        self.watched: Pass | None = None
        self.alarms: tuple[Alarm, ...] = ()
        self.events = chronicle.events
        self.altitude: AltitudeHistory | None = None
        self.sources = SourceBoard()
        self._trail = Trail(orbit)
        self._passes: PassList | None = None
        self._ahead: tuple[Pass, ...] = ()
        self._eclipses: EclipseList | None = None
        self.cities_read = False
        self._below: tuple[str, float, float, str] = ("", math.inf, math.inf, "")

    def use_horizon(self, horizon: Horizon | None) -> None:
        """Use a horizon at the present place; it does not apply to others."""
        self._horizon, self._horizon_place = horizon, self.chosen_place

    @property
    def horizon(self) -> Horizon | None:
        """The horizon of the present place; None where it is level."""
        return self._horizon if self.chosen_place == self._horizon_place else None

    def stand_at(self, place: Place) -> None:
        """Use another place; a time zone chosen by the user stays in use."""
        self.chosen_place, self.place = place, place.in_zone(self.zone)
        self.default_zone = None

    def use_orbit(self, orbit: Orbit) -> None:
        """Use another orbit (new elements) and drop everything cached of the old one."""
        self.orbit = orbit
        self.altitude = None
        self._trail = Trail(orbit)

    def frame(self, *, draft: bool = False) -> Frame:
        """The frame of the clock's instant; as a draft with a coarser track, for the first picture."""
        clock = self.clock
        unix_s = clock.now()
        wall_unix_s = clock.wall_unix_s()
        status = status_at(self.orbit, self.chronicle, unix_s, now_unix_s=wall_unix_s)
        revolution_s = status.element_set.period_min * 60.0
        past_s, future_s = PAST_REVOLUTIONS * revolution_s, FUTURE_REVOLUTIONS * revolution_s
        past, future = self._trail.around(unix_s, past_s, future_s, draft=draft)
        return Frame(
            status=status,
            clock=ClockFace(live=clock.live, paused=clock.paused, rate=clock.rate, wall_unix_s=wall_unix_s),
            place=self.place,
            default_zone=self.default_zone,
            utc=self.utc,
            past=past,
            future=future,
            passes=self.passes_at(unix_s),
            unpredicted=self.unpredicted_at(unix_s),
            least_elevation_deg=self.least_elevation_deg,
            watched=self.watched,
            alarms=self._alarms_here(),
            chronicle=self.chronicle,
            orbit=self.orbit,
            events=self.events,
            altitude=self.altitude,
            coverage=self._passes.coverage if self._passes is not None else "",
            eclipses=None if (coming := self._coming_at(unix_s)) is None else coming.eclipses,
            contacts=None if coming is None else coming.contacts,
            words_below=self._words_below,
            sources=self.sources,
        )

    def _alarms_here(self) -> tuple[float, ...]:
        return tuple(alarm.rise_unix_s for alarm in self.alarms if alarm.place == self.place.name)

    def passes_at(self, unix_s: float) -> tuple[Pass, ...] | None:
        """Passes from the instant on whose times are known; `None` while they are being searched."""
        known = self._list_at(unix_s)
        if known is None:
            return None
        over = bisect_right(known.passes, unix_s - PASS_BEFORE_S, key=lambda p: p.set.unix_s)
        ahead = known.passes[over:]
        if ahead != self._ahead:
            self._ahead = ahead  # else the same object: panels see at once that nothing changed
        return self._ahead

    def unpredicted_at(self, unix_s: float) -> tuple[Pass, ...]:
        """Passes of which nobody knows when they come: the place along the orbit is not known by then."""
        known = self._list_at(unix_s)
        return () if known is None else known.unpredicted

    def _list_at(self, unix_s: float, reserve_s: float = 0.0) -> PassList | None:
        """The list that serves an instant of this place and orbit."""
        known = self._passes
        is_of_here = known is not None and known.place == self.place and known.serves(self.orbit, unix_s, reserve_s)
        return known if is_of_here else None

    def passes_wanted(self, unix_s: float) -> bool:
        """Whether the list has to be computed (anew) for this instant."""
        return self._list_at(unix_s, PASS_RESERVE_DAYS * DAY_S) is None

    def compute_passes(self, unix_s: float) -> PassList:
        """The list around an instant; loads numpy and takes a tenth of a second, so call it in a thread."""
        place, orbit = self.place, self.orbit
        start, end = unix_s - PASS_BEFORE_S, unix_s + PASS_DAYS * DAY_S
        from sim.orbit.coverage import coverage

        found: list[Pass] = []
        try:
            words = coverage(orbit, unix_s, end).words
            found = self._find_passes(orbit, place, start, end)
        except OrbitError as problem:
            words = str(problem)
        return PassList(
            place=place,
            orbit=orbit,
            start_unix_s=start,
            end_unix_s=end,
            passes=tuple(p for p in found if p.time_known),
            unpredicted=tuple(p for p in found if not p.time_known),
            coverage=words,
        )

    def keep_passes(self, passes: PassList) -> None:
        """Take a computed list into the frames from now on."""
        self._passes = passes

    def read_cities(self) -> None:
        """Load the list of cities, so that frames can say what lies below; takes some milliseconds."""
        from sim.places.nearest import over

        over(0.0, 0.0)
        self.cities_read = True

    def _words_below(self, status: Status) -> str:
        """What lies under the station; asked anew when it has moved by a fifth of a degree."""
        position = status.position
        if not self.cities_read or position is None or not status.error.position_known:
            return ""
        code, latitude_deg, longitude_deg, words = self._below
        moved = abs(position.latitude_deg - latitude_deg) + abs(position.longitude_deg - longitude_deg)
        if moved > NEXT_CITY_DEG or code != language():
            from sim.places.nearest import over

            words = over(position.latitude_deg, position.longitude_deg)
            self._below = (language(), position.latitude_deg, position.longitude_deg, words)
        return words

    def compute_eclipses(self, unix_s: float) -> EclipseList:
        """Shadows and contacts of the coming day and a half.

        It loads numpy and takes a tenth of a second, so call it in a thread.
        """
        from sim.eclipses import find_eclipses
        from sim.passes.plans.contacts import find_contacts
        from sim.passes.plans.stations import known_stations

        orbit = self.orbit
        start, end = unix_s - PASS_BEFORE_S, unix_s + ECLIPSE_DAYS * DAY_S
        try:
            eclipses = tuple(find_eclipses(orbit, start, end))
            contacts = tuple(
                find_contacts(orbit, known_stations(), start, end, error_at=partial(expected_error, orbit))
            )
        except OrbitError:  # the position is not known either, and the panels say why
            eclipses, contacts = (), ()
        return EclipseList(orbit=orbit, start_unix_s=start, end_unix_s=end, eclipses=eclipses, contacts=contacts)

    def keep_eclipses(self, eclipses: EclipseList) -> None:
        """Take a computed list into the frames from now on."""
        self._eclipses = eclipses

    def eclipses_wanted(self, unix_s: float) -> bool:
        """Whether the list has to be computed (anew) for this instant."""
        return self._coming_at(unix_s, DAY_S) is None

    def _coming_at(self, unix_s: float, reserve_s: float = 0.0) -> EclipseList | None:
        known = self._eclipses
        return known if known is not None and known.serves(self.orbit, unix_s, reserve_s) else None

    def read_altitude(self) -> tuple[AltitudeHistory, EventList]:
        """Mean altitudes of the whole element history and the events with its burns; takes a while."""
        from sim.orbit.composite import CompositeOrbit
        from sim.orbit.element_history import ElementHistory
        from tui.session.burn_events import burn_events

        orbit = self.orbit
        if isinstance(orbit, (ElementHistory, CompositeOrbit)):
            altitude = orbit.altitude
        else:  # an ephemeris alone holds no history: its own mean elements are all there is
            altitude = AltitudeHistory([orbit.elements(self.clock.now())])
        return altitude, self.chronicle.events_with(burn_events(altitude.burns))

    def passes_between(self, start_unix_s: float, end_unix_s: float) -> list[Pass]:
        """Passes in any span (for going back to earlier ones); call it in a thread, as `compute_passes`."""
        return self._find_passes(self.orbit, self.place, start_unix_s, end_unix_s)

    def _find_passes(self, orbit: Orbit, place: Place, start_unix_s: float, end_unix_s: float) -> list[Pass]:
        """Passes over a place, each with the expected error of its times and the brightness of what flew then."""
        from sim.chronicle.brightness import brightness_of
        from sim.passes.finder import find_passes

        about = object_of(orbit.elements(start_unix_s))
        return find_passes(
            orbit,
            place,
            start_unix_s,
            end_unix_s,
            min_elevation_deg=self.least_elevation_deg,
            error_at=partial(expected_error, orbit),
            standard_magnitude_at=brightness_of(about, lambda: self.chronicle, self.standard_magnitude),
            horizon=self.horizon,
        )
