"""The shape every source has: a way to fetch, and a pure way to read what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sim.sanitize import clean
from sim.sources.responses import AnswerError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sim.orbit.elements import ElementSet
    from sim.sources.registry import Source
    from sim.sources.responses import Download

HOUR_S = 3600.0


class Getter(Protocol):
    """Fetches one path below a source's address."""

    async def __call__(self, path: str, kind: str) -> Download:
        """One complete answer of any status below 500; raises `AnswerError` when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Findings:
    """What a body says.

    Attributes:
        words: In short, for the screen.
        sets: Element sets that describe the station as observed, to be kept for ever.
        is_data: False for what only leads to the data.
    """

    words: str
    sets: tuple[ElementSet, ...] = ()
    is_data: bool = True


class Feed(Protocol):
    """One source."""

    @property
    def source(self) -> Source:
        """Its entry in the catalogue."""
        ...

    def fetch(self, get: Getter, last_url: str) -> AsyncGenerator[Download, None]:
        """Ask for everything of one round, one answer after the other; `last_url` is that of the last good copy."""
        ...

    def read(self, download: Download) -> Findings:
        """What one answer says; raises `SourceError` or `ElementsError` if it cannot be trusted."""
        ...


def check_status(download: Download, host: str) -> None:
    """Raise for every status that is not 200, in words a person can act on."""
    status = download.status
    if status == 200:
        return
    if 300 <= status < 400:
        raise AnswerError(f"{host} points to another address ({status}); not followed", "refused")
    told = clean(download.body[:400].decode("utf-8", "replace"), limit=100)
    said = f": “{told}”" if told and not told.startswith(("<", "{")) else ""
    raise AnswerError(f"{host} refuses ({status}){said}", "refused")
