"""A menu for a place on the map: centre the map there, or use it as the observer's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from textual.widgets.option_list import Option

from sim.language import N_, _
from sim.places.gazetteer import place_at
from sim.places.nearest import nearest_city, over
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import ListDialog
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widgets import OptionList

    from sim.places.place import Place

CITY_REACH_KM = 400.0
"""A city this near is offered beside the point itself: a cell of the whole Earth is that wide."""


class MapChoice(msgspec.Struct, frozen=True):
    """The choice: centre the map on a place, or observe from it."""

    look: tuple[float, float] | None = None
    place: Place | None = None


class MapPlace(ListDialog[MapChoice | None]):
    """A small menu."""

    DEFAULT_CSS = "MapPlace > Vertical { width: 64; max-height: 92%; padding: 0; }"

    BINDINGS = bindings("While a place of the map is chosen (Enter, click)")
    keys = N_("Esc closes")

    def __init__(self, latitude_deg: float, longitude_deg: float) -> None:
        super().__init__()
        self._point = latitude_deg, longitude_deg
        found = nearest_city(latitude_deg, longitude_deg, CITY_REACH_KM)
        self._here = place_at(latitude_deg, longitude_deg)
        self._city = None if found is None else found[0]
        self._distance_km = 0.0 if found is None else found[1]

    def titles(self) -> tuple[str, str]:
        return quantities.coordinates(*self._point), _(self.keys)

    def options(self) -> Iterator[Option]:
        yield Option(_("Look here: {place}").format(place=over(*self._point)), "look")
        if self._city is not None:
            away = (
                _("here")
                if self._distance_km < 1.0
                else _("{distance} away").format(distance=quantities.distance(self._distance_km))
            )
            yield Option(_("Make {title} my place ({away})").format(title=self._city.title, away=away), "city")
        yield Option(_("Make exactly this point my place"), "here")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        match event.option.id:
            case "look":
                self.dismiss(MapChoice(look=self._point))
            case "city":
                self.dismiss(MapChoice(place=self._city))
            case _:
                self.dismiss(MapChoice(place=self._here))
