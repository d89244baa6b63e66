"""Element sets and ephemerides that contradict what is known, published by a real server on this machine."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from sim.constants import DAY_S, HOUR_S
from sim.orbit.element_history import embedded_history
from sim.orbit.files.oem_reader import parse_oem
from sim.orbit.uncertainty import expected_error
from sim.sources import disputes
from sim.sources.disputes import contradiction
from sim.sources.refresh import refresh_now
from sim.sources.refresh_report import judged_clock_offset_s
from sim.sources.registry import CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, CMSA, TLE_API
from sim.sources.responses import Outcome
from sim.sources.storage.store import Store
from tests.support.carried_sets import carried, raised
from tests.support.loopback_server import EPHEMERIS_NAME, NOW, Reply, Service, body, expeditions, omm, zipped
from tests.support.refresh_run import GP_ONLY, NEW, gp, of
from tui.session.loading import load_orbit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sim.orbit.elements import ElementSet

KNOWN = carried(NEW, -0.5)
TURNED = replace(NEW, mean_anomaly_deg=(NEW.mean_anomaly_deg + 180.0) % 360.0)


def publish(service: Service, *sets: ElementSet) -> None:
    service.on("/celestrak-gp/", omm(sets))


# The limits


def test_contradiction_within_the_embedded_history_is_none() -> None:
    sets = embedded_history().sets
    assert [late for early, late in pairwise(sets) if contradiction(late, early)] == []


@pytest.mark.parametrize("days", [2, 7, 30])
def test_contradiction_with_much_older_sets_of_the_embedded_history_is_none(days: int) -> None:
    sets = embedded_history().sets
    for early in sets[::20]:
        late = disputes.nearest(sets, early.epoch_unix_s + days * DAY_S)
        assert late is not None
        assert contradiction(late, early) is None
        assert contradiction(early, late) is None


def turned(known: ElementSet) -> ElementSet:
    """The set with the station at the opposite point of the orbit."""
    return replace(known, mean_anomaly_deg=(known.mean_anomaly_deg + 180.0) % 360.0)


@pytest.mark.parametrize("days", [0.1, 0.5, 1.0, 3.0, 6.0, 9.0, 12.0])
def test_contradiction_of_a_turned_set_is_found_for_days(days: int) -> None:
    later = carried(NEW, days)
    assert contradiction(later, NEW) is None
    assert contradiction(turned(later), NEW) is not None
    assert disputes.sees_half_a_revolution(later, NEW)


@pytest.mark.parametrize(("days", "least"), [(5, 1.0), (8, 0.95), (14, 0.8), (20, 0.6)])
def test_contradiction_of_turned_sets_of_the_embedded_history_is_found(days: float, least: float) -> None:
    sets = embedded_history().sets
    found = []
    for early in sets[::20]:
        late = disputes.nearest(sets, early.epoch_unix_s + days * DAY_S)
        assert late is not None
        if abs(late.epoch_unix_s - early.epoch_unix_s - days * DAY_S) < DAY_S:
            found.append(contradiction(turned(late), early) is not None)
            assert disputes.sees_half_a_revolution(late, early) == found[-1]
    assert sum(found) >= least * len(found)


# What the services published


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (TURNED, r"13,5\d\d km from the prediction, at most \d+ km are explained"),
        (raised(NEW, 90.0), "9[01] km higher, the largest raise ever seen is 15 km"),
        (raised(NEW, -72.0), "7[12] km lower within 0.5 days"),
        (replace(NEW, eccentricity=0.03), r"eccentricity changed by \+0.0"),
        (replace(NEW, raan_deg=NEW.raan_deg + 0.8), "orbital plane turned by 0.5"),
    ],
)
def test_refresh_set_that_contradicts_the_prediction_is_disputed(
    service: Service, store: Store, wrong: ElementSet, reason: str
) -> None:
    publish(service, wrong)
    result = gp(service, store, known=KNOWN)
    assert result.outcome is Outcome.DISPUTED
    assert re.search(reason, result.message), result.message
    assert result.message.startswith("disputed: ")
    assert "not used until another source agrees, or this one for two days" in result.message
    assert result.change is None
    assert result.state.failed
    assert store.element_sets() == []
    assert len(store.disputed_sets()) == 1
    assert store.last_good("celestrak-gp") is not None  # kept


def test_refresh_true_set_after_a_disputed_one_is_used(service: Service, store: Store) -> None:
    publish(service, TURNED)
    gp(service, store, known=KNOWN)
    true = carried(NEW, 0.3)
    publish(service, true)
    assert gp(service, store, NOW + 3 * HOUR_S, known=KNOWN).outcome is Outcome.NEW
    assert store.element_sets() == [true]
    assert len(store.disputed_sets()) == 1


def repeated(service: Service, store: Store, first: ElementSet, *days: float) -> tuple[str, ...]:
    """What is accepted in the end where CelesTrak says the same again, so many days after the first set."""
    accepted: tuple[str, ...] = ()
    for after in (0.0, *days):
        publish(service, carried(first, after))
        report = refresh_now(store, service.settings(**GP_ONLY), NOW + after * DAY_S + HOUR_S, known=KNOWN)
        accepted = report.accepted
    return accepted


@pytest.mark.parametrize("wrong", [TURNED, raised(NEW, 40.0)], ids=["turned", "raised"])
@pytest.mark.parametrize("days", [(0.3,), (0.3, 0.6, 0.9, 1.5), (2.5,)], ids=["once", "often", "late"])
def test_refresh_source_that_repeats_itself_does_not_confirm_a_disputed_set(
    service: Service, store: Store, wrong: ElementSet, days: tuple[float, ...]
) -> None:
    assert repeated(service, store, wrong, *days) == ()
    assert store.element_sets() == []
    assert len(store.disputed_sets()) == 1 + len(days)


def test_refresh_source_that_keeps_to_it_for_two_days_is_believed(service: Service, store: Store) -> None:
    accepted = repeated(service, store, raised(NEW, 40.0), 1.0, 2.1)
    assert len(accepted) == 3
    assert "no longer disputed" in accepted[0]
    days = [(s.epoch_unix_s - NEW.epoch_unix_s) / DAY_S for s in store.element_sets()]
    assert days == pytest.approx([0.0, 1.0, 2.1], abs=1e-6)
    assert store.disputed_sets() == []
    assert Store(store.folder).disputed_sets() == []


def test_refresh_source_that_was_right_in_between_is_not_believed_after_two_days(
    service: Service, store: Store
) -> None:
    repeated(service, store, TURNED, 1.0)
    publish(service, carried(NEW, 1.2))
    assert gp(service, store, NOW + 1.3 * DAY_S, known=KNOWN).outcome is Outcome.NEW
    assert repeated(service, store, carried(TURNED, 1.5), 0.6, 1.0) == ()
    assert len(store.element_sets()) == 1


def test_confirmed_forecast_that_says_otherwise_outweighs_two_days_of_one_source() -> None:
    wrong = [carried(TURNED, days) for days in (0.0, 1.0, 2.1)]
    forecast = [carried(NEW, 0.1 + 0.25 * n, source=CELESTRAK_SUPPLEMENTAL.title) for n in range(10)]
    assert len(disputes.confirmed(wrong, [], [KNOWN])) == 3
    assert disputes.confirmed(wrong, forecast, [KNOWN]) == []


def test_confirmed_copy_of_the_catalogue_by_another_service_is_the_same_origin() -> None:
    wrong = [TURNED, carried(TURNED, 0.3, source=TLE_API.title)]
    assert disputes.confirmed(wrong, [], [KNOWN]) == []


def test_confirmed_set_that_a_later_trusted_one_agrees_with_is_used() -> None:
    """Its difference lay within the errors after all."""
    late = carried(NEW, 0.4)
    assert disputes.confirmed([NEW], [], [carried(TURNED, -0.5), late]) == [NEW]


def test_refresh_set_too_late_to_see_half_a_revolution_says_so(service: Service, store: Store) -> None:
    publish(service, NEW)
    result = gp(service, store, known=carried(NEW, -40.0))
    assert result.outcome is Outcome.NEW
    assert (
        "40 days after the set before: whether its place along the orbit is right cannot be checked" in result.message
    )
    near = gp(service, Store(store.folder.parent / "other"), known=KNOWN)
    assert "cannot be checked" not in near.message


def test_refresh_other_source_confirms_a_disputed_set(service: Service, store: Store) -> None:
    moved = raised(NEW, 40.0)
    publish(service, moved)
    service.on("/celestrak-supgp/", omm([carried(moved, 0.1), carried(moved, 0.35)]))
    settings = service.settings(use_launch_library=False, use_fallbacks=False)
    report = refresh_now(store, settings, NOW, known=KNOWN)
    assert of(report, CELESTRAK_GP).outcome is Outcome.DISPUTED
    assert len(report.accepted) == 1
    assert len(store.element_sets()) == 1


def test_refresh_copy_of_a_disputed_set_does_not_confirm_it(service: Service, store: Store) -> None:
    publish(service, TURNED)
    gp(service, store, known=KNOWN)
    publish(service, replace(TURNED, epoch_unix_s=TURNED.epoch_unix_s + 0.5))
    gp(service, store, NOW + 3 * HOUR_S, known=KNOWN)
    assert store.element_sets() == []


def test_refresh_two_disputed_sets_of_one_download_do_not_confirm_each_other(service: Service, store: Store) -> None:
    publish(service, carried(TURNED, -0.2), TURNED)
    assert gp(service, store, known=KNOWN).outcome is Outcome.DISPUTED
    assert store.element_sets() == []


# Epochs ahead of now


@pytest.mark.parametrize("hours", [12, 23])
def test_refresh_set_dated_ahead_waits_for_its_time(service: Service, store: Store, hours: int) -> None:
    ahead = carried(NEW, (NOW - NEW.epoch_unix_s) / DAY_S + hours / 24)
    publish(service, ahead)
    result = gp(service, store, known=KNOWN)
    assert result.outcome is Outcome.DISPUTED
    assert re.search(rf"dated .*, {hours - 1}:59:\d\d ahead of now; not used before then|{hours}:00:0", result.message)
    publish(service, NEW)
    assert gp(service, store, NOW + 3 * HOUR_S, known=KNOWN).outcome is Outcome.NEW  # not "older than ours"
    assert store.element_sets() == [NEW]
    settings = service.settings(**GP_ONLY)
    report = refresh_now(store, settings, NOW + (hours - 1) * HOUR_S, known=KNOWN)
    assert len(report.accepted) == 1
    assert len(store.element_sets()) == 2


def test_refresh_server_clock_of_2040_does_not_make_a_set_of_2040_believed(service: Service, store: Store) -> None:
    years_s = 14 * 365.25 * DAY_S
    service.date_offset_s += years_s
    publish(service, replace(NEW, epoch_unix_s=NEW.epoch_unix_s + years_s))
    result = gp(service, store, known=KNOWN)
    assert result.outcome is Outcome.DISPUTED
    assert "dated 2040" in result.message
    assert store.element_sets() == []
    service.date_offset_s -= years_s
    publish(service, NEW)
    assert gp(service, store, NOW + 3 * HOUR_S, known=KNOWN).outcome is Outcome.NEW


# The clock


@pytest.mark.parametrize(
    ("offsets_s", "offset_s"),
    [
        ({}, 0.0),
        ({"a": 7200.0}, 0.0),
        ({"a": 7200.0, "b": 7201.0}, 7200.0),
        ({"a": 7200.0, "b": 0.4}, 0.4),
        ({"a": -4e8, "b": 7200.0}, 0.0),
        ({"a": -4e8, "b": 7200.0, "c": 7205.0}, 7200.0),
    ],
)
def test_judged_clock_offset_needs_two_servers(offsets_s: dict[str, float], offset_s: float) -> None:
    assert judged_clock_offset_s(offsets_s) == offset_s


def test_refresh_one_server_with_a_wrong_clock_is_not_reported(service: Service, store: Store) -> None:
    service.on("/celestrak-gp/", Reply(omm([NEW]), clock_s=4e8))
    service.on("/launch-library/expeditions/", expeditions("Zhu Yangzhu"))
    settings = service.settings(use_supplemental=False, use_fallbacks=False)
    assert refresh_now(store, settings, NOW, known=KNOWN).clock_offset_s is None


# The operator's forecast

NUMBER = re.compile(rb"(?<![\w.:])-?(\d+\.\d{9})")


def half_a_revolution_off() -> bytes:
    """The operator's ephemeris with every state at the opposite point of the orbit."""

    def negated(match: re.Match[bytes]) -> bytes:
        return match[1] if match[0].startswith(b"-") else b"-" + match[1]

    return NUMBER.sub(negated, body("CSS_OEM_20260821004850_0001.excerpt.dat"))


def test_refresh_ephemeris_half_a_revolution_off_is_disputed(service: Service, store: Store) -> None:
    service.on("/cmsa/202608/", zipped((EPHEMERIS_NAME, half_a_revolution_off())))
    settings = service.settings(use_operator_ephemeris=True, use_launch_library=False, use_fallbacks=False)
    result = of(refresh_now(store, settings, NOW, known=NEW), CMSA)
    assert result.outcome is Outcome.DISPUTED, result.message
    assert re.search(r"13,\d\d\d km from the prediction", result.message)


def test_refresh_forecast_that_contradicts_the_set_is_disputed(service: Service, store: Store) -> None:
    service.on("/celestrak-supgp/", omm([carried(TURNED, 0.1)]))
    result = of(refresh_now(store, service.settings(use_launch_library=False), NOW), CELESTRAK_SUPPLEMENTAL)
    assert result.outcome is Outcome.DISPUTED
    assert "not used while it contradicts the element sets" in result.message


# What becomes of it at the next start


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("TIANGONG_CACHE_DIR", str(folder))
    monkeypatch.setenv("TIANGONG_CONFIG_DIR", str(tmp_path / "config"))
    return folder


@pytest.fixture
def disputed(cache: Path, monkeypatch: pytest.MonkeyPatch) -> ElementSet:
    """A store whose newest download contradicts the embedded history."""
    newest = embedded_history().sets[-1]
    later = carried(newest, 0.5)
    wrong = replace(later, mean_anomaly_deg=(later.mean_anomaly_deg + 180.0) % 360.0, source="CelesTrak GP")
    Store(cache).record(CELESTRAK_GP, wrong.epoch_unix_s, Outcome.DISPUTED, "disputed: x", disputed=[wrong])
    monkeypatch.setattr("time.time", lambda: wrong.epoch_unix_s + 3600.0)
    return wrong


def test_load_orbit_disputed_set_widens_the_error_to_the_split(disputed: ElementSet) -> None:
    loaded = load_orbit()
    assert loaded.orbit.elements(disputed.epoch_unix_s).source == "embedded history"
    (message,) = loaded.messages
    assert message.startswith("disputed and not used: CelesTrak GP set of 2026-10-11T")
    error = expected_error(loaded.orbit, disputed.epoch_unix_s)
    assert error.median_km > 13_000.0
    assert error.p90_km >= error.median_km
    assert error.stale
    before = expected_error(loaded.orbit, disputed.epoch_unix_s - 2 * DAY_S)
    assert not before.stale


def test_status_with_a_disputed_set_names_both_places(
    disputed: ElementSet, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.cli.main import main

    monkeypatch.setenv("TIANGONG_OFFLINE", "1")
    assert main(["status", "--at", "2026-10-11T09:00:00Z", "--place", "Islamabad", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["elements"]["error_km"]["median"] > 13_000.0
    assert re.search(r"disputed: CelesTrak GP set of \S+ puts the station 13,\d+ km away, over \S+ \S+ instead of", err)


def test_load_orbit_disputed_set_refuted_by_a_later_one_is_no_alternative(
    disputed: ElementSet, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = carried(embedded_history().sets[-1], 0.8, source="CelesTrak GP")
    Store(cache).record(CELESTRAK_GP, later.epoch_unix_s, Outcome.NEW, "", sets=[later])
    loaded = load_orbit()
    assert loaded.messages == ()
    assert not expected_error(loaded.orbit, later.epoch_unix_s).stale


def test_load_orbit_disputed_ephemeris_is_not_used(
    service: Service, cache: Path, monkeypatch: pytest.MonkeyPatch, store_newer: Callable[..., Any]
) -> None:
    known = store_newer(cache)
    service.on("/cmsa/202608/", zipped((EPHEMERIS_NAME, half_a_revolution_off())))
    service.on("/celestrak-gp/", omm([known]))
    settings = service.settings(use_operator_ephemeris=True, use_launch_library=False, use_supplemental=False)
    refresh_now(Store(cache), settings, NOW)
    loaded = load_orbit()
    inside = parse_oem(body("CSS_OEM_20260821004850_0001.excerpt.dat").decode()).start_unix_s + 600.0
    assert loaded.orbit.provenance(inside).kind == "sgp4"
    assert any("forecast by CMSA ephemeris" in message for message in loaded.messages)
    assert expected_error(loaded.orbit, inside).median_km > 13_000.0


@pytest.fixture
def store_newer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], ElementSet]:
    """An embedded history that ends shortly before the recorded ephemeris begins."""

    def prepare(_: Path) -> ElementSet:
        from sim.orbit.element_history import ElementHistory

        known = carried(NEW, -1.5)
        monkeypatch.setattr("sim.orbit.element_history.embedded_history", lambda: ElementHistory([carried(NEW, -2.0)]))
        return known

    return prepare
