"""The people-in-space list kept by corquaid: who is aboard, when Launch Library gives no answer.

The list names no station: aboard Tiangong is whoever is not at the ISS and came or goes home in a Shenzhou.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import SourceError
from sim.sources.crew_reports import CrewNews
from sim.sources.provider import Findings, Getter, check_status
from sim.sources.registry import PEOPLE, Source
from sim.sources.safe_json import items, loads, mapping, text_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sim.sources.responses import Download

PATH = "people-in-space.json"


def parse(body: bytes, fetched_unix_s: float) -> CrewNews:
    """Read the list.

    Raises:
        SourceError: It is no such list, or it names nobody aboard the station.
    """
    answer = mapping(loads(body, "people in space"), "the answer")
    people = items(answer.get("people"), "people", most=200)
    aboard: dict[str, str] = {}
    for record in people:
        name, ship = text_of(record, "name", limit=60), text_of(record, "spacecraft", limit=60)
        if mapping(record, "a person").get("iss") is False and ship.startswith("Shenzhou") and name:
            aboard.setdefault(name, ship)
    if not aboard:
        raise SourceError("the list names nobody aboard the station")
    return CrewNews(PEOPLE.title, fetched_unix_s, tuple(aboard.items()))


class PeopleInSpace:
    """One small file."""

    source: Source = PEOPLE

    async def fetch(self, get: Getter, last_url: str) -> AsyncGenerator[Download, None]:
        """The list."""
        yield await get(PATH, self.source.key)

    def read(self, download: Download) -> Findings:
        """How many are aboard."""
        check_status(download, self.source.host)
        return Findings(f"crew of {parse(download.body, download.fetched_unix_s).count}")
