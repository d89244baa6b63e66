from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.sources import rate_limit
from sim.sources.rate_limit import SourceState
from sim.sources.registry import (
    CELESTRAK_GP,
    CELESTRAK_SUPPLEMENTAL,
    CMSA,
    HOUR_S,
    LAUNCH_LIBRARY,
    PEOPLE,
    SOURCES,
    TLE_API,
    Limits,
    Source,
    SourceSettings,
)
from sim.sources.responses import GOOD, TROUBLE, Outcome

NOW = 1.79e9
FAILED: tuple[Outcome, ...] = ("failed",)
UNREACHABLE: tuple[Outcome, ...] = ("unreachable",)
FRESH = SourceState("celestrak-gp")


def after(*outcomes: Outcome, source: Source = CELESTRAK_GP, **told: Any) -> SourceState:
    state = SourceState(source.key)
    for outcome in outcomes:
        state = rate_limit.answered(rate_limit.asked(state, source, NOW), source, NOW, outcome, outcome, **told)
    return state


@pytest.mark.parametrize("outcome", [*sorted(GOOD), "garbled", "cancelled"])
def test_whatever_counts_as_a_download_is_followed_by_the_full_interval(outcome: Outcome) -> None:
    for source in SOURCES:
        assert after(outcome, source=source).next_try_unix_s >= NOW + source.interval_s
        assert source.interval_s >= 2 * HOUR_S


def test_a_question_that_was_never_answered_holds_the_interval_too() -> None:
    assert rate_limit.asked(FRESH, CELESTRAK_GP, NOW).next_try_unix_s == NOW + 2 * HOUR_S


def test_nothing_newer_is_a_success() -> None:
    state = after("failed", "newest")
    assert (state.last_good_unix_s, state.failures, state.in_trouble) == (NOW, 0, False)


def test_a_refusal_is_left_alone_for_a_day() -> None:
    assert after("refused").next_try_unix_s == NOW + 24 * HOUR_S


@pytest.mark.parametrize(("told", "waited"), [(None, HOUR_S), (7.0, 60.0), (1234.0, 1234.0), (1e12, 24 * HOUR_S)])
def test_too_often_waits_as_told_within_reason(told: float | None, waited: float) -> None:
    state = rate_limit.answered(FRESH, CELESTRAK_GP, NOW, "throttled", "", retry_after_s=told)
    assert state.next_try_unix_s == NOW + waited


def test_failures_back_off_and_a_success_forgets_them() -> None:
    waits = [after(*FAILED * n).next_try_unix_s - NOW for n in range(1, 9)]
    assert waits[:4] == [900.0, 1800.0, 3600.0, 7200.0]
    assert waits[-1] == rate_limit.LONGEST_BACKOFF_S
    assert after(*FAILED * 8, "new", "failed").next_try_unix_s == NOW + 900.0


def test_a_server_that_names_a_time_is_obeyed_when_it_stumbles() -> None:
    assert after("failed", retry_after_s=5 * HOUR_S).next_try_unix_s == NOW + 5 * HOUR_S


def test_no_connection_is_tried_again_soon_but_not_for_ever() -> None:
    waits = [after(*UNREACHABLE * n).next_try_unix_s - NOW for n in range(1, 9)]
    assert waits[0] == 120.0
    assert waits[-1] == HOUR_S


def test_chance_spreads_the_tries_of_machines_that_failed_together() -> None:
    spread = {after("failed", chance=chance).next_try_unix_s for chance in (0.0, 0.5, 1.0)}
    assert len(spread) == 3
    assert min(spread) == NOW + 900.0


def test_failures_alone_never_reach_fifty_errors_in_two_hours() -> None:
    """CelesTrak's firewall closes at more than fifty: simulate a service that always fails."""
    state, now, errors = FRESH, NOW, []
    while now < NOW + 48 * HOUR_S:
        errors += [now] * Limits().attempts
        state = rate_limit.answered(state, CELESTRAK_GP, now, "failed", "")
        now = state.next_try_unix_s
    worst = max(sum(start <= e < start + 2 * HOUR_S for e in errors) for start in errors)
    assert worst <= 24


@pytest.mark.parametrize("outcome", ["new", "unchanged", "failed", "refused", "garbled", "cancelled"])
def test_launch_library_never_sees_more_than_four_rounds_a_day_or_fifteen_calls_an_hour(outcome: Outcome) -> None:
    wait = after(outcome, source=LAUNCH_LIBRARY).next_try_unix_s - NOW
    assert 24 * HOUR_S / wait <= 4
    assert 3 * Limits().attempts <= 15


def test_every_trouble_is_told_apart_from_success() -> None:
    assert not GOOD & TROUBLE
    for outcome in TROUBLE:
        state = after("new", outcome)
        assert state.in_trouble
        assert state.failures == 1
        assert state.last_good_unix_s == NOW


# The clock


def test_a_state_from_the_future_waits_one_interval_not_years() -> None:
    state = replace(after("new"), last_try_unix_s=NOW + 1e8, next_try_unix_s=NOW + 1e8 + 7200)
    mended = rate_limit.after_clock_change(state, CELESTRAK_GP, NOW)
    assert mended.next_try_unix_s == NOW + CELESTRAK_GP.interval_s
    assert rate_limit.after_clock_change(mended, CELESTRAK_GP, NOW + 7000) == mended


def test_an_ordinary_state_is_left_as_it_is() -> None:
    outcomes: tuple[Outcome, ...] = ("new", "refused", "failed")
    for outcome in outcomes:
        state = after(outcome)
        assert rate_limit.after_clock_change(state, CELESTRAK_GP, NOW + 1.0) is state


# What is wanted


def test_by_default_the_operators_page_and_the_fallbacks_are_not_asked() -> None:
    assert rate_limit.due({}, SourceSettings(), NOW) == (CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, LAUNCH_LIBRARY)


def test_offline_nothing_is_due() -> None:
    assert rate_limit.due({}, SourceSettings(offline=True, use_operator_ephemeris=True), NOW) == ()


def test_the_second_source_of_elements_needs_a_first_in_trouble_and_an_aged_set() -> None:
    trouble = {CELESTRAK_GP.key: after("failed")}
    assert TLE_API in rate_limit.due(trouble, SourceSettings(), NOW, NOW - 2 * 86400)
    assert TLE_API not in rate_limit.due(trouble, SourceSettings(), NOW, NOW - 3600)
    assert TLE_API not in rate_limit.due({CELESTRAK_GP.key: after("new")}, SourceSettings(), NOW, NOW - 9 * 86400)
    assert TLE_API not in rate_limit.due(trouble, SourceSettings(use_fallbacks=False), NOW, NOW - 2 * 86400)


def test_the_second_source_of_crew_likewise() -> None:
    assert PEOPLE in rate_limit.due(
        {LAUNCH_LIBRARY.key: after("throttled", source=LAUNCH_LIBRARY)}, SourceSettings(), NOW
    )
    recent = after("new", "failed", source=LAUNCH_LIBRARY)
    assert PEOPLE not in rate_limit.due({LAUNCH_LIBRARY.key: recent}, SourceSettings(), NOW)
    assert PEOPLE in rate_limit.due({}, SourceSettings(use_launch_library=False), NOW)


def test_what_was_asked_is_not_due_until_its_time() -> None:
    states = {CELESTRAK_GP.key: after("new")}
    settings = SourceSettings(use_launch_library=False, use_supplemental=False, use_fallbacks=False)
    assert rate_limit.due(states, settings, NOW + 2 * HOUR_S - 1) == ()
    assert rate_limit.due(states, settings, NOW + 2 * HOUR_S) == (CELESTRAK_GP,)


def test_opting_in() -> None:
    assert CMSA in rate_limit.due({}, SourceSettings(use_operator_ephemeris=True), NOW)


OUTCOMES = st.sampled_from(sorted(GOOD | TROUBLE | {"cancelled"}))


@given(st.lists(OUTCOMES, max_size=12), st.sampled_from(SOURCES), st.none() | st.floats(0, 1e15), st.floats(0, 1))
def test_the_next_try_is_always_ahead_and_within_a_day(
    outcomes: list[Outcome], source: Source, told: float | None, chance: float
) -> None:
    state = SourceState(source.key)
    for outcome in outcomes:
        state = rate_limit.answered(state, source, NOW, outcome, "", retry_after_s=told, chance=chance)
        assert 59.0 <= state.next_try_unix_s - NOW <= 24 * HOUR_S + 60.0
        assert rate_limit.after_clock_change(state, source, NOW) == state
