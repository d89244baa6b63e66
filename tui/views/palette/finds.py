"""What the palette finds beside actions and the chronicle: places, burns, bookmarks, themes, settings, words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from textual.command import Hit, Hits, Provider

from sim.chronicle.search import search_key
from sim.language import _, languages, name_of
from sim.places.coordinates import coordinates_text
from sim.time import iso_z
from tui.config.settings import FILE_NAME, Settings, config_dir, file_key
from tui.drawing import themes
from tui.messages import ChooseLanguage, ChooseTheme, GoToBookmark, Notice, OpenView, ShowHelp, TellStory, UsePlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sim.chronicle.events import EventList
    from tui.config.state_file import Bookmark

BEST = 0.95
"""The score of a name that begins with what is typed: before what the chronicle finds by a piece of a name."""

LATER = 0.5
"""The score of a name that merely contains it."""

LEAST_LETTERS_OF_PLACES = 3
MOST_PLACES = 4


class Found(msgspec.Struct, frozen=True):
    """Something to find.

    Attributes:
        title: Its name.
        help: What it is, with its date if it has one.
        message: Posted to the app when it is chosen.
        words: What else it is found by.
    """

    title: str
    help: str
    message: Any
    words: str = ""


class Shelf(msgspec.Struct, frozen=True):
    """Where the palette looks, at the moment it is asked.

    Attributes:
        events: What happened, with the burns if the element history was read.
        settings: The settings in force.
        bookmarks: Those that are kept.
    """

    events: EventList
    settings: Settings
    bookmarks: tuple[Bookmark, ...] = ()


def finds(shelf: Shelf) -> tuple[Found, ...]:
    """Everything of a shelf that can be found by name."""
    return (
        *_bookmarks(shelf),
        *_stories(),
        *_burns(shelf.events),
        *_themes(),
        *_languages(),
        *_settings(shelf.settings),
        *_topics(),
        *_words(),
    )


def _bookmarks(shelf: Shelf) -> Iterator[Found]:
    for mark in shelf.bookmarks:
        yield Found(mark.name, f"bookmark · {iso_z(mark.unix_s)[:16].replace('T', ' ')}Z", GoToBookmark(mark))


def _stories() -> Iterator[Found]:
    from sim.stories.library import covers

    for cover in covers():
        yield Found(
            _("Story {title}").format(title=_(cover.title)),
            _("story · {steps} steps").format(steps=cover.steps),
            TellStory(cover.name),
            " ".join((_(cover.summary), cover.title, cover.summary)),
        )


def _burns(events: EventList) -> Iterator[Found]:
    for event in reversed(events.events):
        if event.kind in {"raise", "lowering"}:
            words = f"{event.kind} burn orbit {event.text}"
            yield Found(event.title, f"{event.kind} · {event.text}", OpenView("orbit", event.unix_s), words)


def _themes() -> Iterator[Found]:
    for name in themes.CYCLE:
        yield Found(
            _("Theme {name}").format(name=name.removeprefix("tiangong-")),
            _("theme"),
            ChooseTheme(name),
            name,
        )


def _languages() -> Iterator[Found]:
    for code in languages():
        words = " ".join(("language", code, _("language"), "语言 yuyan"))
        title = _("Language: {name}").format(name=name_of(code))
        yield Found(title, _("language"), ChooseLanguage(code), words)


def _settings(settings: Settings) -> Iterator[Found]:
    path = config_dir() / FILE_NAME
    for field in msgspec.structs.fields(Settings):
        if field.name in {"place", "places", "keys"}:
            continue
        key, value = file_key(field.name), getattr(settings, field.name)
        shown = {True: "true", False: "false", None: "default", "": "none", (): "none"}.get(value, str(value))
        notice = Notice(
            _("{key} is {shown}. Change it in {path}").format(key=key, shown=shown, path=path),
            title=_("setting"),
            timeout_s=8.0,
        )
        yield Found(
            _("Setting {key}").format(key=key),
            _("now {shown}").format(shown=shown),
            notice,
            field.name.replace("_", " "),
        )


def _topics() -> Iterator[Found]:
    from tui.reference.topics import read_topics

    for topic in read_topics():
        yield Found(
            _("Help: {title}").format(title=topic.title),
            _("help"),
            ShowHelp(topic.name),
            f"{topic.name} {topic.summary}",
        )


def _words() -> Iterator[Found]:
    from tui.config.words import WORDS

    for word, meaning in WORDS:
        yield Found(
            _("What is “{word}”").format(word=_(word)),
            _("word"),
            Notice(_(meaning), title=_(word), timeout_s=10.0),
            f"{word} {meaning} {_(meaning)}",
        )


def matching(found: Iterable[Found], query: str) -> list[tuple[float, Found]]:
    """Those that fit a text, with their scores: every word of it must begin a word of the name or of its words."""
    wanted = search_key(query)
    hits = []
    for one in found:
        title = search_key(one.title)
        words = f"{title} {search_key(one.words)}".split()
        if wanted and all(any(word.startswith(token) for word in words) for token in wanted.split()):
            hits.append((BEST if title.startswith(wanted) or f" {wanted}" in title else LATER, one))
    return hits


class ShelfCommands(Provider):
    """Finds what is on a shelf."""

    entries: ClassVar[Callable[[], tuple[Found, ...]]]

    async def search(self, query: str) -> Hits:
        for rank, (score, one) in enumerate(matching(type(self).entries(), query)):
            yield Hit(score - rank * 1e-4, one.title, partial(self.app.post_message, one.message), help=one.help)


class PlaceCommands(Provider):
    """Finds places: a city in Latin letters, pinyin or Chinese, or coordinates."""

    async def search(self, query: str) -> Hits:
        text = query.strip()
        if len(text) < LEAST_LETTERS_OF_PLACES and text.isascii():
            return
        from sim.places.gazetteer import suggest

        key = search_key(text)
        for rank, place in enumerate(suggest(text, MOST_PLACES)):
            exact = key in {search_key(place.name), search_key(place.name_zh)}
            score = BEST if exact else LATER  # a town must not hide the people whose names begin like it
            where = coordinates_text(place.latitude_deg, place.longitude_deg)
            use = partial(self.app.post_message, UsePlace(place))
            yield Hit(score - 0.02 - rank * 1e-3, _("Place {title}").format(title=place.title), use, help=where)
