"""The embedded stories, and finding a story by a name or a file."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sim.errors import StoryError
from sim.language import _
from sim.sanitize import clean
from sim.seed_data import seed_bytes
from sim.stories.reading import LONGEST_TEXT, read_story, story_of
from sim.table_file import SUFFIXES, tables_of

if TYPE_CHECKING:
    from sim.chronicle import Chronicle
    from sim.stories.model import Story

NAMES = ("first-crew", "avoidance", "building", "record-walk", "way-home", "pakistan", "tonight")
"""The embedded stories, in the order in which they are offered."""


class Cover(msgspec.Struct, frozen=True, kw_only=True):
    """What a list says about a story."""

    name: str
    title: str
    summary: str
    steps: int


@lru_cache(maxsize=1)
def covers() -> tuple[Cover, ...]:
    """The embedded stories, read once."""
    return tuple(
        Cover(name=name, title=tables["title"], summary=tables["summary"], steps=len(tables["steps"]))
        for name in NAMES
        for tables in [_tables(name)]
    )


def embedded_story(name: str, chronicle: Chronicle) -> Story:
    """An embedded story by its name, one of `NAMES`.

    Raises:
        StoryError: The chronicle has lost what it tells of, as by a person's own facts.
    """
    try:
        return story_of(_tables(name), name, chronicle)
    except StoryError as error:
        raise StoryError(_("the story {name}: {error}").format(name=name, error=error)) from None


def find_story(wanted: str, chronicle: Chronicle) -> Story:
    """Find a story by the name of an embedded one, or by the path of a `.toml` or `.json` file.

    Raises:
        StoryError: There is none, or it cannot be told; one line.
    """
    if wanted in NAMES:
        return embedded_story(wanted, chronicle)
    if wanted.endswith(SUFFIXES) or "/" in wanted:
        return read_story(Path(wanted), chronicle)
    near = get_close_matches(wanted, NAMES, n=1)
    hint = (
        _("did you mean {near}?").format(near=near[0])
        if near
        else _("there are {names}, and files in .toml or .json").format(names=", ".join(NAMES))
    )
    raise StoryError(_("there is no story “{wanted}”: {hint}").format(wanted=clean(wanted, limit=40), hint=hint))


def _tables(name: str) -> dict[str, Any]:
    return tables_of(seed_bytes(f"stories/{name}.toml").decode("utf-8"), ".toml", longest_text=LONGEST_TEXT)
