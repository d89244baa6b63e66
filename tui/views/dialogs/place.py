"""Choose the place: type a city, or coordinates; places can be saved."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

import msgspec
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sim.errors import PlaceError
from sim.language import _
from sim.language.names import second_name
from sim.places.coordinates import coordinates_text, looks_like_coordinates, parse_coordinates
from sim.places.gazetteer import LONGEST_NAME, find_place, place_at, suggest
from sim.places.nearest import nearest_city
from sim.places.timezones import cities_of_timezone, zone_words
from sim.places.towns import town_table
from sim.sanitize import clean
from tui.config.screen_keys import bindings
from tui.drawing.styled_text import pad, text_for, width
from tui.views.dialogs.dialog import CurrentOptions, Dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from sim.places.place import Place

SITES = ("Jiuquan", "Wenchang", "Dongfeng")
"""Offered before anything is typed: where the ships start and where they land."""

SHOWN = 9
NEAR_KM = 300.0

BOX_CELLS, FRAME_CELLS = 80, 6
"""The box where there is room for it, and its border and padding beside a line of the list."""

NAME_CELLS, LEAST_NAME_CELLS = 32, 24
"""Names of places as most are, and the least room for them: for less the time zones are left out."""


class PlaceChoice(msgspec.Struct, frozen=True):
    """The result of the dialog.

    Attributes:
        place: The place chosen; `None` where the old one stays.
        saved: Saved places, in the order they were saved.
    """

    place: Place | None
    saved: tuple[Place, ...]


class PlaceOption(Option):
    """A line of the list and the place it stands for."""

    def __init__(self, words: str, place: Place) -> None:
        super().__init__(words)
        self.place = place


class PlacePicker(Dialog[PlaceChoice | None]):
    """An input with what it could mean below it."""

    takes_word = True

    DEFAULT_CLASSES = "wide"

    DEFAULT_CSS = """
    PlacePicker > Vertical { width: 80; }
    PlacePicker #said { color: $muted; margin-top: 1; }
    PlacePicker OptionList { height: 9; overflow: hidden; text-wrap: nowrap; text-overflow: ellipsis; }
    PlacePicker .option-list--option-highlighted {
        color: $foreground; background: $primary 24%; text-style: bold;
    }
    PlacePicker.-low OptionList { height: 4; }
    PlacePicker.-lowest OptionList { height: 2; }
    PlacePicker.-lowest #said { display: none; }
    PlacePicker OptionList:ansi > .option-list--option-highlighted {
        color: $block-cursor-foreground; background: $block-cursor-background;
    }
    """

    VERTICAL_BREAKPOINTS = [(0, "-lowest"), (12, "-low"), (17, "-roomy")]  # noqa: RUF012 - Textual's own form

    BINDINGS = bindings("While a place is chosen (o)")

    def __init__(self, current: Place, saved: tuple[Place, ...]) -> None:
        super().__init__()
        self._current = current
        self._saved = saved
        self._before = saved
        self._offered: list[Place] = []

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("place")
            box.border_subtitle = _("Enter takes it  Ctrl+S saves or forgets it  Esc leaves")
            yield Input(
                placeholder=_("Islamabad, 北京, Paris, Texas, 33.7 73.1, JO22oc, or Home = 33.7, 73.1"), id="wanted"
            )
            offers = CurrentOptions(markup=False)
            offers.can_focus = False  # what is typed goes to the input
            yield offers
            yield Static(id="said", markup=False)

    def on_mount(self) -> None:
        """Saved places first; the list of towns is read meanwhile."""
        self._offer("")
        Thread(target=town_table, name="tiangong-towns", daemon=True).start()  # what it reads is kept for all

    def on_resize(self) -> None:
        """The columns are as wide as the box has room for."""
        self._draw(self._offers.highlighted or 0)

    async def compose_again(self) -> None:
        """What was typed stays."""
        text = self.query_one(Input).value
        await super().compose_again()
        self.query_one(Input).value = text
        self._offer(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the place under the cursor, or show why there is none."""
        if self._offered:
            self._offers.action_select()
        else:
            self._say(problem_with(event.value.rpartition("=")[2]) or _("nothing to take: type a city or coordinates"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the place under the cursor, or the one that was clicked.

        The place comes with the option, not by its number: keys of one burst may have changed the list since.
        """
        if isinstance(event.option, PlaceOption):
            self.dismiss(PlaceChoice(place=event.option.place, saved=self._saved))

    def action_leave(self) -> None:
        """Close without a choice; places saved or deleted meanwhile stay so."""
        self.dismiss(PlaceChoice(place=None, saved=self._saved) if self._saved != self._before else None)

    def action_move(self, step: int) -> None:
        (self._offers.action_cursor_down if step > 0 else self._offers.action_cursor_up)()

    def action_save(self) -> None:
        """Save the place under the cursor, or delete it if it is saved."""
        cursor = self._offers.highlighted
        if cursor is None:
            return
        place = self._offered[cursor]
        known = place in self._saved
        self._saved = tuple(p for p in self._saved if p != place) if known else (*self._saved, place)
        self._draw(cursor)
        text = _("{place} is no longer saved") if known else _("{place} is saved")
        self._say(text.format(place=place.title))

    @property
    def _offers(self) -> OptionList:
        return self.query_one(OptionList)

    def _offer(self, text: str) -> None:
        own_name, _equals, meant = text.rpartition("=")
        self._offered = (
            [renamed(place, own_name) for place in suggest(meant, SHOWN, self._saved)]
            if text.strip()
            else first_offers(self._current, self._saved)
        )
        self._draw(cursor=0)
        if self._offered and looks_like_coordinates(meant):
            self._say(coordinates_words(self._offered[0]))
        elif self._offered:
            self._say(_("north and east are positive; without letters the latitude comes first"))
        else:
            self._say(problem_with(meant))

    def _draw(self, cursor: int) -> None:
        lines = offer_lines(
            self._offered, self._current, self._saved, min(BOX_CELLS, self.app.size.width) - FRAME_CELLS
        )
        self._offers.set_options(map(PlaceOption, lines, self._offered))
        self._offers.highlighted = cursor if self._offered else None

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(words)


def renamed(place: Place, name: str) -> Place:
    """The place under a name of one's own; itself where none is given."""
    own_name = clean(name, limit=LONGEST_NAME)
    return msgspec.structs.replace(place, name=own_name, name_zh="", region="", country="") if own_name else place


def first_offers(current: Place, saved: tuple[Place, ...]) -> list[Place]:
    """Before anything is typed: saved places, the current one, cities of its zone, launch and landing sites."""
    sites = [find_place(name) for name in SITES]
    own = [*saved, *([] if current in saved else [current])]
    cities = cities_of_timezone(current.timezone, SHOWN) if current.timezone else []
    further = [city for city in cities if city not in {*own, *sites}]
    room = SHOWN - len(own) - len(sites)
    return [*own, *further[: max(room, 0)], *(site for site in sites if site not in own)][:SHOWN]


def offer_lines(places: Sequence[Place], current: Place, saved: tuple[Place, ...], cells: int) -> list[str]:
    """A line for each place, in columns: a star if it is saved or a dot if current, names, coordinates, time zone.

    Where there is no room, the name in the other writing goes first, then the time zone of all, then the country.
    """
    positions = [coordinates_text(place.latitude_deg, place.longitude_deg) for place in places]
    zones = [zone_words(place) for place in places]
    room = cells - len("★ ") - 1 - max(map(width, positions), default=0)
    beside_zone = room - 1 - max(map(width, zones), default=0)
    if beside_zone >= LEAST_NAME_CELLS:
        room = beside_zone
    else:
        zones = [""] * len(places)
    names = [text_for(room, *names_of(place)) for place in places]
    columns = min(max(NAME_CELLS, *map(width, names), 0), room), max(map(width, positions), default=0)
    marks = ["★" if place in saved else "●" if place == current else " " for place in places]
    return [
        f"{mark} {pad(name, columns[0])} {pad(position, columns[1])} {zone}"
        for mark, name, position, zone in zip(marks, names, positions, zones, strict=True)
    ]


def names_of(place: Place) -> tuple[str, ...]:
    """What a place is called, the longest first."""
    return f"{place.title} {second_name(place.name, place.name_zh)}".rstrip(), place.title, place.label


def problem_with(text: str) -> str:
    """Why a text is no place, in one line; empty where it is one."""
    try:
        if looks_like_coordinates(text):
            parse_coordinates(text)
        else:
            find_place(text)
    except PlaceError as problem:
        return str(problem)
    return ""


def coordinates_words(place: Place) -> str:
    """The coordinates as they were read, with the nearest city: a wrong sign is seen at once."""
    near = nearest_city(place.latitude_deg, place.longitude_deg, NEAR_KM)
    where = (
        _("{distance:.0f} km from {place}").format(distance=near[1], place=near[0].title)
        if near
        else _("no city within {distance:.0f} km").format(distance=NEAR_KM)
    )
    understood = place_at(place.latitude_deg, place.longitude_deg)
    north = "north" if place.latitude_deg >= 0 else "south"
    east = "east" if place.longitude_deg >= 0 else "west"
    return _("{latitude:g}° {north}, {longitude:g}° {east}: {where}; times by {zone}").format(
        latitude=abs(place.latitude_deg),
        north=north,
        longitude=abs(place.longitude_deg),
        east=east,
        where=where,
        zone=zone_words(understood),
    )
