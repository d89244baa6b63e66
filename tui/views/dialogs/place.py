"""Choose the place: type a city, or coordinates; places can be saved."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.containers import Vertical
from textual.widgets import Input, Static

from sim.errors import PlaceError
from sim.language import _
from sim.places.coordinates import coordinates_text, looks_like_coordinates, parse_coordinates
from sim.places.gazetteer import LONGEST_NAME, find_place, place_at, suggest
from sim.places.nearest import nearest_city
from sim.places.timezones import zone_words
from sim.places.towns import town_table
from sim.sanitize import clean
from tui.config.screen_keys import bindings
from tui.drawing.styled_text import pad
from tui.views.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sim.places.place import Place

SITES = ("Jiuquan", "Wenchang", "Dongfeng")
"""Offered before anything is typed: where the ships start and where they land."""

SHOWN = 9
NEAR_KM = 300.0


class PlaceChoice(msgspec.Struct, frozen=True):
    """The result of the dialog.

    Attributes:
        place: The place chosen; `None` where the old one stays.
        saved: Saved places, in the order they were saved.
    """

    place: Place | None
    saved: tuple[Place, ...]


class PlacePicker(Dialog[PlaceChoice | None]):
    """An input with what it could mean below it.

    Args:
        current: The place so far.
        saved: Saved places.
    """

    takes_word = True

    DEFAULT_CSS = """
    PlacePicker > Vertical { width: 76; }
    PlacePicker #said { color: $foreground 62%; margin-top: 1; }
    PlacePicker .row { height: 1; }
    PlacePicker .row.-cursor { background: $primary 28%; text-style: bold; }
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("While a place is chosen (o)")

    def __init__(self, current: Place, saved: tuple[Place, ...]) -> None:
        super().__init__()
        self._current = current
        self._saved = saved
        self._before = saved
        self._offered: list[Place] = []
        self._cursor = 0
        self._rows = [Static("", classes="row", id=f"row{row}", markup=False) for row in range(SHOWN)]
        self._said = Static("", id="said", markup=False)

    def compose(self) -> ComposeResult:
        """Input, offers, and what is to be said."""
        with Vertical() as box:
            box.border_title = _("place")
            box.border_subtitle = _("Enter takes it  Ctrl+S saves or forgets it  Esc leaves")
            yield Input(
                placeholder=_("Islamabad, 北京, Paris, Texas, 33.7 73.1, JO22oc, or Home = 33.7, 73.1"), id="wanted"
            )
            yield from self._rows
            yield self._said

    def on_mount(self) -> None:
        """Saved places first; the list of towns is read meanwhile."""
        self._offer("")
        Thread(target=town_table, name="tiangong-towns", daemon=True).start()  # what it reads is kept for all

    def on_input_changed(self, event: Input.Changed) -> None:
        """Update the offers while the text is typed."""
        self._offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the place under the cursor, or show why there is none."""
        if self._offered:
            self.dismiss(PlaceChoice(place=self._offered[self._cursor], saved=self._saved))
        else:
            self._say(problem_with(event.value.rpartition("=")[2]) or _("nothing to take: type a city or coordinates"))

    def action_leave(self) -> None:
        """Close without a choice; places saved or deleted meanwhile stay so."""
        self.dismiss(PlaceChoice(place=None, saved=self._saved) if self._saved != self._before else None)

    def action_move(self, step: int) -> None:
        """Move the cursor in the offers."""
        if self._offered:
            self._cursor = (self._cursor + step) % len(self._offered)
            self._draw()

    def action_save(self) -> None:
        """Save the place under the cursor, or delete it if it is saved."""
        if not self._offered:
            return
        place = self._offered[self._cursor]
        known = place in self._saved
        self._saved = tuple(p for p in self._saved if p != place) if known else (*self._saved, place)
        self._draw()
        text = _("{place} is no longer saved") if known else _("{place} is saved")
        self._say(text.format(place=place.title))

    def on_click(self, event: events.Click) -> None:
        """A click on an offer takes it."""
        clicked = event.widget.id if event.widget is not None else ""
        for row, place in enumerate(self._offered):
            if clicked == f"row{row}":
                self.dismiss(PlaceChoice(place=place, saved=self._saved))

    def _offer(self, text: str) -> None:
        own_name, _equals, meant = text.rpartition("=")
        self._offered = (
            [renamed(place, own_name) for place in suggest(meant, SHOWN, self._saved)]
            if text.strip()
            else first_offers(self._current, self._saved)
        )
        self._cursor = 0
        self._draw()
        if self._offered and looks_like_coordinates(meant):
            self._say(coordinates_words(self._offered[0]))
        elif self._offered:
            self._say(_("north and east are positive; without letters the latitude comes first"))
        else:
            self._say(problem_with(meant))

    def _draw(self) -> None:
        for row, line in enumerate(self._rows):
            there = row < len(self._offered)
            line.update(offer_words(self._offered[row], self._current, self._saved) if there else "")
            line.set_class(there and row == self._cursor, "-cursor")

    def _say(self, words: str) -> None:
        self._said.update(words)


def renamed(place: Place, name: str) -> Place:
    """The place under a name of one's own; itself where none is given."""
    own_name = clean(name, limit=LONGEST_NAME)
    return msgspec.structs.replace(place, name=own_name, name_zh="", region="", country="") if own_name else place


def first_offers(current: Place, saved: tuple[Place, ...]) -> list[Place]:
    """Before anything is typed: saved places, the current one, launch and landing sites."""
    offers = [*saved, *([] if current in saved else [current])]
    for name in SITES:
        site = find_place(name)
        if site not in offers:
            offers.append(site)
    return offers[:SHOWN]


def offer_words(place: Place, current: Place, saved: tuple[Place, ...]) -> str:
    """Name, Chinese name, coordinates and time zone in columns; a star before saved ones, a dot before the current."""
    mark = "★" if place in saved else "●" if place == current else " "
    name = f"{place.title} {place.name_zh}".rstrip()
    at = coordinates_text(place.latitude_deg, place.longitude_deg)
    return f"{mark} {pad(name, 32)} {pad(at, 19)} {zone_words(place)}"


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
