"""Requests that are not sent: too early, refused, offline, claimed by another copy, after a kill."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from sim.constants import HOUR_S
from sim.sources import crew_news
from sim.sources.providers import launch_library
from sim.sources.refresh import refresh_now
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, LAUNCH_LIBRARY, TLE_API
from sim.sources.storage.store import Store
from tests.support.loopback_server import NOT_UPDATED, NOW, Reply, Service, environment, python
from tests.support.refresh_run import GP_ONLY, NEW, gp, of

if TYPE_CHECKING:
    from pathlib import Path


def test_refresh_again_within_two_hours_sends_no_request(service: Service, store: Store) -> None:
    refresh_now(store, service.settings(), NOW)
    asked = len(service.asked)
    report = refresh_now(store, service.settings(), NOW + 2 * HOUR_S - 1)
    assert len(service.asked) == asked
    assert of(report, CELESTRAK_GP).outcome == "waiting"
    assert "too early" in of(report, CELESTRAK_GP).message
    assert not report.asked
    refresh_now(store, service.settings(), NOW + 2 * HOUR_S + 60)
    assert len(service.paths("/celestrak-gp/")) == 2


def test_refresh_not_updated_is_a_success_and_waits_two_hours(service: Service, store: Store) -> None:
    gp(service, store)
    for status in (403, 200):
        service.on("/celestrak-gp/", Reply(NOT_UPDATED, status))
        now = store.states()["celestrak-gp"].next_try_unix_s
        result = gp(service, store, now)
        assert (result.outcome, result.state.failed) == ("newest", False)
        assert result.state.next_try_unix_s == pytest.approx(now + 2 * HOUR_S, abs=5)
        assert result.state.last_good_unix_s == pytest.approx(now, abs=5)
    assert store.element_sets() == [NEW]
    assert store.last_good("celestrak-gp") is not None
    assert not (store.folder / "set-aside").exists()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"Forbidden", 403),
        Reply(b"No GP data found", 404),
        Reply(b"No GP data found", 200),
        Reply(b'Invalid query: "GROUP=swarm&FORMAT=json" (GROUP=swarm not found)', 200),
        Reply(b"<html>", 301, {"Location": "https://www.celestrak.org/"}),
        Reply(b"\x1b[31m\xe2\x80\xaeevil", 451),
    ],
)
def test_refresh_refused_waits_a_day(service: Service, store: Store, reply: Reply) -> None:
    service.on("/celestrak-gp/", reply)
    report = refresh_now(store, service.settings(use_launch_library=False, use_fallbacks=False), NOW)
    result = of(report, CELESTRAK_GP)
    assert result.outcome == "refused"
    assert result.message.isprintable()
    assert "\u202e" not in result.message
    assert result.state.next_try_unix_s == pytest.approx(NOW + 24 * HOUR_S, abs=5)
    assert result.state.last_good_unix_s is None
    assert not report.changed
    assert len(service.paths("/celestrak-gp/")) == 1
    # The same host is left alone altogether.
    assert service.paths("/celestrak-supgp/") == []


def test_refresh_throttled_waits_as_asked_and_uses_the_fallback(service: Service, store: Store) -> None:
    service.on(
        "/launch-library/", Reply(b'{"detail":"Request was throttled. Expected available in 1543 seconds."}', 429)
    )
    service.replies = {k: v for k, v in service.replies.items() if not k.startswith("/launch-library/e")}
    report = refresh_now(store, service.settings(), NOW)
    result = of(report, LAUNCH_LIBRARY)
    assert result.outcome == "throttled"
    assert NOW + 1543 <= result.state.next_try_unix_s <= NOW + 1543 + 65
    assert len(service.paths("/launch-library/")) == 1
    # And the fallback speaks.
    crew = crew_news.crew_news(store)
    assert crew is not None
    assert (crew.source, crew.count) == ("People in space", 3)


def test_refresh_failing_celestrak_uses_the_element_fallback(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(b"", 500))
    report = refresh_now(store, service.settings(), NOW)
    assert of(report, CELESTRAK_GP).outcome == "failed"
    assert of(report, CELESTRAK_SUPPLEMENTAL).outcome == "waiting"
    assert of(report, TLE_API).outcome == "new"
    assert store.element_sets()[-1].source == "TLE API"


def test_refresh_interrupted_round_keeps_what_came_before(service: Service, store: Store) -> None:
    service.on("/launch-library/space_stations/18/", Reply(b"", 500))
    result = of(refresh_now(store, service.settings(), NOW), LAUNCH_LIBRARY)
    assert (result.outcome, result.state.failed) == ("failed", True)
    assert result.state.next_try_unix_s >= NOW + 6 * HOUR_S
    crew = crew_news.crew_news(store)
    assert crew is not None
    assert (crew.source, crew.count) == ("Launch Library", 3)  # though the fallback has been asked too
    assert store.last_good(launch_library.STATION_KIND) is None


@pytest.mark.parametrize("copies", [5])
def test_refresh_twenty_starts_of_five_copies_send_one_request(
    service: Service, store: Store, tmp_path: Path, copies: int
) -> None:
    """Real processes; each start is one, five of them at a time."""
    code = (
        "import sys, json, pathlib, time\n"
        "from sim.sources.storage.store import Store\n"
        "from sim.sources.refresh import refresh_now\n"
        "from sim.sources.registry import SOURCES, SourceSettings\n"
        "folder, port, starts = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])\n"
        "urls = {s.key: f'http://127.0.0.1:{port}/{s.key}/' for s in SOURCES}\n"
        "for _ in range(starts):\n"
        "    refresh_now(Store(folder), SourceSettings(base_urls=urls), time.time())\n"
        "print(len(Store(folder).element_sets()))\n"
    )
    arguments = [sys.executable, "-c", code, str(store.folder), str(service.port), "4"]
    running = [
        subprocess.Popen(arguments, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(copies)
    ]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        assert out.strip() in {"0", "1"}
    assert len(service.paths("/celestrak-gp/")) == 1
    assert len(service.paths("/celestrak-supgp/")) == 1
    assert len(service.paths("/launch-library/")) == 3
    assert store.element_sets() == [NEW]


def test_refresh_killed_while_asking_counts_as_asked(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(b"[]", silence_s=3.0))
    code = (
        "import sys, pathlib; from sim.sources.storage.store import Store\n"
        "from sim.sources.refresh import refresh_now\n"
        "from sim.sources.registry import SourceSettings\n"
        "urls = {'celestrak-gp': f'http://127.0.0.1:{sys.argv[2]}/celestrak-gp/'}\n"
        "s = SourceSettings(base_urls=urls, use_supplemental=False, use_launch_library=False)\n"
        f"refresh_now(Store(pathlib.Path(sys.argv[1])), s, {NOW})\n"
    )
    arguments = [sys.executable, "-c", code, str(store.folder), str(service.port)]
    process = subprocess.Popen(arguments, env=environment())
    deadline = time.monotonic() + 20
    while not service.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert len(service.asked) == 1
    assert gp(service, store, NOW + 60).outcome == "waiting"
    assert len(service.asked) == 1


# Offline

GUARD = (
    "import sys\n"
    "def guard(event, args):\n"
    "    if event.startswith('socket.'): raise SystemExit('a socket: ' + event)\n"
    "sys.addaudithook(guard)\n"
    "import pathlib, time\n"
    "from sim.sources.storage.store import Store\n"
    "from sim.sources.registry import SOURCES, SourceSettings\n"
    "from sim.sources import rate_limit\n"
    "store = Store(pathlib.Path(sys.argv[1]))\n"
    "settings = SourceSettings(offline=True, use_operator_ephemeris=True)\n"
    "assert not any(rate_limit.is_wanted(s, store.states(), settings, time.time()) for s in SOURCES)\n"
)


def test_refresh_offline_opens_no_socket(store: Store) -> None:
    """An audit hook sees every socket of the interpreter, whoever opens it."""
    code = GUARD + (
        "from sim.sources.refresh import refresh_now\n"
        "report = refresh_now(store, settings, time.time())\n"
        "assert {r.outcome for r in report.results} == {'off'}, report\n"
        "print([m for m in ('httpx', 'asyncio', 'numpy') if m in sys.modules])\n"
    )
    assert python("-c", code, str(store.folder)).strip() == "[]"
    assert not store.folder.exists()


def test_refresh_online_trips_the_socket_guard(service: Service, store: Store) -> None:
    code = GUARD + (
        f"settings = SourceSettings(base_urls={{'celestrak-gp': 'http://127.0.0.1:{service.port}/'}})\n"
        "from sim.sources.refresh import refresh_now\nrefresh_now(store, settings, time.time())\n"
    )
    with pytest.raises(AssertionError, match=r"a socket: socket\."):
        python("-c", code, str(store.folder))


def test_refresh_switched_off_sources_are_not_asked(service: Service, store: Store) -> None:
    refresh_now(store, service.settings(**GP_ONLY), NOW)
    assert service.paths() == service.paths("/celestrak-gp/")
