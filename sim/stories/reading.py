"""Reads a story: checks every field, and finds its events and sources in the chronicle.

What is wrong is said in one line that names the field: `steps[2].view must be one of ..., not 'moon'`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sim.chronicle.dates import PartialDate
from sim.chronicle.model.record import Source
from sim.chronicle.schema import error_text, shown
from sim.constants import TIANHE_LAUNCH_UNIX_S
from sim.errors import FileFormatError, StoryError
from sim.language import _
from sim.sanitize import clean
from sim.stories.model import NOW, Sentence, SentenceEntry, Step, StepEntry, Story, StoryFile
from sim.table_file import read_tables

if TYPE_CHECKING:
    from pathlib import Path

    from sim.chronicle import Chronicle
    from sim.chronicle.events import Event

LARGEST_FILE_BYTES = 100_000
LONGEST_TEXT = 1000
"""Texts are cut here when they are read; the model's own bounds are lower and name the field."""


def read_story(file: Path, chronicle: Chronicle) -> Story:
    """The story of a file.

    Raises:
        StoryError: It cannot be read or told; one line that names file and field.
    """
    try:
        tables = read_tables(file, longest_text=LONGEST_TEXT, largest_bytes=LARGEST_FILE_BYTES)
        return story_of(tables, file.stem, chronicle)
    except (FileFormatError, StoryError) as error:
        raise StoryError(_("{name}: {error}").format(name=clean(file.name, limit=60), error=error)) from None


def story_of(tables: dict[str, Any], name: str, chronicle: Chronicle) -> Story:
    """Check the tables of a file, and find their events and sources.

    Raises:
        StoryError: A field is wrong; the message names it.
    """
    written = _converted(tables)
    own = {key: _own_source(key, *entry) for key, entry in written.sources.items()}
    finder = _Finder(chronicle, own)
    steps = [finder.step(f"steps[{number}]", entry) for number, entry in enumerate(written.steps)]
    keys = [step.key for step in steps]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise StoryError(_("steps[{number}].key {key!r} is that of an earlier step").format(number=number, key=key))
    return Story(name=clean(name, limit=60), title=written.title, summary=written.summary, steps=tuple(steps))


def _converted(tables: dict[str, Any]) -> StoryFile:
    try:
        return msgspec.convert(tables, type=StoryFile)
    except msgspec.ValidationError as error:
        raise StoryError(error_text(error, tables, StoryFile)) from None


def _own_source(key: str, title: str, address: str, published: str | None = None) -> Source:
    try:
        if published is not None:
            PartialDate.parse(published)
    except ValueError as error:
        raise StoryError(
            _("sources.{key}[2] {error}, not {published}").format(key=key, error=error, published=shown(published))
        ) from None
    return Source(key, title, address, published)


class _Finder:
    """Finds the events and sources that steps name, those of the file first."""

    def __init__(self, chronicle: Chronicle, own: dict[str, Source]) -> None:
        self._chronicle = chronicle
        self._sources = {**chronicle.sources, **own}

    def step(self, field: str, entry: StepEntry) -> Step:
        """A step with its instants and sources; `field` names it in errors."""
        event = self._event(f"{field}.event", entry.event) if entry.event else None
        unix_s = self._begin(field, entry, event)
        return Step(
            key=entry.key,
            unix_s=unix_s,
            until_s=_end(field, entry, unix_s) if entry.until else None,
            rate=entry.rate,
            view=entry.view,
            select=entry.select,
            sentences=tuple(
                self._sentence(f"{field}.caption[{number}].sources", sentence)
                for number, sentence in enumerate(entry.caption)
            ),
            event="" if event is None else event.phrase.english,
        )

    def _begin(self, field: str, entry: StepEntry, event: Event | None) -> float | None:
        if entry.at == NOW:
            return None
        if entry.at:
            return _instant(f"{field}.at", entry.at)
        if event is None:
            raise StoryError(_("{field} has neither at nor event").format(field=field))
        return event.unix_s

    def _event(self, field: str, beginning: str) -> Event:
        found = [event for event in self._chronicle.events.events if event.phrase.english.startswith(beginning)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise StoryError(
                _("{field}: no event begins with {beginning}: `tiangong events` lists them").format(
                    field=field, beginning=shown(beginning)
                )
            )
        whole = [event for event in found if event.phrase.english == beginning]
        if len(whole) == 1:
            return whole[0]
        raise StoryError(
            _("{field}: {found} events begin with {beginning}: write more of the title, or give at").format(
                field=field, found=len(found), beginning=shown(beginning)
            )
        )

    def _sentence(self, field: str, entry: SentenceEntry) -> Sentence:
        for name in entry.sources:
            if name not in self._sources:
                raise StoryError(
                    _("{field}: unknown source {name}: give it under [sources]").format(field=field, name=shown(name))
                )
        return Sentence(text=entry.text, sources=tuple(self._sources[name] for name in entry.sources))


def _instant(field: str, text: str) -> float:
    try:
        unix_s = PartialDate.parse(text).unix_s
    except ValueError as error:
        raise StoryError(_("{field} {error}, not {text}").format(field=field, error=error, text=shown(text))) from None
    if unix_s < TIANHE_LAUNCH_UNIX_S:
        raise StoryError(
            _("{field} {text} is before the launch of Tianhe, with which everything here begins").format(
                field=field, text=text
            )
        )
    return unix_s


def _end(field: str, entry: StepEntry, begin_s: float | None) -> float:
    until_s = _instant(f"{field}.until", entry.until)
    if begin_s is None or (until_s - begin_s) * entry.rate <= 0.0:
        raise StoryError(
            _("{field}.until {until} is not reached from its beginning at rate {rate:g}").format(
                field=field, until=entry.until, rate=entry.rate
            )
        )
    return until_s
