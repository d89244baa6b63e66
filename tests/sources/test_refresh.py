"""Whole refreshes against a real server without failures: requests, stored data and reports."""

from __future__ import annotations

import json

import pytest

from sim.constants import HOUR_S
from sim.sources import crew_news
from sim.sources.providers import launch_library
from sim.sources.refresh import refresh_now
from sim.sources.registry import CMSA
from sim.sources.storage.store import Store
from tests.support.carried_sets import carried, raised
from tests.support.loopback_server import NOW, Service, omm, stations
from tests.support.refresh_run import NEW, OLD, gp, of

# Health


def test_refresh_fetches_keeps_and_reports_everything(service: Service, store: Store) -> None:
    told: list[tuple[str, str]] = []
    settings = service.settings(use_operator_ephemeris=True)
    report = refresh_now(store, settings, NOW, lambda *words: told.append(words), known=OLD)
    assert {r.source.key: r.outcome for r in report.results} == {
        "celestrak-gp": "new",
        "celestrak-supgp": "new",
        "tle-api": "not needed",
        "cmsa": "new",
        "launch-library": "new",
        "people": "not needed",
    }
    assert report.changed
    assert store.element_sets() == [NEW]
    assert len(crew_news.supplemental_sets(store)) == 1
    crew = crew_news.crew_news(store)
    assert crew is not None
    assert not crew.differs(("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying"))
    assert crew.fetched_unix_s == pytest.approx(NOW, abs=5.0)
    assert store.last_good(launch_library.STATION_KIND) is not None
    assert store.last_good(launch_library.WALKS_KIND) is not None
    ephemeris = crew_news.operator_ephemeris(store)
    assert ephemeris is not None
    assert ephemeris.text.startswith(b"  CCSDS_OEM_VERS")
    assert ("CelesTrak GP", "asking 127.0.0.1") in told
    for state in store.states().values():
        asked = state.key not in {"tle-api", "people"}
        assert (state.last_good_unix_s is not None) == asked
        assert (state.next_try_unix_s >= NOW + 2 * HOUR_S) == asked


def test_refresh_sends_exactly_the_documented_requests(service: Service, store: Store) -> None:
    refresh_now(store, service.settings(use_operator_ephemeris=True), NOW)
    assert sorted(service.paths()) == [
        "/celestrak-gp/gp.php?GROUP=stations&FORMAT=json",
        "/celestrak-supgp/sup-gp.php?SOURCE=CSS-E&FORMAT=json",
        "/cmsa/",
        "/cmsa/202608/W020260821367431140778.zip",
        "/launch-library/expeditions/?is_active=true&mode=detailed",
        "/launch-library/space_stations/18/?mode=detailed",
        "/launch-library/spacewalks/?mode=detailed&ordering=-start&limit=20",
    ]


def test_refresh_change_names_epoch_distance_and_raise(service: Service, store: Store) -> None:
    lower = raised(carried(NEW, -1.0), -6.7)
    change = gp(service, store, known=lower).change
    assert change is not None
    assert change.new_epoch_unix_s == NEW.epoch_unix_s
    assert change.burn is not None
    assert change.burn.kind == "raise"
    assert change.burn.size_km == pytest.approx(6.7, abs=0.2)
    assert change.moved_km is not None
    assert change.moved_km > 10.0
    assert "raised by 6." in change.text
    assert "epoch 2026-08-22T11:12:14Z" in change.text


def test_refresh_change_without_burn_names_no_raise(service: Service, store: Store) -> None:
    before = raised(carried(NEW, -1.0), 0.08)
    change = gp(service, store, known=before).change
    assert change is not None
    assert change.burn is None
    assert "raised" not in change.text


def test_refresh_appends_each_new_set(service: Service, store: Store) -> None:
    for n in range(4):
        service.on("/celestrak-gp/", omm([carried(NEW, n * 7 / 24), *stations()]))
        assert gp(service, store, NOW + n * 7 * HOUR_S).outcome == "new"
    assert len(store.element_sets()) == 4


def test_refresh_does_not_fetch_a_known_file_again(service: Service, store: Store) -> None:
    settings = service.settings(use_operator_ephemeris=True)
    for n, outcome in enumerate(("new", "unchanged", "unchanged")):
        report = refresh_now(store, settings, NOW + n * CMSA.interval_s + n)
        assert of(report, CMSA).outcome == outcome
    assert len(service.paths("/cmsa/202608/")) == 1
    assert len(service.paths("/cmsa/")) == 4


# The report


def test_report_lines_are_plain_text(service: Service, store: Store) -> None:
    lines = refresh_now(store, service.settings(use_launch_library=False), NOW, known=OLD).lines()
    unseen = "84 days after the set before: whether its place along the orbit is right cannot be checked"
    assert lines[0] == f"CelesTrak GP: 21 objects, 4 docked to the station, {unseen} (from 127.0.0.1, 9.5 kB)"
    assert lines[1].startswith("  epoch 2026-08-22T11:12:14Z, 8,067.1 km from the old prediction")
    assert lines[2].startswith("  next request allowed 2026-08-22T22:00:00Z, in 01:59:5")
    assert "Launch Library: not asked: switched off" in lines
    assert all(line.isprintable() for line in lines)


def test_source_state_names_its_source(service: Service, store: Store) -> None:
    gp(service, store)
    state = store.states()["celestrak-gp"]
    assert (state.title, state.host) == ("CelesTrak GP", "celestrak.org")
    assert json.loads((store.folder / "states-1.json").read_text())["sources"]["celestrak-gp"]["outcome"] == "new"
    assert state.next_try_unix_s > NOW + 60
