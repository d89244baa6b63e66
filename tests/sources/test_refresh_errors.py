"""Refreshes with invalid data or interruptions: stored data are not replaced."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec
import pytest

from sim.sources import crew_news
from sim.sources.refresh import refresh_now
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, LAUNCH_LIBRARY, SOURCES
from sim.sources.storage.store import Store
from tests.support.carried_sets import carried
from tests.support.loopback_server import NOW, Reply, Service, expeditions, omm, stations
from tests.support.refresh_run import NEW, gp, of

if TYPE_CHECKING:
    from pathlib import Path


def test_refresh_forecast_of_another_orbit_is_set_aside(service: Service, store: Store) -> None:
    service.on("/celestrak-supgp/", omm([NEW, msgspec.structs.replace(NEW, inclination_deg=51.6)]))
    result = of(refresh_now(store, service.settings(), NOW), CELESTRAK_SUPPLEMENTAL)
    assert result.outcome == "garbled"
    assert crew_news.supplemental_sets(store) == []


def test_refresh_older_set_does_not_replace_ours(service: Service, store: Store) -> None:
    newer = carried(NEW, 8 / 24)
    result = gp(service, store, known=newer)
    assert result.outcome == "kept"
    assert "older than ours" in result.message
    assert result.change is None


def test_refresh_same_set_is_unchanged(service: Service, store: Store) -> None:
    assert (
        gp(service, store, known=msgspec.structs.replace(NEW, epoch_unix_s=NEW.epoch_unix_s + 0.0004)).outcome
        == "unchanged"
    )


def test_refresh_ignores_the_content_type(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(omm(stations()), headers={"Content-Type": "text/html"}))
    assert gp(service, store).outcome == "new"


def test_refresh_cleans_hostile_names(service: Service, store: Store) -> None:
    service.on("/launch-library/expeditions/", expeditions("\x1b[2J[red]Evil[/]\u202e", "B" * 5000))
    refresh_now(store, service.settings(), NOW)
    crew = crew_news.crew_news(store)
    assert crew is not None
    assert crew.names[0] == "[2J[red]Evil[/]"
    assert len(crew.names[1]) <= 60


# Clocks


def test_refresh_reports_a_wrong_clock_by_two_servers(service: Service, store: Store) -> None:
    service.date_offset_s += 7200.0
    settings = service.settings(use_supplemental=False, use_fallbacks=False)
    report = refresh_now(store, settings, NOW)
    assert report.clock_offset_s == pytest.approx(-7200.0, abs=3.0)
    assert report.lines()[-1].endswith("s behind the servers' clocks")


def test_refresh_clock_years_behind_by_two_servers_uses_the_new_set(service: Service, store: Store) -> None:
    settings = service.settings(use_supplemental=False, use_fallbacks=False)
    report = refresh_now(store, settings, NOW - 4e7)
    assert report.clock_offset_s == pytest.approx(-4e7, abs=3.0)
    assert store.element_sets() == [NEW]
    assert report.changed
    assert "no longer disputed" in report.accepted[0]


# Stopping


def test_refresh_cancelled_stops_at_once_and_counts_as_asked(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(b"[" + b" " * 1000, byte_pause_s=0.1))
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()
    report = refresh_now(store, service.settings(), NOW, cancel=cancel)
    assert service.finished == 0  # the body takes 100 s
    assert report.cancelled
    assert of(report, CELESTRAK_GP).outcome == "cancelled"
    assert of(report, CELESTRAK_SUPPLEMENTAL).outcome == "cancelled"
    assert not of(report, CELESTRAK_SUPPLEMENTAL).asked
    assert of(report, LAUNCH_LIBRARY).outcome == "cancelled"
    assert gp(service, store, NOW + 60).outcome == "waiting"


def test_refresh_cancelled_before_start_sends_no_request(service: Service, store: Store) -> None:
    cancel = threading.Event()
    cancel.set()
    report = refresh_now(store, service.settings(), NOW, cancel=cancel)
    assert len(report.results) == len(SOURCES)
    assert report.cancelled
    assert not service.asked
    assert not store.folder.exists()


# A bad disk


def test_refresh_unwritable_folder_sends_no_request(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = gp(service, Store(tmp_path / "file" / "live"))
    assert not result.asked
    assert "cannot be written" in result.message
    assert not service.asked


def test_refresh_full_disk_is_a_failure(service: Service, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.atomic_files.append", full)
    monkeypatch.setattr("sim.sources.storage.download_cache.write", full)
    result = gp(service, store)
    assert (result.outcome, result.asked, result.change) == ("failed", True, None)
    assert "downloaded but not kept" in result.message
    assert "No space left" in result.message
    assert result.state.outcome == "asking"
