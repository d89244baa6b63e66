"""The place a text means: a name of one's own, a name of the tables, coordinates or a locator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from sim.errors import PlaceError
from sim.language import _
from sim.language.lists import or_list
from sim.places import name_search
from sim.places.city_table import fold
from sim.places.coordinates import coordinates_text, locator_of, looks_like_coordinates, parse_coordinates
from sim.places.place import Place
from sim.places.point_zone import zone_at
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_NAME = 60


class Found(msgspec.Struct, frozen=True):
    """The place meant, and others the same words could mean, largest first."""

    place: Place
    others: tuple[Place, ...]


def suggest(text: str, limit: int = 8, own: Sequence[Place] = ()) -> list[Place]:
    """Places for a type-ahead: one's own, then whole names, beginnings, later words and middles, large places first."""
    if looks_like_coordinates(text):
        try:
            return [_point(text)]
        except PlaceError:
            return []
    shown = clean(text, limit=LONGEST_NAME)
    key = fold(shown).strip()
    mine = [place for place in own if key and fold(place.name).startswith(key)]
    found = [hit.place for hit in name_search.hits(shown)[:limit]]
    return list(dict.fromkeys([*mine, *found]))[:limit]


def look_up(text: str, own: Sequence[Place] = ()) -> Found:
    """The place a text means, with what else it could mean.

    A name of one's own wins, then a whole name over a beginning; among equals the largest place does. Coordinates and
    Maidenhead locators are understood too.

    Raises:
        PlaceError: Nothing fits; near names are offered.
    """
    shown = clean(text, limit=LONGEST_NAME)
    if not shown:
        raise PlaceError(_("no place was named: give a city or coordinates"))
    if mine := [place for place in own if fold(place.name).strip() == fold(shown).strip()]:
        place = mine[0]
        zone = place.timezone or zone_at(place.latitude_deg, place.longitude_deg).name
        return Found(msgspec.structs.replace(place, timezone=zone), ())
    if looks_like_coordinates(shown):
        return Found(_point(shown), ())
    ranked = next(filter(None, map(_ranked, _readings(shown))), None)
    if not ranked:
        raise PlaceError(
            _("“{shown}” is not in the list of places{hint}").format(shown=shown, hint=_near_misses(shown))
        )
    best = ranked[0].rank
    whole = (name_search.WHOLE_CITY, name_search.SITE_WORD, name_search.WHOLE_TOWN)
    same = whole if best in whole else (best,)
    places = list(dict.fromkeys(hit.place for hit in ranked if hit.rank in same))
    return Found(places[0], tuple(places[1:]))


def _ranked(text: str) -> list[name_search.Hit]:
    """What a name fits whole or by its beginning, best first."""
    ranked = name_search.hits(text, with_towns=False)
    if ranked and ranked[0].rank <= name_search.SITE_WORD:
        return ranked
    # The table of towns takes a tenth of a second to read.
    return [hit for hit in name_search.hits(text) if hit.rank <= name_search.TOWN_START]


def _readings(text: str) -> Iterator[str]:
    """A name as written, then with commas for other signs, then with its last words as a region or a country."""
    yield text
    parted = re.sub(r"\s*[;/|()\[\]]\s*", ", ", text).strip(" ,")
    if parted != text:
        yield parted
    words = parted.split()
    if "," not in parted:
        for count in range(1, min(len(words), 4)):
            yield f"{' '.join(words[:-count])}, {' '.join(words[-count:])}"


def find_place(text: str) -> Place:
    """The place a text means; see `look_up`."""
    return look_up(text).place


def _near_misses(text: str) -> str:
    near = name_search.near_names(text)
    if not near:
        return _(", which has towns from 15 000 people up: give coordinates like 33.7, 73.1")
    return _(": did you mean {places}?").format(places=or_list(place.title for place in near))


def _point(text: str) -> Place:
    """The place of coordinates or of the middle of a locator's square."""
    return place_at(*parse_coordinates(text), name=locator_of(text) or "")


def place_at(latitude_deg: float, longitude_deg: float, height_m: float = 0.0, name: str = "") -> Place:
    """A place from coordinates, with the time zone of the point; see `sim.places.point_zone.zone_at`."""
    place = Place(name or coordinates_text(latitude_deg, longitude_deg), latitude_deg, longitude_deg, height_m)
    return msgspec.structs.replace(place, timezone=zone_at(latitude_deg, longitude_deg).name)
