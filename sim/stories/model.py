"""A story as its file states it, and as it is told once events and sources have been found in the chronicle."""

# Without `from __future__ import annotations`: see `sim.chronicle.model`.

from typing import Annotated, Literal, TypeAlias

import msgspec

from sim.chronicle.model.record import Source

ViewName: TypeAlias = Literal[
    "station", "crew", "missions", "spacewalks", "passes", "orbit", "partners", "model"
]  # fmt: skip
"""Where a step can be told."""

MOST_STEPS = 40
LONGEST_SENTENCE = 240
NOW = "now"
"""Instead of an instant: the real now."""

Key: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+$", max_length=40)]
OwnSource: TypeAlias = Annotated[tuple[str, ...], msgspec.Meta(min_length=2, max_length=3)]
Sentences: TypeAlias = Annotated[tuple["SentenceEntry", ...], msgspec.Meta(min_length=1, max_length=6)]


class SentenceEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sentence of a caption, and where what it says was read: ids of the chronicle's or of the file's sources."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_SENTENCE)]
    sources: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=8)]


class StepEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a file.

    Attributes:
        key: Names it, for translations; once in a story.
        at: The instant, `now`, or nothing: then that of the event.
        event: How the title of an event of the chronicle begins.
        view: What is opened.
        select: What is selected there.
        rate: Simulated seconds a second; at 0 time stands still.
        until: Where time then stops.
        caption: What is told.
    """

    key: Key
    at: str = ""
    event: str = ""
    view: ViewName = "station"
    select: Annotated[str, msgspec.Meta(max_length=60)] = ""
    rate: Annotated[float, msgspec.Meta(ge=-3600.0, le=3600.0)] = 0.0
    until: str = ""
    caption: Sentences


class StoryFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file: own sources are title, address and, where it is known, day."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    summary: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    sources: dict[str, OwnSource] = {}
    steps: Annotated[tuple[StepEntry, ...], msgspec.Meta(min_length=1, max_length=MOST_STEPS)]


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence with its sources."""

    text: str
    sources: tuple[Source, ...]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step, ready to be shown.

    Attributes:
        key: Its name in the story.
        unix_s: The instant; `None` is the real now.
        until_s: Where time stops; `None` where it stands still, or runs on.
        rate: Simulated seconds a second; 0 where time stands still.
        view: What is opened.
        select: What is selected there.
        sentences: What is told.
        event: The title of the event it tells of; empty where it names none.
    """

    key: str
    unix_s: float | None
    until_s: float | None
    rate: float
    view: str
    select: str
    sentences: tuple[Sentence, ...]
    event: str = ""

    @property
    def text(self) -> str:
        """The whole caption."""
        return " ".join(sentence.text for sentence in self.sentences)


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A story, ready to be told; `name` is that of its file without the ending."""

    name: str
    title: str
    summary: str
    steps: tuple[Step, ...]
