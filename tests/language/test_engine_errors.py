"""Errors of the engine in a reader's language: no English word stands in a Chinese line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sim.clock import SimulationClock
from sim.errors import TiangongError
from sim.language import use
from sim.orbit.element_history import embedded_history
from sim.orbit.files.element_files import read_elements
from sim.passes.horizon import parse_horizon
from sim.passes.plans.stations import parse_stations
from sim.places.coordinates import parse_coordinates
from sim.places.place import Place
from sim.sources.plausibility import Change, check_shape
from sim.time import parse_instant

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.orbit.elements import ElementSet


def words(text: str) -> list[str]:
    """Latin words of a text, but for those between quotation marks: these are the person's own."""
    return re.findall("[A-Za-z]{3,}", re.sub("“[^”]*”", "", text))


def tilted() -> ElementSet:
    from msgspec.structs import replace

    return replace(embedded_history().sets[0], inclination_deg=12.0)


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: parse_coordinates("95, 3"),
        lambda: Place("x", 33.0, 181.0),
        lambda: Place("x", 33.0, 18.0, 1e5),
        lambda: SimulationClock().set_rate(float("nan")),
        lambda: SimulationClock().seek(float("inf")),
        lambda: parse_horizon(""),
        lambda: parse_stations("1,95,3"),
        lambda: check_shape(tilted()),
    ],
)
def test_errors_of_the_engine_in_chinese_hold_no_english(mistake: Callable[[], object]) -> None:
    use("zh_CN")
    with pytest.raises(TiangongError) as caught:
        mistake()
    assert words(str(caught.value)) == []


def test_error_of_half_a_clock_is_translated() -> None:
    use("zh_CN")
    with pytest.raises(TiangongError, match="不是") as caught:
        parse_instant("2024-12-17T08,5")
    assert "not a date" not in str(caught.value)


def test_change_by_a_new_set_is_translated() -> None:
    burn = max(embedded_history().burns, key=lambda one: one.size_km)
    change = Change(new_epoch_unix_s=burn.before_unix_s, moved_km=None, burn=burn)
    assert " raised by " in change.text
    use("zh_CN")
    assert "抬升" in change.text
    assert words(change.text) == []


def test_problems_of_a_file_are_translated() -> None:
    line1 = "1 48274U 21035A   26234.50000000  .00000000  00000+0  00000+0 0  9990"  # of a wrong checksum
    line2 = "2 48274  41.4700 100.0000 0001000 200.0000 160.0000 15.60000000 40001"
    use("zh_CN")
    with pytest.raises(TiangongError, match="第 1 行"):
        read_elements(f"{line1}\n{line2}\n")
