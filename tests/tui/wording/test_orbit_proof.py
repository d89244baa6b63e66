"""What the key `i` says of places, passes and the orbit: from which sets, how, and how sure."""

from __future__ import annotations

import pytest

from sim.chronicle import embedded_chronicle
from sim.orbit.element_history import embedded_history
from sim.status import status_at
from sim.time import iso_z, parse_instant
from tui.wording.orbit_proof import HAPPENED, altitude_explained, orbit_explained, passes_explained
from tui.wording.proof import Explained

HISTORY = embedded_history()


def said(facts: list[Explained]) -> dict[str, str]:
    return {caption: text for fact in facts for caption, text in fact.details}


def explained(text: str) -> dict[str, str]:
    status = status_at(HISTORY, embedded_chronicle(), parse_instant(text), now_unix_s=2e9)
    return said(orbit_explained(status))


def test_orbit_explained_between_sets_names_both_epochs_and_the_error() -> None:
    words = explained("2022-06-05T02:44:10Z")
    before, after = HISTORY.epochs_unix_s[33:35]
    assert iso_z(before) in words["set before"]
    assert iso_z(after) in words["set after"]
    assert words["in between"] == HAPPENED["launch"]
    assert "48274" in words["set before"]
    assert "nine in ten" in words["error"]


@pytest.mark.parametrize("text", ["2021-05-05T00:00:00Z", "2026-11-27T00:00:00Z"])
def test_orbit_explained_beyond_the_sets_names_the_one_and_no_place(text: str) -> None:
    words = explained(text)
    assert "SGP4" in words["computed"]
    assert words["error"] == "the place along the orbit is not known"


def test_explained_of_passes_and_altitude_hold_that_of_the_place_too() -> None:
    status = status_at(HISTORY, embedded_chronicle(), parse_instant("2024-12-17T08:00:00Z"), now_unix_s=2e9)
    place = said(orbit_explained(status)).items()
    assert place <= said(passes_explained(status)).items()
    assert {"decay", "floor", "burns"} <= said(altitude_explained(status)).keys()
