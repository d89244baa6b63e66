"""Context of one command: what the common options mean, each made when it is first needed."""

from __future__ import annotations

import os
import sys
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from sim.constants import DAY_S, TIANHE_LAUNCH_UNIX_S
from sim.errors import ElementsError, OrbitError, PlaceError, TimeError
from sim.language import _
from sim.orbit.space_object import STATION, object_of
from sim.orbit.uncertainty import error_of
from sim.places.place import Place
from sim.sanitize import clean
from sim.status import status_at
from sim.time import iso_z
from tui.config.settings import FILE_NAME, Settings, config_dir, offline_by_environment
from tui.session.loading import load_chronicle, load_orbit, load_place

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from sim.astro.photometry import StandardMagnitude
    from sim.chronicle import Chronicle
    from sim.orbit.altitude import AltitudeHistory
    from sim.orbit.coverage import Coverage
    from sim.orbit.propagation import Orbit
    from sim.orbit.space_object import SpaceObject
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.horizon import Horizon
    from sim.passes.model import Pass
    from sim.status import Status
    from tui.cli.output.json_export import Shape
    from tui.session.loading import LoadedOrbit


class QueryArguments(msgspec.Struct, frozen=True, kw_only=True):
    """The options that `add_common` adds; the defaults are those of a command line without them."""

    at: float | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    height: float | None = None
    horizon: Path | None = None
    zone: str | None = None
    elements: Sequence[Path] | None = None
    object: str | None = None
    magnitude: float | None = None
    offline: bool = False


def say(message: str) -> None:
    """One line to stderr."""
    print(f"tiangong: {message}", file=sys.stderr)


class Query:
    """What the common options of a command mean.

    Args:
        arguments: As parsed, with the options of `add_common`.
        report: Called with each message for the person, one line.
    """

    def __init__(self, arguments: QueryArguments | argparse.Namespace, report: Callable[[str], None] = say) -> None:
        self._arguments = arguments
        self._report = report
        self.now_unix_s = time.time()
        self.asked_place = self._asked_place()  # at once: a wrong name is reported before anything else
        self._asked_horizon = self._read_asked_horizon()
        self.at_unix_s: float = self.now_unix_s if arguments.at is None else arguments.at
        if self.at_unix_s < TIANHE_LAUNCH_UNIX_S and not arguments.elements:
            text = _("there was no station before {instant}, when Tianhe was launched")
            raise TimeError(text.format(instant=iso_z(TIANHE_LAUNCH_UNIX_S)))

    @cached_property
    def settings(self) -> Settings:
        """The settings; problems of the file are reported once."""
        path = config_dir() / FILE_NAME
        if not os.path.lexists(path):
            return Settings()
        from tui.config.settings_store import read_settings

        loaded = read_settings(path)
        for problem in loaded.problems:
            self._report(problem)
        return loaded.settings

    @property
    def offline(self) -> bool:
        """Whether no connection may be opened."""
        return self._arguments.offline or offline_by_environment() or self.settings.offline

    @cached_property
    def place(self) -> Place:
        """The place that is given, set, or derived from the time zone, which is reported."""
        place, reason = load_place(self.asked_place, self.settings)
        if reason:
            self._report(_("place {reason} (choose with --place)").format(reason=reason))
        return place.in_zone(self.zone)

    @property
    def zone(self) -> str | None:
        """The time zone of the command line or of the settings; None takes the place's."""
        return self._arguments.zone or self.settings.zone

    @property
    def clock_zone(self) -> ZoneInfo | None:
        """By whose clocks a text of no place is: of the zone asked for, of a place asked for; None is UTC."""
        from sim.places.timezones import zone_or_none

        name = self.zone or (self.asked_place.timezone if self.asked_place else "")
        return zone_or_none(name) if name and name != "UTC" else None

    @property
    def clock(self) -> Place:
        """The same as a place of that zone."""
        return Place("", 0.0, 0.0, timezone=self.clock_zone.key if self.clock_zone else "")

    @property
    def clock_words(self) -> str:
        """Its name, for a heading."""
        from sim.places.timezones import zone_title

        return zone_title(self.clock_zone.key) if self.clock_zone else "UTC"

    @cached_property
    def horizon(self) -> Horizon | None:
        """The horizon of the command line, or that of the settings where no other place is asked for.

        One of the settings that cannot be used is reported and left out.
        """
        set_ = self.settings.horizon
        if self._asked_horizon is not None or set_ is None or self.asked_place is not None:
            return self._asked_horizon
        from sim.passes.horizon import read_horizon

        try:
            return read_horizon(config_dir() / set_)
        except PlaceError as problem:
            self._report(_("{problem}: passes are listed without it").format(problem=problem))
            return None

    @cached_property
    def _loaded(self) -> LoadedOrbit:
        return load_orbit(self._arguments.elements or (), self._arguments.object)

    @cached_property
    def orbit(self) -> Orbit:
        """The orbit; what is refused of a file is reported."""
        self._report_loaded()
        return self._loaded.orbit

    def _report_loaded(self) -> None:
        """Report once what is refused of a file."""
        while self._unreported:
            self._report(self._unreported.pop(0))

    @cached_property
    def _unreported(self) -> list[str]:
        return list(self._loaded.messages)

    @cached_property
    def object(self) -> SpaceObject:
        """What the answers are about: the station, for which no element set need be read, or the object of a file."""
        if not self._names_object:
            return STATION
        return object_of(self._loaded.orbit.elements(self.at_unix_s))

    @property
    def _names_object(self) -> bool:
        return bool(self._arguments.elements) or self._arguments.object is not None

    def require_station(self, what: str) -> None:
        """Refuse to answer about people and ships for another object, of whose elements nothing is said then.

        Args:
            what: What is asked for.

        Raises:
            ElementsError: The file of elements is of another object than the station.
        """
        if not self.object.is_station:
            text = _("there is no {what} data for {object}: the chronicle is that of Tiangong")
            raise ElementsError(text.format(what=_(what), object=clean(self.object.label, limit=40)))
        if self._names_object:
            self._report_loaded()

    @cached_property
    def standard_magnitude_at(self) -> Callable[[float], StandardMagnitude] | None:
        """How bright the object is by itself at an instant; None where nobody knows."""
        from sim.chronicle.brightness import brightness_of

        return brightness_of(self.object, lambda: self.chronicle, self._arguments.magnitude)

    @property
    def altitude(self) -> AltitudeHistory:
        """Mean altitude and burns.

        Raises:
            ElementsError: The orbit is an ephemeris, which has no history.
        """
        from sim.orbit.composite import CompositeOrbit
        from sim.orbit.element_history import ElementHistory

        if not isinstance(self.orbit, (ElementHistory, CompositeOrbit)):
            raise ElementsError(_("an ephemeris holds no history of the altitude: give element sets"))
        return self.orbit.altitude

    def least_elevation_deg(self, asked_deg: float | None) -> float:
        """The elevation at which passes rise and set: the one asked for, or that of the settings."""
        return self.settings.min_elevation_deg if asked_deg is None else asked_deg

    def passes(self, end_unix_s: float, least_elevation_deg: float) -> list[Pass]:
        """Passes over the place from the instant on, in order."""
        from sim.passes.finder import find_passes

        return find_passes(
            self.orbit,
            self.place,
            self.at_unix_s,
            end_unix_s,
            min_elevation_deg=least_elevation_deg,
            error_at=self.error_at,
            standard_magnitude_at=self.standard_magnitude_at,
            horizon=self.horizon,
        )

    def error_at(self, unix_s: float) -> ExpectedError:
        """Expected error of what the orbit answers for an instant."""
        return error_of(self.orbit.provenance(unix_s))

    @cached_property
    def chronicle(self) -> Chronicle:
        """The chronicle; what is refused of the person's own facts is reported."""
        book, problems = load_chronicle()
        for problem in problems:
            self._report(problem)
        return book

    def status(self) -> Status:
        """The snapshot of the instant."""
        return status_at(self.orbit, self.chronicle, self.at_unix_s, now_unix_s=self.now_unix_s)

    def answer_shape(self, unix_s: float, *, observer: Place | None = None, **parts: Any) -> Shape:  # noqa: ANN401
        """The shape of a list: which object, seen from where, the elements and their error at an instant, the parts."""
        from tui.cli.output.json_export import answer_shape, elements_shape, observer_shape

        seen_from = {} if observer is None else {"observer": observer_shape(observer)}
        elements = elements_shape(self.orbit.provenance(unix_s), self.error_at(unix_s))
        return answer_shape(self.object, **seen_from, elements=elements, **parts)

    def _asked_place(self) -> Place | None:
        """The place that the options name; other places of the name are reported."""
        given = self._arguments
        has_coordinates = given.lat is not None and given.lon is not None
        if given.place is None and not has_coordinates:
            return None
        from sim.places.gazetteer import look_up, place_at

        if given.lat is not None and given.lon is not None:
            place = place_at(given.lat, given.lon, given.height or 0.0)
            self._report_zone(place)
            return place
        match = look_up(given.place or "", self.settings.places)
        place, others = match.place, match.others
        if others:
            text = (
                _("{place} is taken; there are also {others} and {more} more")
                if len(others) > 3
                else _("{place} is taken; there are also {others}")
            )
            named = "; ".join(other.title for other in others[:3])
            self._report(text.format(place=place.title, others=named, more=len(others) - 3))
        self._report_zone(place)
        if given.height is not None:
            place = replace(place, height_m=given.height)
        return place

    def _read_asked_horizon(self) -> Horizon | None:
        """The horizon that the options name: a file that cannot be used is an error whatever is asked."""
        if self._arguments.horizon is None:
            return None
        from sim.passes.horizon import read_horizon

        return read_horizon(self._arguments.horizon)

    def _report_zone(self, place: Place) -> None:
        """Warn how certain the time zone of bare coordinates is, unless a zone was chosen."""
        if place.country or self._arguments.zone:
            return
        from sim.places.point_zone import zone_at

        if doubt := zone_at(place.latitude_deg, place.longitude_deg).doubt:
            self._report(_("{doubt} (choose with --zone)").format(doubt=doubt))

    def require_flying(self, until_unix_s: float | None = None) -> None:
        """Refuse elements that decay before the instant, or are over a year from it; report the same of a later one.

        Raises:
            OrbitError: Nothing is known of the orbit.
        """
        from sim.orbit.decay import problem_at

        if message := problem_at(self.orbit, self.at_unix_s):
            raise OrbitError(message)
        if until_unix_s is not None and (message := problem_at(self.orbit, until_unix_s)):
            self._report(message)

    def require_flying_if_given(self) -> None:
        """The same for elements that the person gave; without them there is more to answer than the orbit."""
        if self._arguments.elements:
            self.require_flying()

    def require_answer(self) -> None:
        """Refuse an instant that an ephemeris does not cover.

        Raises:
            OrbitError: It does not.
        """
        if self.orbit.provenance(self.at_unix_s).kind == "oem":
            self.orbit.state(self.at_unix_s)

    def require_covered(self, until_unix_s: float | None = None) -> Coverage:
        """Refuse a time of which the orbit covers nothing; report where what it covers begins and ends.

        Args:
            until_unix_s: End of the time; without it the instant alone.

        Raises:
            OrbitError: Nothing is covered.
        """
        from sim.orbit.coverage import coverage, require_some

        end = self.at_unix_s if until_unix_s is None else until_unix_s
        found = coverage(self.orbit, self.at_unix_s, end)
        require_some(found)
        if found.words:
            self._report(found.words)
        return found

    def covered_days(self, days: float) -> Coverage:
        """The same of so many days from the instant on, of elements that have not decayed by then."""
        end = self.at_unix_s + days * DAY_S
        self.require_flying(end)
        return self.require_covered(end)

    def warn_if_stale(self, unix_s: float | None = None) -> None:
        """Report how far off the answer may be, if it is stale."""
        from tui.session.live.disputes import dispute_lines

        at = self.at_unix_s if unix_s is None else unix_s
        for line in dispute_lines(self.orbit, at):
            self._report(line)
        provenance, expected = self.orbit.provenance(at), self.error_at(at)
        if not expected.stale:
            return
        age = (
            _("the elements ({source}) are {days:.1f} days away")
            if unix_s is None
            else _("the elements ({source}) are {days:.1f} days away at {instant}")
        ).format(source=clean(_(provenance.source), limit=60), days=abs(provenance.age_days), instant=iso_z(at))
        if expected.position_known:
            text = _(
                "STALE: {age}; half of the times are off by more than {median:.0f} s, one in ten by more than "
                "{p90:.0f} s"
            )
            self._report(text.format(age=age, median=expected.median_s, p90=expected.p90_s))
        else:
            self._report(_("STALE: {age}; the position along the orbit is unknown").format(age=age))
            may_be_known = provenance.age_days > 0.0 and self.at_unix_s <= self.now_unix_s
            if may_be_known and not self._arguments.elements:
                self._report(_("“tiangong update” fetches newer elements"))
