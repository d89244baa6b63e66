"""Refreshes with invalid data or interruptions: stored data are not replaced."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from sim.constants import CSS_NORAD_ID
from sim.sources import crew_news
from sim.sources.refresh import refresh_now
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, CMSA, HOUR_S, LAUNCH_LIBRARY, SOURCES
from sim.sources.storage.store import Store
from tests.support.carried_sets import carried
from tests.support.loopback_server import EPHEMERIS_NAME, NOW, Reply, Service, body, expeditions, omm, stations, zipped
from tests.support.refresh_run import NEW, gp, of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


STATE = rb"(\S+\.\d{9} +)(\S+\.\d{9} +)(\S+\.\d{9} +)(\S+ +)(\S+ +)(\S+)"


def spoilt(**changes: Any) -> bytes:
    return omm([msgspec.structs.replace(NEW, **changes), *[s for s in stations() if s.norad_id != CSS_NORAD_ID]])


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (omm([s for s in stations() if s.norad_id != CSS_NORAD_ID]), "not the station"),
        (spoilt(inclination_deg=51.6), "inclination of 51.6"),
        (spoilt(mean_motion_rev_day=15.0), "mean altitude"),
        (spoilt(mean_motion_rev_day=16.2), "mean altitude"),
        (spoilt(epoch_unix_s=NOW + 3 * 86400.0), "epoch"),
        (spoilt(epoch_unix_s=1.5e9), "epoch"),
        (spoilt(raan_deg=(NEW.raan_deg + 40.0) % 360.0), "orbital plane"),
        (b"", "empty"),
        (b"<html><title>Welcome to Airport WiFi</title>", "log-in page"),
        (b"[" * 100_000, "nested"),
        (omm(stations())[:-1], "truncated"),
        (b"\xff\xfe garbage \x00", "not JSON"),
        (b"{}", "Expected `array`"),
        (omm(stations()).replace(b"48274", b"NaN"), "malformed"),
    ],
)
def test_refresh_invalid_response_is_set_aside(service: Service, store: Store, answer: bytes, reason: str) -> None:
    gp(service, store)
    later = NOW + 3 * HOUR_S
    service.on("/celestrak-gp/", answer)
    result = gp(service, store, later)
    assert result.outcome == "garbled"
    assert re.search(reason, result.message), result.message
    assert result.message.isprintable()
    assert result.change is None
    assert store.element_sets() == [NEW]
    kept = store.last_good("celestrak-gp")
    assert kept is not None
    assert kept.fetched_unix_s < later
    (aside,) = (store.folder / "set-aside").iterdir()
    assert aside.read_bytes().partition(b"\n")[2] == answer
    assert result.state.next_try_unix_s >= later + 2 * HOUR_S
    assert result.state.last_good_unix_s == pytest.approx(NOW, abs=5)


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


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda text: text.replace(b"EME2000", b"MARS"), "MARS"),
        (lambda text: text.replace(b"2026-08-2", b"2024-08-2"), "ends at 2024"),
        (lambda text: text.replace(b"-4255.760879945", b"-9255.760879945"), "does not fit"),
        (lambda text: text[:400], "columns"),
        (lambda text: re.sub(STATE, rb"\1\3\2\4\6 \5", text), "inclination"),  # the axes y and z exchanged
    ],
)
def test_refresh_ephemeris_of_something_else_is_set_aside(
    service: Service, store: Store, spoil: Callable[[bytes], bytes], reason: str
) -> None:
    text = spoil(body("CSS_OEM_20260821004850_0001.excerpt.dat"))
    service.on("/cmsa/202608/", zipped((EPHEMERIS_NAME, text)))
    result = of(refresh_now(store, service.settings(use_operator_ephemeris=True), NOW), CMSA)
    assert result.outcome == "garbled"
    assert re.search(reason, result.message), result.message
    assert crew_news.operator_ephemeris(store) is None


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
