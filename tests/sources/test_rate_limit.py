from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sim.constants import HOUR_S
from sim.language import use
from sim.sources import rate_limit
from sim.sources.rate_limit import SourceState
from sim.sources.registry import (
    CELESTRAK_GP,
    CELESTRAK_SUPPLEMENTAL,
    CMSA,
    LAUNCH_LIBRARY,
    PEOPLE,
    SOURCES,
    TLE_API,
    Limits,
    Source,
    SourceSettings,
)
from sim.sources.responses import FAILURES, SUCCESSES, Outcome

NOW = 1.79e9
FAILED: tuple[Outcome, ...] = (Outcome.FAILED,)
UNREACHABLE: tuple[Outcome, ...] = (Outcome.UNREACHABLE,)
FRESH = SourceState(key="celestrak-gp")


def after(*outcomes: Outcome, source: Source = CELESTRAK_GP, **details: Any) -> SourceState:
    state = SourceState(key=source.key)
    for outcome in outcomes:
        state = rate_limit.after_result(
            rate_limit.after_request(state, source, NOW), source, NOW, outcome, outcome, **details
        )
    return state


@pytest.mark.parametrize("outcome", [*sorted(SUCCESSES), Outcome.INVALID, Outcome.CANCELLED, Outcome.DISPUTED])
def test_after_result_of_a_download_waits_the_full_interval(outcome: Outcome) -> None:
    for source in SOURCES:
        assert after(outcome, source=source).next_try_unix_s >= NOW + source.interval_s
        assert source.interval_s >= 2 * HOUR_S


def test_after_request_holds_the_full_interval() -> None:
    assert rate_limit.after_request(FRESH, CELESTRAK_GP, NOW).next_try_unix_s == NOW + 2 * HOUR_S


def test_after_result_not_updated_is_a_success() -> None:
    state = after(Outcome("failed"), Outcome("newest"))
    assert (state.last_good_unix_s, state.failures, state.failed) == (NOW, 0, False)


def test_after_result_refused_waits_a_day() -> None:
    assert after(Outcome("refused")).next_try_unix_s == NOW + 24 * HOUR_S


@pytest.mark.parametrize(("asked_s", "waited"), [(None, HOUR_S), (7.0, 60.0), (1234.0, 1234.0), (1e12, 24 * HOUR_S)])
def test_after_result_throttled_waits_as_asked_within_bounds(asked_s: float | None, waited: float) -> None:
    state = rate_limit.after_result(FRESH, CELESTRAK_GP, NOW, Outcome.THROTTLED, "", retry_after_s=asked_s)
    assert state.next_try_unix_s == NOW + waited


def test_after_result_failures_back_off_until_a_success() -> None:
    waits = [after(*FAILED * n).next_try_unix_s - NOW for n in range(1, 9)]
    assert waits[:4] == [900.0, 1800.0, 3600.0, 7200.0]
    assert waits[-1] == rate_limit.LONGEST_BACKOFF_S
    assert after(*FAILED * 8, Outcome.NEW, Outcome.FAILED).next_try_unix_s == NOW + 900.0


def test_after_result_failed_with_retry_after_waits_as_asked() -> None:
    assert after(Outcome("failed"), retry_after_s=5 * HOUR_S).next_try_unix_s == NOW + 5 * HOUR_S


def test_after_result_unreachable_waits_two_minutes_to_an_hour() -> None:
    waits = [after(*UNREACHABLE * n).next_try_unix_s - NOW for n in range(1, 9)]
    assert waits[0] == 120.0
    assert waits[-1] == HOUR_S


def test_after_result_jitter_spreads_the_next_requests() -> None:
    spread = {after(Outcome("failed"), jitter=jitter).next_try_unix_s for jitter in (0.0, 0.5, 1.0)}
    assert len(spread) == 3
    assert min(spread) == NOW + 900.0


def test_rate_limit_always_failing_service_gets_under_fifty_errors_in_two_hours() -> None:
    """CelesTrak's firewall closes at more than fifty: simulate a service that always fails."""
    state, now, errors = FRESH, NOW, []
    while now < NOW + 48 * HOUR_S:
        errors += [now] * Limits().attempts
        state = rate_limit.after_result(state, CELESTRAK_GP, now, Outcome.FAILED, "")
        now = state.next_try_unix_s
    worst = max(sum(start <= e < start + 2 * HOUR_S for e in errors) for start in errors)
    assert worst <= 24


@pytest.mark.parametrize(
    "outcome", sorted((SUCCESSES | FAILURES | {Outcome.CANCELLED}) - {Outcome.THROTTLED, Outcome.UNREACHABLE})
)
def test_rate_limit_launch_library_at_most_four_rounds_a_day(outcome: Outcome) -> None:
    wait = after(outcome, source=LAUNCH_LIBRARY).next_try_unix_s - NOW
    assert 24 * HOUR_S / wait <= 4
    assert 3 * Limits().attempts <= 15


def test_outcome_failures_and_successes_do_not_overlap() -> None:
    assert not SUCCESSES & FAILURES
    for outcome in FAILURES:
        state = after(Outcome("new"), outcome)
        assert state.failed
        assert state.failures == 1
        assert state.last_good_unix_s == NOW


# The clock


def test_after_clock_change_state_from_the_future_waits_one_interval() -> None:
    state = replace(after(Outcome("new")), last_try_unix_s=NOW + 1e8, next_try_unix_s=NOW + 1e8 + 7200)
    mended = rate_limit.after_clock_change(state, CELESTRAK_GP, NOW)
    assert mended.next_try_unix_s == NOW + CELESTRAK_GP.interval_s
    assert rate_limit.after_clock_change(mended, CELESTRAK_GP, NOW + 7000) == mended


def test_after_clock_change_ordinary_state_is_unchanged() -> None:
    outcomes: tuple[Outcome, ...] = (Outcome.NEW, Outcome.REFUSED, Outcome.FAILED)
    for outcome in outcomes:
        state = after(outcome)
        assert rate_limit.after_clock_change(state, CELESTRAK_GP, NOW + 1.0) is state


# What is wanted


def wanted(
    states: dict[str, SourceState], settings: SourceSettings, now: float, newest_epoch_unix_s: float | None = None
) -> tuple[Source, ...]:
    return tuple(s for s in SOURCES if rate_limit.is_wanted(s, states, settings, now, newest_epoch_unix_s))


def test_is_wanted_by_default_excludes_operator_page_and_fallbacks() -> None:
    assert wanted({}, SourceSettings(), NOW) == (CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, LAUNCH_LIBRARY)


def test_is_wanted_offline_is_empty() -> None:
    assert wanted({}, SourceSettings(offline=True, use_operator_ephemeris=True), NOW) == ()


def test_is_wanted_element_fallback_needs_a_failed_source_and_an_old_set() -> None:
    failing = {CELESTRAK_GP.key: after(Outcome("failed"))}
    assert TLE_API in wanted(failing, SourceSettings(), NOW, NOW - 2 * 86400)
    assert TLE_API not in wanted(failing, SourceSettings(), NOW, NOW - 3600)
    assert TLE_API not in wanted({CELESTRAK_GP.key: after(Outcome("new"))}, SourceSettings(), NOW, NOW - 9 * 86400)
    assert TLE_API not in wanted(failing, SourceSettings(use_fallbacks=False), NOW, NOW - 2 * 86400)


def test_is_wanted_crew_fallback_needs_a_failing_source_and_old_news() -> None:
    assert PEOPLE in wanted(
        {LAUNCH_LIBRARY.key: after(Outcome("throttled"), source=LAUNCH_LIBRARY)}, SourceSettings(), NOW
    )
    recent = after(Outcome("new"), Outcome("failed"), source=LAUNCH_LIBRARY)
    assert PEOPLE not in wanted({LAUNCH_LIBRARY.key: recent}, SourceSettings(), NOW)
    assert PEOPLE in wanted({}, SourceSettings(use_launch_library=False), NOW)


def test_is_wanted_operator_page_if_switched_on() -> None:
    assert CMSA in wanted({}, SourceSettings(use_operator_ephemeris=True), NOW)


OUTCOMES = st.sampled_from(sorted(SUCCESSES | FAILURES | {Outcome.CANCELLED}))


@given(st.lists(OUTCOMES, max_size=12), st.sampled_from(SOURCES), st.none() | st.floats(0, 1e15), st.floats(0, 1))
def test_after_result_next_request_is_always_ahead_and_within_a_day(
    outcomes: list[Outcome], source: Source, asked_s: float | None, jitter: float
) -> None:
    state = SourceState(key=source.key)
    for outcome in outcomes:
        state = rate_limit.after_result(state, source, NOW, outcome, "", retry_after_s=asked_s, jitter=jitter)
        assert 59.0 <= state.next_try_unix_s - NOW <= 24 * HOUR_S + 60.0
        assert rate_limit.after_clock_change(state, source, NOW) == state


def test_text_of_a_result_is_whole_in_its_own_language_and_without_details_in_another() -> None:
    state = rate_limit.after_result(FRESH, CELESTRAK_GP, NOW, Outcome.REFUSED, "celestrak.org: request refused (403)")
    assert (state.text, state.language) == ("celestrak.org: request refused (403)", "en")
    use("zh_CN")
    assert state.text == "请求被拒绝"
    assert replace(state, language="").text == state.message  # written by a version that did not store it
    assert rate_limit.after_result(state, CELESTRAK_GP, NOW, Outcome.NEW, "新根数").text == "新根数"


@pytest.mark.parametrize("outcome", [*sorted(SUCCESSES), *sorted(FAILURES), Outcome.CANCELLED])
def test_text_of_every_outcome_has_a_translation(outcome: Outcome) -> None:
    state = after(outcome)
    use("zh_CN")
    assert state.text not in {state.message, outcome}
    assert not state.text.isascii()
