"""What a person can do where the list of passes is empty: get newer elements, go to another instant, choose a place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sim.language import _, dates
from sim.language.names import second_name
from sim.places.timezones import cities_of_timezone
from sim.time import to_datetime
from tui.drawing.styled_text import Line, Run, wrap
from tui.wording.facts import heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.places.place import Place
    from tui.session.frame import Frame

CITIES = 14
"""So many of the system's time zone are offered as places."""

WIDEST = 100
"""Longer lines are hard to read."""


def guide_lines(frame: Frame, width: int) -> list[Line]:
    """Links with their keys: what makes passes known, where they are not, then how to choose a place."""
    width = min(width, WIDEST)
    lines: list[Line] = []
    if frame.status.problem or not frame.status.error.position_known or frame.unpredicted:
        lines += [(Run(_("To see passes"), "accent"),), *_ways(frame), ()]
    lines += [(Run(_("Your place"), "accent"),), *wrap(place_sentence(frame), width)]
    lines.append(_way("o", _("choose a place: a city, coordinates, a locator, a point of your own"), "app.place"))
    cities = suggestions(frame.default_zone)
    if cities:
        lines += heading(_("Cities of the system's time zone; Enter or a click takes one"))
    names = [f"{place.title} {second_name(place.name, place.name_zh)}".rstrip() for place in cities]
    for number, name in enumerate(names):
        lines.append(_way("→", name, f"screen.take_place({number})"))
    return lines


def suggestions(zone: str | None) -> tuple[Place, ...]:
    """The largest cities of the system's time zone, where the place was taken by it; none where a person chose one."""
    return () if zone is None else _cities(zone)


@lru_cache(maxsize=1)
def _cities(zone: str) -> tuple[Place, ...]:
    return tuple(cities_of_timezone(zone, CITIES))


def place_sentence(frame: Frame) -> str:
    """Which place the passes are for, and by what it was taken where nobody has chosen it."""
    place, zone = frame.place, frame.default_zone
    if zone is None:
        return _("Passes are those over {place}.").format(place=place.title)
    told = _("Nobody has chosen a place: passes are those over {place}, by the system's time zone {zone}.")
    if not suggestions(zone):
        told = _("Nobody has chosen a place, and the system's time zone {zone} has no city: passes are over {place}.")
    return told.format(place=place.title, zone=zone)


def _ways(frame: Frame) -> Iterator[Line]:
    """What can be done where the position along the orbit is not known."""
    ahead = frame.status.provenance.age_days < 0
    if not (frame.sources.offline or ahead):
        yield _way("u", _("fetch newer elements"), "app.update")
    edge = _("go to the first known instant, {day}") if ahead else _("go to the last known instant, {day}")
    day = dates.day(to_datetime(frame.status.provenance.epoch_unix_s)).lstrip("0")
    yield _way("x", edge.format(day=day), "app.last_known")
    yield _way("g", _("go to another date"), "app.goto")


def _way(key: str, text: str, action: str) -> Line:
    return (Run(f" {key} ", "key", action), Run(f" {text}", "", action))
