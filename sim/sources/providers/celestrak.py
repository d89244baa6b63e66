"""CelesTrak: general perturbations sets, and sets fitted to the operator's ephemeris.

One request for the group `stations` brings the station and every ship at it. CelesTrak answers in prose when it has
no data, sometimes with status 200, so the text decides: only a body that begins like a JSON list is parsed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from sim.constants import CSS_NORAD_ID, DAY_S
from sim.errors import ElementsError, SourceError
from sim.language import _
from sim.orbit.elements import of_object
from sim.orbit.files.omm import parse_omm_record
from sim.orbit.supplemental import PIECE_S
from sim.sanitize import clean
from sim.sources.plausibility import check_shape, node_offset_deg
from sim.sources.provider import Getter, ParsedResponse, check_status, usable_sets
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, Source
from sim.sources.responses import Download, Outcome, SourceResponseError
from sim.sources.safe_json import decode
from sim.time import iso_z

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.orbit.elements import ElementSet

GP_PATH = "gp.php?GROUP=stations&FORMAT=json"
SUPPLEMENTAL_PATH = "sup-gp.php?SOURCE=CSS-E&FORMAT=json"
_RECORDS: Any = Annotated[list[msgspec.Raw], msgspec.Meta(max_length=2000)]


def parse(body: bytes, *, source: str = CELESTRAK_GP.title) -> list[ElementSet]:
    """Parse a JSON list of orbit mean-elements messages.

    Returns:
        The sets that pass the checks, in the order of the response; a record that cannot be used is left out.

    Raises:
        SourceResponseError: CelesTrak says that nothing is newer, that there is nothing, or that the query is wrong.
        SourceError: The body is not such a list.
        ElementsError: No record can be used.
    """
    text = clean(body[:300].decode("utf-8", "replace"), limit=140)
    if "GP data has not updated" in text:
        raise SourceResponseError(_("nothing newer since the last download from this address"), Outcome.NOT_UPDATED)
    if text.startswith(("No GP data found", "No SupGP data found", "Invalid query")):
        raise SourceResponseError(_("CelesTrak says: “{text}”").format(text=text), Outcome.REFUSED)
    records = decode(body, _("element sets"), _RECORDS)

    def read(numbered: tuple[int, msgspec.Raw]) -> ElementSet:
        number, record = numbered
        fields = decode(bytes(record), _("record {number}").format(number=number), dict[str, Any])
        return parse_omm_record(fields, source=source)

    return usable_sets(enumerate(records, start=1), read)


def flying_with(station: ElementSet, sets: Sequence[ElementSet]) -> list[ElementSet]:
    """The sets of the modules and ships docked to the station (itself left out).

    Same inclination, same mean motion, and the node where the common drift puts it. What has left, like a module cast
    off months ago, differs in mean motion long before it differs in anything else.
    """

    def is_docked(other: ElementSet) -> bool:
        days = (other.epoch_unix_s - station.epoch_unix_s) / DAY_S
        return (
            other.norad_id != station.norad_id
            and abs(days) < 5.0
            and abs(other.inclination_deg - station.inclination_deg) < 0.05
            and abs(other.mean_motion_rev_day - station.mean_motion_rev_day) < 0.005
            and abs(node_offset_deg(other, station)) < 0.3
        )

    return [other for other in sets if is_docked(other)]


def piece_at(sets: Sequence[ElementSet], unix_s: float) -> ElementSet | None:
    """The supplemental set made for an instant: the latest with epoch <= t < epoch + 6 h."""
    fitting = [s for s in sets if s.epoch_unix_s <= unix_s < s.epoch_unix_s + PIECE_S]
    return max(fitting, key=lambda s: s.epoch_unix_s, default=None)


class CelestrakGp:
    """The station and its ships, as tracked from the ground."""

    source: Source = CELESTRAK_GP

    def fetch(self, get: Getter, last_url: str) -> Iterator[Download]:
        """One request for the whole group."""
        yield get(GP_PATH, self.source.key)

    def parse(self, download: Download) -> ParsedResponse:
        """The station's sets; those of the ships are read from the kept copy where they are needed."""
        _check(download, self.source)
        sets = parse(download.body, source=self.source.title)
        station = of_object(sets, CSS_NORAD_ID)
        if not station:
            raise SourceError(
                _("{sets} objects, but not the station ({css_norad_id})").format(
                    sets=len(sets), css_norad_id=CSS_NORAD_ID
                )
            )
        ships = flying_with(station[-1], sets)
        return ParsedResponse(
            summary=_("{sets} objects, {ships} docked to the station").format(sets=len(sets), ships=len(ships)),
            observed=tuple(station),
        )


class CelestrakSupplemental:
    """The operator's forecast as a chain of element sets, six hours each."""

    source: Source = CELESTRAK_SUPPLEMENTAL

    def fetch(self, get: Getter, last_url: str) -> Iterator[Download]:
        """One request for the whole chain."""
        yield get(SUPPLEMENTAL_PATH, self.source.key)

    def parse(self, download: Download) -> ParsedResponse:
        """The chain and its span; its sets are predictions and stay out of the log of observed ones."""
        _check(download, self.source)
        pieces = of_object(parse(download.body, source=self.source.title), CSS_NORAD_ID)
        if not pieces:
            raise SourceError(_("no element set of the station ({css_norad_id})").format(css_norad_id=CSS_NORAD_ID))
        for piece in pieces:
            check_shape(piece)
        span = f"{iso_z(pieces[0].epoch_unix_s)} to {iso_z(pieces[-1].epoch_unix_s + PIECE_S)}"
        return ParsedResponse(
            summary=_("forecast in pieces of 6 h ({pieces}), {span}").format(pieces=len(pieces), span=span),
            predicted=tuple(pieces),
        )


def _check(download: Download, source: Source) -> None:
    """The text before the status: the same sentence has come with 200, 403 and 404."""
    if 400 <= download.status < 500:
        try:
            parse(download.body)
        except SourceResponseError:
            raise
        except (SourceError, ElementsError):
            pass  # not one of CelesTrak's sentences: the status counts
    check_status(download, source.host)
