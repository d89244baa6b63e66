"""CelesTrak: general perturbations sets, and those fitted to the operator's ephemeris.

One question for the group `stations` serves the station and every ship at it. CelesTrak answers in prose what is no
data, sometimes with status 200, so the text decides: only a body that begins like a JSON list is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import CSS_NORAD_ID, DAY_S
from sim.errors import ElementsError, SourceError
from sim.orbit.elements import of_object, parse_omm_record
from sim.sanitize import clean
from sim.sources.plausibility import check_shape
from sim.sources.provider import HOUR_S, Findings, Getter, check_status
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, Source
from sim.sources.responses import AnswerError, Download
from sim.sources.safe_json import items, loads, mapping
from sim.time import iso_z

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from sim.orbit.elements import ElementSet

GP_PATH = "gp.php?GROUP=stations&FORMAT=json"
SUPPLEMENTAL_PATH = "sup-gp.php?SOURCE=CSS-E&FORMAT=json"
PIECE_S = 6 * HOUR_S
"""Each supplemental set is fitted forward from its epoch over six hours."""

_NODE_DRIFT_DEG_DAY = -6.1


def parse(body: bytes, *, source: str = CELESTRAK_GP.title) -> list[ElementSet]:
    """Read a JSON list of orbit mean-elements messages.

    Args:
        body: What CelesTrak answered.
        source: Name that the sets carry.

    Returns:
        The sets that pass the checks, in the order of the answer.

    Raises:
        AnswerError: CelesTrak says there is nothing newer, nothing at all, or that the question was wrong.
        SourceError: The body is no such list.
        ElementsError: Not one record can be used.
    """
    said = clean(body[:300].decode("utf-8", "replace"), limit=140)
    if "GP data has not updated" in said:
        raise AnswerError("nothing newer than at the last download from this address", "newest")
    if said.startswith(("No GP data found", "No SupGP data found", "Invalid query")):
        raise AnswerError(f"CelesTrak says: “{said}”", "refused")
    records = items(loads(body, "element sets"), "element sets")
    sets: list[ElementSet] = []
    problem = "the list is empty"
    for record in records:
        try:
            sets.append(parse_omm_record(mapping(record, "a record"), source=source))
        except (ElementsError, SourceError) as trouble:
            problem = str(trouble)
    if not sets:
        raise ElementsError(f"no element set can be used: {problem}")
    return sets


def flying_with(station: ElementSet, sets: Sequence[ElementSet]) -> list[ElementSet]:
    """The sets of the modules and ships that fly as one with the station (itself left out).

    Same inclination, same mean motion, and the node where the common drift of -6.1 degrees a day puts it. What has
    left, like a module cast off months ago, differs in mean motion long before it differs in anything else.
    """

    def together(other: ElementSet) -> bool:
        days = (other.epoch_unix_s - station.epoch_unix_s) / DAY_S
        node = (other.raan_deg - station.raan_deg - _NODE_DRIFT_DEG_DAY * days + 180.0) % 360.0 - 180.0
        return (
            other.norad_id != station.norad_id
            and abs(days) < 5.0
            and abs(other.inclination_deg - station.inclination_deg) < 0.05
            and abs(other.mean_motion_rev_day - station.mean_motion_rev_day) < 0.005
            and abs(node) < 0.3
        )

    return [other for other in sets if together(other)]


def piece_at(sets: Sequence[ElementSet], unix_s: float) -> ElementSet | None:
    """The supplemental set made for an instant: the latest with epoch <= t < epoch + 6 h."""
    fitting = [s for s in sets if s.epoch_unix_s <= unix_s < s.epoch_unix_s + PIECE_S]
    return max(fitting, key=lambda s: s.epoch_unix_s, default=None)


class CelestrakGp:
    """The station and its ships, as tracked from the ground."""

    source: Source = CELESTRAK_GP

    async def fetch(self, get: Getter, last_url: str) -> AsyncGenerator[Download, None]:
        """One question for the whole group."""
        yield await get(GP_PATH, self.source.key)

    def read(self, download: Download) -> Findings:
        """The station's sets; the ships' are read from the kept copy by whoever wants them."""
        _check(download, self.source)
        sets = parse(download.body, source=self.source.title)
        station = of_object(sets, CSS_NORAD_ID)
        if not station:
            raise SourceError(f"{len(sets)} objects, but not the station ({CSS_NORAD_ID})")
        ships = flying_with(station[-1], sets)
        return Findings(f"{len(sets)} objects, {len(ships)} flying with the station", tuple(station))


class CelestrakSupplemental:
    """The operator's forecast as a chain of element sets, six hours each."""

    source: Source = CELESTRAK_SUPPLEMENTAL

    async def fetch(self, get: Getter, last_url: str) -> AsyncGenerator[Download, None]:
        """One question for the whole chain."""
        yield await get(SUPPLEMENTAL_PATH, self.source.key)

    def read(self, download: Download) -> Findings:
        """How far the chain reaches; its sets are forecasts and stay out of the history of observed ones."""
        _check(download, self.source)
        pieces = of_object(parse(download.body, source=self.source.title), CSS_NORAD_ID)
        if not pieces:
            raise SourceError(f"no piece is the station's ({CSS_NORAD_ID})")
        for piece in pieces:
            check_shape(piece)
        until = iso_z(pieces[-1].epoch_unix_s + PIECE_S)
        return Findings(f"forecast in pieces of 6 h ({len(pieces)}), {iso_z(pieces[0].epoch_unix_s)} to {until}")


def _check(download: Download, source: Source) -> None:
    """Prose before status: the same sentence has come with 200, 403 and 404."""
    if 400 <= download.status < 500:
        try:
            parse(download.body)
        except AnswerError:
            raise
        except (SourceError, ElementsError):
            pass  # no sentence we know: the status tells
    check_status(download, source.host)
