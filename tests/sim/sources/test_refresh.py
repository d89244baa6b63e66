"""Whole refreshes against a real server: what is asked, kept, said, and above all not asked."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from loopback import (
    EPHEMERIS_NAME,
    NOT_UPDATED,
    NOW,
    Reply,
    Service,
    body,
    environment,
    expeditions,
    omm,
    python,
    stations,
    zipped,
)

from sim.constants import CSS_NORAD_ID
from sim.elements import of_object
from sim.sources import manners, news
from sim.sources.catalogue import (
    CELESTRAK_GP,
    CELESTRAK_SUPPLEMENTAL,
    CMSA,
    HOUR_S,
    LAUNCH_LIBRARY,
    SOURCES,
    TLE_API,
    SourceSettings,
)
from sim.sources.refresh import RefreshReport, SourceResult, refresh, refresh_now
from sim.sources.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sim.elements import ElementSet
    from sim.sources.catalogue import Source

NEW = of_object(stations(), CSS_NORAD_ID)[-1]
OLD = of_object(stations("2026-05-30"), CSS_NORAD_ID)[-1]
STATE = rb"(\S+\.\d{9} +)(\S+\.\d{9} +)(\S+\.\d{9} +)(\S+ +)(\S+ +)(\S+)"
GP_ONLY: dict[str, Any] = {"use_supplemental": False, "use_launch_library": False, "use_fallbacks": False}


def of(report: RefreshReport, source: Source) -> SourceResult:
    return next(result for result in report.results if result.source is source)


def gp(service: Service, store: Store, now: float = NOW, known: ElementSet | None = None) -> SourceResult:
    """Refresh CelesTrak alone."""
    return of(refresh_now(store, service.settings(**GP_ONLY), now, known=known), CELESTRAK_GP)


# Health


def test_everything_is_fetched_kept_and_told(service: Service, store: Store) -> None:
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
    assert [s.name for s in news.companions(store)][-1] == "SHENZHOU-23 (SZ-23)"
    assert len(news.supplemental_sets(store)) == 1
    crew = news.crew_news(store)
    assert crew is not None
    assert not crew.differs(("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying"))
    assert crew.fetched_unix_s == pytest.approx(NOW, abs=5.0)
    station = news.station_news(store)
    assert station is not None
    assert station.expeditions == ("Shenzhou 20",)
    assert news.spacewalk_news(store)[0].people == ("Zhu Yangzhu",)
    ephemeris = news.operator_ephemeris(store)
    assert ephemeris is not None
    assert ephemeris.text.startswith(b"  CCSDS_OEM_VERS")
    assert ("CelesTrak GP", "asking 127.0.0.1") in told
    for state in store.states().values():
        asked = state.key not in {"tle-api", "people"}
        assert (state.last_good_unix_s is not None) == asked
        assert (state.next_try_unix_s >= NOW + 2 * HOUR_S) == asked


def test_exactly_the_documented_questions_are_asked(service: Service, store: Store) -> None:
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


def test_the_change_says_epoch_distance_and_raise(service: Service, store: Store) -> None:
    before = replace(NEW, epoch_unix_s=NEW.epoch_unix_s - 86400.0, raan_deg=NEW.raan_deg + 6.1)
    lower = replace(before, mean_motion_rev_day=before.mean_motion_rev_day * (1 + 1.5 * 6.7 / 6768.0))
    change = gp(service, store, known=lower).change
    assert change is not None
    assert (change.old_epoch_unix_s, change.new_epoch_unix_s) == (lower.epoch_unix_s, NEW.epoch_unix_s)
    assert change.burn is not None
    assert change.burn.kind == "raise"
    assert change.burn.size_km == pytest.approx(6.77, abs=0.02)
    assert change.moved_km is not None
    assert change.moved_km > 10.0
    assert "raised by 6.77 km (± 0." in change.words
    assert "epoch 2026-08-22T11:12:14Z" in change.words


def test_without_a_burn_no_raise_is_told(service: Service, store: Store) -> None:
    drop_km = 0.08
    before = replace(
        NEW,
        epoch_unix_s=NEW.epoch_unix_s - 86400.0,
        raan_deg=NEW.raan_deg + 6.1,
        mean_motion_rev_day=NEW.mean_motion_rev_day * (1 - 1.5 * drop_km / 6768.0),
    )
    change = gp(service, store, known=before).change
    assert change is not None
    assert change.burn is None
    assert "raised" not in change.words


def test_the_history_grows_with_each_new_set(service: Service, store: Store) -> None:
    for n in range(4):
        epoch = NEW.epoch_unix_s + n * 7 * HOUR_S
        node = NEW.raan_deg - 6.1 * n * 7 / 24
        service.on("/celestrak-gp/", omm([replace(NEW, epoch_unix_s=epoch, raan_deg=node), *stations()]))
        assert gp(service, store, NOW + n * 7 * HOUR_S).outcome == "new"
    assert len(store.element_sets()) == 4


def test_a_file_we_have_is_not_fetched_again(service: Service, store: Store) -> None:
    settings = service.settings(use_operator_ephemeris=True)
    for n, outcome in enumerate(("new", "unchanged", "unchanged")):
        report = refresh_now(store, settings, NOW + n * CMSA.interval_s + n)
        assert of(report, CMSA).outcome == outcome
    assert len(service.paths("/cmsa/202608/")) == 1
    assert len(service.paths("/cmsa/")) == 4


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
def test_an_ephemeris_of_something_else_is_set_aside(
    service: Service, store: Store, spoil: Callable[[bytes], bytes], reason: str
) -> None:
    text = spoil(body("CSS_OEM_20260821004850_0001.excerpt.dat"))
    service.on("/cmsa/202608/", zipped((EPHEMERIS_NAME, text)))
    result = of(refresh_now(store, service.settings(use_operator_ephemeris=True), NOW), CMSA)
    assert result.outcome == "garbled"
    assert re.search(reason, result.words), result.words
    assert news.operator_ephemeris(store) is None


# Manners


def test_the_second_refresh_within_two_hours_asks_nothing(service: Service, store: Store) -> None:
    refresh_now(store, service.settings(), NOW)
    asked = len(service.asked)
    report = refresh_now(store, service.settings(), NOW + 2 * HOUR_S - 1)
    assert len(service.asked) == asked
    assert of(report, CELESTRAK_GP).outcome == "waiting"
    assert "too early" in of(report, CELESTRAK_GP).words
    assert not report.asked
    refresh_now(store, service.settings(), NOW + 2 * HOUR_S + 60)
    assert len(service.paths("/celestrak-gp/")) == 2


def test_nothing_newer_is_a_success_and_waits_two_hours(service: Service, store: Store) -> None:
    gp(service, store)
    for status in (403, 200):
        service.on("/celestrak-gp/", Reply(NOT_UPDATED, status))
        now = store.states()["celestrak-gp"].next_try_unix_s
        result = gp(service, store, now)
        assert (result.outcome, result.state.in_trouble) == ("newest", False)
        assert result.state.next_try_unix_s == pytest.approx(now + 2 * HOUR_S, abs=5)
        assert result.state.last_good_unix_s == pytest.approx(now, abs=5)
    assert store.element_sets() == [NEW]
    assert news.companions(store)
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
def test_a_refusal_stops_tells_and_waits_a_day(service: Service, store: Store, reply: Reply) -> None:
    service.on("/celestrak-gp/", reply)
    report = refresh_now(store, service.settings(use_launch_library=False, use_fallbacks=False), NOW)
    result = of(report, CELESTRAK_GP)
    assert result.outcome == "refused"
    assert result.words.isprintable()
    assert "\u202e" not in result.words
    assert result.state.next_try_unix_s == pytest.approx(NOW + 24 * HOUR_S, abs=5)
    assert result.state.last_good_unix_s is None
    assert not report.changed
    assert len(service.paths("/celestrak-gp/")) == 1
    # The same host is left alone altogether.
    assert service.paths("/celestrak-supgp/") == []


def test_too_often_waits_as_long_as_told(service: Service, store: Store) -> None:
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
    crew = news.crew_news(store)
    assert crew is not None
    assert (crew.source, crew.count) == ("People in space", 3)


def test_the_fallback_for_elements_speaks_when_the_first_is_dumb(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(b"", 500))
    report = refresh_now(store, service.settings(), NOW)
    assert of(report, CELESTRAK_GP).outcome == "failed"
    assert of(report, CELESTRAK_SUPPLEMENTAL).outcome == "waiting"
    assert of(report, TLE_API).outcome == "new"
    assert store.element_sets()[-1].source == "TLE API"


def test_a_round_of_launch_library_keeps_what_came_before_it_broke(service: Service, store: Store) -> None:
    service.on("/launch-library/space_stations/18/", Reply(b"", 500))
    result = of(refresh_now(store, service.settings(), NOW), LAUNCH_LIBRARY)
    assert (result.outcome, result.state.in_trouble) == ("failed", True)
    assert result.state.next_try_unix_s >= NOW + 6 * HOUR_S
    crew = news.crew_news(store)
    assert crew is not None
    assert (crew.source, crew.count) == ("Launch Library", 3)  # though the fallback has been asked too
    assert news.station_news(store) is None


@pytest.mark.parametrize("copies", [5])
def test_twenty_starts_and_five_copies_at_once_make_one_request(
    service: Service, store: Store, tmp_path: Path, copies: int
) -> None:
    """Real processes; each start is one, five of them at a time."""
    code = (
        "import sys, json, pathlib, time\n"
        "from sim.sources.store import Store\n"
        "from sim.sources.refresh import refresh_now\n"
        "from sim.sources.catalogue import SOURCES, SourceSettings\n"
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


def test_killed_while_asking_still_counts_as_asked(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(b"[]", silence_s=3.0))
    code = (
        "import sys, pathlib; from sim.sources.store import Store; from sim.sources.refresh import refresh_now\n"
        "from sim.sources.catalogue import SourceSettings\n"
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
    "from sim.sources.store import Store\n"
    "from sim.sources.catalogue import SourceSettings\n"
    "from sim.sources import manners\n"
    "store = Store(pathlib.Path(sys.argv[1]))\n"
    "settings = SourceSettings(offline=True, use_operator_ephemeris=True)\n"
    "assert manners.due(store.states(), settings, time.time()) == ()\n"
)


def test_offline_never_opens_a_socket(store: Store) -> None:
    """An audit hook sees every socket of the interpreter, whoever opens it.

    The event loop's own wake-up pair is a socket too, so this runs the refresh without one.
    """
    code = GUARD + (
        "from sim.sources.refresh import refresh\n"
        "step = refresh(store, settings, time.time())\n"
        "import asyncio\n"
        "class Loop(asyncio.SelectorEventLoop):\n"
        "    def _make_self_pipe(self): pass\n"
        "    def _close_self_pipe(self): pass\n"
        "loop = Loop(); report = loop.run_until_complete(step); loop.close()\n"
        "assert {r.outcome for r in report.results} == {'off'}, report\n"
        "print([m for m in ('httpx', 'stamina', 'numpy') if m in sys.modules])\n"
    )
    assert python("-c", code, str(store.folder)).strip() == "[]"
    assert not store.folder.exists()


def test_the_guard_would_notice(service: Service, store: Store) -> None:
    code = GUARD + (
        f"settings = SourceSettings(base_urls={{'celestrak-gp': 'http://127.0.0.1:{service.port}/'}})\n"
        "from sim.sources.refresh import refresh_now\nrefresh_now(store, settings, time.time())\n"
    )
    with pytest.raises(AssertionError, match=r"a socket: socket\."):
        python("-c", code, str(store.folder))


def test_switched_off_sources_are_not_asked(service: Service, store: Store) -> None:
    refresh_now(store, service.settings(**GP_ONLY), NOW)
    assert service.paths() == service.paths("/celestrak-gp/")


# What must not replace what we have


def spoilt(**changes: Any) -> bytes:
    return omm([replace(NEW, **changes), *[s for s in stations() if s.norad_id != CSS_NORAD_ID]])


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
        (omm(stations())[:-1], "JSON|delimiter|Expecting"),
        (b"\xff\xfe garbage \x00", "UTF-8"),
        (b"{}", "no list"),
        (omm(stations()).replace(b"48274", b"NaN"), "NaN"),
    ],
)
def test_what_cannot_be_trusted_is_set_aside_and_ours_stay(
    service: Service, store: Store, answer: bytes, reason: str
) -> None:
    gp(service, store)
    later = NOW + 3 * HOUR_S
    service.on("/celestrak-gp/", answer)
    result = gp(service, store, later)
    assert result.outcome == "garbled"
    assert re.search(reason, result.words), result.words
    assert result.words.isprintable()
    assert result.change is None
    assert store.element_sets() == [NEW]
    kept = store.last_good("celestrak-gp")
    assert kept is not None
    assert kept.fetched_unix_s < later
    (aside,) = (store.folder / "set-aside").iterdir()
    assert aside.read_bytes().partition(b"\n")[2] == answer
    assert result.state.next_try_unix_s >= later + 2 * HOUR_S
    assert result.state.last_good_unix_s == pytest.approx(NOW, abs=5)


def test_an_older_set_is_kept_in_the_history_but_does_not_replace_ours(service: Service, store: Store) -> None:
    newer = replace(NEW, epoch_unix_s=NEW.epoch_unix_s + 8 * HOUR_S, raan_deg=NEW.raan_deg - 2.03)
    result = gp(service, store, known=newer)
    assert result.outcome == "kept"
    assert "ours is kept" in result.words
    assert result.change is None


def test_the_same_set_is_no_news(service: Service, store: Store) -> None:
    assert gp(service, store, known=replace(NEW, epoch_unix_s=NEW.epoch_unix_s + 0.0004)).outcome == "unchanged"


def test_a_wrong_content_type_does_not_matter_the_text_does(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(omm(stations()), headers={"Content-Type": "text/html"}))
    assert gp(service, store).outcome == "new"


def test_hostile_names_are_harmless(service: Service, store: Store) -> None:
    service.on("/launch-library/expeditions/", expeditions("\x1b[2J[red]Evil[/]\u202e", "B" * 5000))
    refresh_now(store, service.settings(), NOW)
    crew = news.crew_news(store)
    assert crew is not None
    assert crew.names[0] == "[2J[red]Evil[/]"
    assert len(crew.names[1]) <= 60


# Clocks


def test_a_wrong_clock_is_told(service: Service, store: Store) -> None:
    assert refresh_now(store, service.settings(**GP_ONLY), NOW).clock_offset_s is None
    service.date_offset_s += 7200.0
    settings = service.settings(use_supplemental=False, use_fallbacks=False)
    report = refresh_now(store, settings, NOW)
    assert report.clock_offset_s == pytest.approx(-7200.0, abs=3.0)
    assert report.lines()[-1].endswith("s behind the servers'")


def test_a_clock_years_behind_does_not_make_true_sets_impossible(service: Service, store: Store) -> None:
    assert gp(service, store, NOW - 4e7).outcome == "new"


# Stopping


def test_cancel_stops_at_once_and_counts_as_asked(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(b"[" + b" " * 1000, byte_pause_s=0.1))
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()
    began = time.monotonic()
    report = refresh_now(store, service.settings(), NOW, cancel=cancel)
    assert time.monotonic() - began < 2.0
    assert report.cancelled
    assert of(report, CELESTRAK_GP).outcome == "cancelled"
    assert of(report, CELESTRAK_SUPPLEMENTAL).outcome == "cancelled"
    assert not of(report, CELESTRAK_SUPPLEMENTAL).asked
    assert of(report, LAUNCH_LIBRARY).outcome == "new"  # was done before
    assert gp(service, store, NOW + 60).outcome == "waiting"


def test_cancelled_before_it_began_asks_nothing(service: Service, store: Store) -> None:
    cancel = threading.Event()
    cancel.set()
    report = refresh_now(store, service.settings(), NOW, cancel=cancel)
    assert len(report.results) == len(SOURCES)
    assert report.cancelled
    assert not service.asked
    assert not store.folder.exists()


async def test_a_cancelled_task_leaves_no_connection_behind(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(b"[]", silence_s=5.0))
    task = asyncio.create_task(refresh(store, service.settings(**GP_ONLY), NOW))
    while not service.asked:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert store.states()["celestrak-gp"].outcome == "cancelled"


# A bad disk


def test_a_disk_that_takes_nothing_means_that_nothing_is_asked(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = gp(service, Store(tmp_path / "file" / "live"))
    assert not result.asked
    assert "cannot be written" in result.words
    assert not service.asked


def test_a_disk_that_fills_up_meanwhile_is_no_success(
    service: Service, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.sources.files.append", full)
    monkeypatch.setattr("sim.sources.downloads.keep", full)
    result = gp(service, store)
    assert (result.outcome, result.asked, result.change) == ("failed", True, None)
    assert "fetched but not kept" in result.words
    assert "No space left" in result.words
    assert result.state.outcome == "asking"


# The report


def test_the_report_reads_well(service: Service, store: Store) -> None:
    lines = refresh_now(store, service.settings(use_launch_library=False), NOW, known=OLD).lines()
    assert lines[0] == "CelesTrak GP: 21 objects, 4 flying with the station (from 127.0.0.1, 9.5 kB)"
    assert lines[1].startswith("  epoch 2026-08-22T11:12:14Z, 8,067.1 km from the old prediction")
    assert lines[2].startswith("  next allowed 2026-08-22T22:00:00Z, in 01:59:5")
    assert "Launch Library: not asked: switched off" in lines
    assert all(line.isprintable() for line in lines)


def test_a_state_speaks_for_itself(service: Service, store: Store) -> None:
    gp(service, store)
    state = store.states()["celestrak-gp"]
    assert (state.title, state.host) == ("CelesTrak GP", "celestrak.org")
    assert json.loads((store.folder / "states-1.json").read_text())["sources"]["celestrak-gp"]["outcome"] == "new"
    assert manners.due(store.states(), SourceSettings(**GP_ONLY), NOW + 60) == ()
