"""TLE API: a daily copy of CelesTrak, asked only while CelesTrak fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.constants import CSS_NORAD_ID
from sim.errors import SourceError
from sim.language import _
from sim.orbit.elements import of_object
from sim.orbit.tle import parse_tle
from sim.sources.provider import Getter, ParsedResponse, check_status, usable_sets
from sim.sources.registry import TLE_API, Source
from sim.sources.safe_json import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.orbit.elements import ElementSet
    from sim.sources.responses import Download

PATH = f"tle/{CSS_NORAD_ID}"


class _Record(msgspec.Struct, rename="camel"):
    line1: str
    line2: str
    satellite_id: int
    name: str = ""


class _Collection(msgspec.Struct):
    member: list[msgspec.Raw] | None = None


def parse(body: bytes) -> list[ElementSet]:
    """Parse one record, or a collection of them under `member`.

    Raises:
        SourceError: It is neither.
        ElementsError: No record holds a valid two-line set of the object it names.
    """
    member = decode(body, "TLE API", _Collection).member
    records: list[bytes | msgspec.Raw] = [body] if member is None else [*member]
    return usable_sets(records, _element_set)


def _element_set(body: bytes | msgspec.Raw) -> ElementSet:
    record = decode(bytes(body), "TLE API", _Record)
    found = parse_tle(record.line1, record.line2, name=record.name, source=TLE_API.title)
    if record.satellite_id != found.norad_id:
        raise SourceError(
            _("a record names object {satellite_id} and holds {norad_id}").format(
                satellite_id=record.satellite_id, norad_id=found.norad_id
            )
        )
    return found


class TleApi:
    """The station's set from a second service."""

    source: Source = TLE_API

    def fetch(self, get: Getter, last_url: str) -> Iterator[Download]:
        """One request for one object."""
        yield get(PATH, self.source.key)

    def parse(self, download: Download) -> ParsedResponse:
        """The station's set."""
        check_status(download, self.source.host)
        station = of_object(parse(download.body), CSS_NORAD_ID)
        if not station:
            raise SourceError(
                _("the response is not about the station ({css_norad_id})").format(css_norad_id=CSS_NORAD_ID)
            )
        return ParsedResponse(summary=_("the station's set"), observed=tuple(station))
