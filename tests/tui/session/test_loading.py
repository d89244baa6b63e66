"""What the start takes from the cache: downloaded sets, and the operator's forecast in both of its forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sim.constants import DAY_S, HOUR_S
from sim.errors import ElementsError
from sim.orbit.composite import CompositeOrbit
from sim.orbit.element_history import ElementHistory
from sim.orbit.files.oem_reader import parse_oem
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.supplemental import PIECE_S
from sim.places.gazetteer import find_place
from sim.sources.providers.cmsa import FILE_KIND
from sim.sources.registry import CELESTRAK_SUPPLEMENTAL, CMSA
from sim.sources.responses import Download, Outcome
from sim.sources.storage.store import Store
from tests.support.carried_sets import carried
from tests.support.loopback_server import EPHEMERIS_NAME, NOW, body, omm, zipped
from tests.support.refresh_run import NEW
from tui.config.options import DashboardOptions
from tui.config.settings import Settings
from tui.session.loading import load_orbit, make_session

if TYPE_CHECKING:
    from sim.sources.registry import Source

KNOWN = carried(NEW, -1.5)
"""The newest set of the history; the recorded ephemeris begins half a day later."""

EPHEMERIS = parse_oem(body("CSS_OEM_20260821004850_0001.excerpt.dat").decode())
PIECES = [carried(NEW, -1.7 + n * PIECE_S / DAY_S) for n in range(12)]
"""The first one begins before that set, which knows better."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The cache folder of the start, beside an embedded history that ends before the recorded forecasts."""
    monkeypatch.setenv("TIANGONG_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("sim.orbit.element_history.embedded_history", lambda: ElementHistory([KNOWN]))
    return Store(tmp_path / "cache")


def keep(store: Store, source: Source, kind: str, data: bytes) -> None:
    download = Download(kind=kind, url="https://example.org/x", fetched_unix_s=NOW, status=200, body=data)
    store.record(source, NOW, Outcome.NEW, "", good=[download])


def test_load_orbit_without_a_forecast_is_the_history_alone(store: Store) -> None:
    keep(store, CELESTRAK_SUPPLEMENTAL, "another-kind", b"[]")
    loaded = load_orbit()
    assert isinstance(loaded.orbit, ElementHistory)
    assert loaded.messages == ()


def test_load_orbit_supplemental_sets_answer_beyond_the_newest_set(store: Store) -> None:
    keep(store, CELESTRAK_SUPPLEMENTAL, CELESTRAK_SUPPLEMENTAL.key, omm(PIECES))
    loaded = load_orbit()
    assert isinstance(loaded.orbit, CompositeOrbit)
    assert loaded.messages == ()
    for piece in PIECES[1:]:
        unix_s = piece.epoch_unix_s + HOUR_S
        assert loaded.orbit.provenance(unix_s).source == CELESTRAK_SUPPLEMENTAL.title
        assert loaded.orbit.state(unix_s).position_teme_km == pytest.approx(
            Sgp4Orbit(piece).state(unix_s).position_teme_km, abs=0.01
        )
    assert loaded.orbit.provenance(KNOWN.epoch_unix_s - HOUR_S).source == KNOWN.source


def test_load_orbit_supplemental_sets_older_than_the_newest_set_do_not_count(store: Store) -> None:
    keep(store, CELESTRAK_SUPPLEMENTAL, CELESTRAK_SUPPLEMENTAL.key, omm([carried(KNOWN, -2.0), carried(KNOWN, -1.0)]))
    loaded = load_orbit()
    assert isinstance(loaded.orbit, ElementHistory)
    assert loaded.messages == ()


def test_load_orbit_operators_ephemeris_answers_inside_its_span(store: Store) -> None:
    archive = zipped((EPHEMERIS_NAME, body("CSS_OEM_20260821004850_0001.excerpt.dat")))
    keep(store, CMSA, FILE_KIND, archive)
    loaded = load_orbit()
    assert loaded.messages == ()
    inside = (EPHEMERIS.start_unix_s + EPHEMERIS.stop_unix_s) / 2.0
    assert loaded.orbit.provenance(inside).kind == "oem"
    assert loaded.orbit.provenance(inside).source == CMSA.title
    assert loaded.orbit.provenance(EPHEMERIS.stop_unix_s + HOUR_S).kind == "sgp4"


def test_load_orbit_operators_ephemeris_is_preferred_to_the_sets_fitted_to_it(store: Store) -> None:
    keep(store, CELESTRAK_SUPPLEMENTAL, CELESTRAK_SUPPLEMENTAL.key, omm(PIECES))
    keep(store, CMSA, FILE_KIND, zipped((EPHEMERIS_NAME, body("CSS_OEM_20260821004850_0001.excerpt.dat"))))
    orbit = load_orbit().orbit
    assert orbit.provenance((EPHEMERIS.start_unix_s + EPHEMERIS.stop_unix_s) / 2.0).kind == "oem"


def test_load_orbit_operators_ephemeris_that_has_run_out_leaves_the_sets(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = carried(KNOWN, (EPHEMERIS.stop_unix_s - KNOWN.epoch_unix_s) / DAY_S + 0.1)
    monkeypatch.setattr("sim.orbit.element_history.embedded_history", lambda: ElementHistory([late]))
    pieces = [carried(late, 0.1 + n * PIECE_S / DAY_S) for n in range(4)]
    keep(store, CELESTRAK_SUPPLEMENTAL, CELESTRAK_SUPPLEMENTAL.key, omm(pieces))
    keep(store, CMSA, FILE_KIND, zipped((EPHEMERIS_NAME, body("CSS_OEM_20260821004850_0001.excerpt.dat"))))
    orbit = load_orbit().orbit
    unix_s = pieces[2].epoch_unix_s + HOUR_S
    assert orbit.provenance(unix_s).source == CELESTRAK_SUPPLEMENTAL.title


def test_load_orbit_of_a_folder_names_it() -> None:
    with pytest.raises(ElementsError, match=r"^\. holds no elements: "):
        load_orbit([Path(".")])


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (DashboardOptions(offline=True), "(o chooses another)"),
        (DashboardOptions(offline=True, settings=Settings(keys={"place": "f8"})), "(f8 chooses another)"),
        (DashboardOptions(offline=True, plain=True), "(place NAME chooses another)"),
    ],
    ids=["dashboard", "own key", "plain"],
)
def test_make_session_says_which_place_was_taken_and_how_to_choose(
    options: DashboardOptions, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Karachi")
    _, messages = make_session(options)
    assert f"Karachi, PK, for the system's time zone Asia/Karachi {hint}" in messages


def test_make_session_of_a_chosen_place_says_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Karachi")
    _, messages = make_session(DashboardOptions(offline=True, place=find_place("Islamabad")))
    assert not any("chooses another" in message for message in messages)
