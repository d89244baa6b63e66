"""TLE API: a daily copy of CelesTrak, asked only when CelesTrak gives no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import CSS_NORAD_ID
from sim.errors import ElementsError, SourceError
from sim.orbit.elements import of_object, parse_tle
from sim.sources.provider import Findings, Getter, check_status
from sim.sources.registry import TLE_API, Source
from sim.sources.safe_json import items, loads, mapping

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sim.orbit.elements import ElementSet
    from sim.sources.responses import Download

PATH = f"tle/{CSS_NORAD_ID}"


def parse(body: bytes) -> list[ElementSet]:
    """Read one record, or a collection of them under `member`.

    Raises:
        SourceError: It is neither.
        ElementsError: Not one record holds a good two-line set of the object it names.
    """
    answer = mapping(loads(body, "TLE API"), "the answer")
    records = items(answer["member"], "member") if "member" in answer else [answer]
    sets: list[ElementSet] = []
    problem = "the list is empty"
    for record in records:
        try:
            sets.append(_one(mapping(record, "a record")))
        except (ElementsError, SourceError) as trouble:
            problem = str(trouble)
    if not sets:
        raise ElementsError(f"no element set can be used: {problem}")
    return sets


def _one(record: dict[str, object]) -> ElementSet:
    line1, line2, name = record.get("line1"), record.get("line2"), record.get("name")
    if not isinstance(line1, str) or not isinstance(line2, str):
        raise SourceError("a record without its two lines")
    found = parse_tle(line1, line2, name=name if isinstance(name, str) else "", source=TLE_API.title)
    if record.get("satelliteId") != found.norad_id:
        raise SourceError(f"a record that names one object and holds another ({found.norad_id})")
    return found


class TleApi:
    """The station's set from a second place."""

    source: Source = TLE_API

    async def fetch(self, get: Getter, last_url: str) -> AsyncGenerator[Download, None]:
        """One question for one object."""
        yield await get(PATH, self.source.key)

    def read(self, download: Download) -> Findings:
        """The station's set."""
        check_status(download, self.source.host)
        station = of_object(parse(download.body), CSS_NORAD_ID)
        if not station:
            raise SourceError(f"the answer is not about the station ({CSS_NORAD_ID})")
        return Findings("the station's set", tuple(station))
