"""The people-in-space list kept by corquaid: who is aboard, asked only while Launch Library fails.

The list names no station: aboard Tiangong is whoever is not at the ISS and came or returns in a Shenzhou.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from sim.errors import SourceError
from sim.language import _
from sim.sanitize import clean
from sim.sources.crew_reports import CrewNews
from sim.sources.provider import Getter, ParsedResponse, check_status
from sim.sources.registry import PEOPLE, Source
from sim.sources.safe_json import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.sources.responses import Download

PATH = "people-in-space.json"


class _Record(msgspec.Struct):
    name: str | None = None
    spacecraft: str | None = None
    iss: bool | None = None


class _List(msgspec.Struct):
    people: Annotated[list[_Record], msgspec.Meta(max_length=200)]


def parse(body: bytes, fetched_unix_s: float) -> CrewNews:
    """Parse the list.

    Raises:
        SourceError: It is not such a list, or it names nobody aboard the station.
    """
    people = decode(body, "people in space", _List).people
    aboard: dict[str, None] = {}
    for record in people:
        name, ship = clean(record.name or "", limit=60), clean(record.spacecraft or "", limit=60)
        if record.iss is False and ship.startswith("Shenzhou") and name:
            aboard[name] = None
    if not aboard:
        raise SourceError(_("the list names nobody aboard the station"))
    return CrewNews(source=PEOPLE.title, fetched_unix_s=fetched_unix_s, names=tuple(aboard))


class PeopleInSpace:
    """One small file."""

    source: Source = PEOPLE

    def fetch(self, get: Getter, last_url: str) -> Iterator[Download]:
        """The list."""
        yield get(PATH, self.source.key)

    def parse(self, download: Download) -> ParsedResponse:
        """How many are aboard."""
        check_status(download, self.source.host)
        return ParsedResponse(
            summary=_("crew of {count}").format(count=parse(download.body, download.fetched_unix_s).count)
        )
