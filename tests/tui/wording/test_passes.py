"""Passes as texts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from sim.language import use
from sim.orbit.uncertainty import SPEED_KM_S, UNSTATED, ExpectedError
from tui.wording.passes import timing_shares

if TYPE_CHECKING:
    from sim.passes.model import Pass


def pass_with(error: ExpectedError | None) -> Pass:
    return cast("Pass", SimpleNamespace(error=error))


def expected(median_s: float, p90_s: float, *, known: bool = True) -> ExpectedError:
    return ExpectedError(SPEED_KM_S * median_s, SPEED_KM_S * p90_s, position_known=known, stale=False)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (expected(0.4, 130.0), "half within 1 s, 90 % within 2 min"),
        (expected(24.0, 130.0), "half within 24 s, 90 % within 2 min"),
        (expected(118.0, 122.0), "90 % within 2 min"),
        (expected(0.1, 0.2), "90 % within 1 s"),
        (expected(24.0, 130.0, known=False), ""),
        (UNSTATED, ""),
        (None, ""),
    ],
)
def test_timing_shares_names_both_quantiles(error: ExpectedError | None, text: str) -> None:
    assert timing_shares(pass_with(error)) == text


def test_timing_shares_in_chinese_have_no_blank_after_the_unit() -> None:
    use("zh_CN")
    assert timing_shares(pass_with(expected(20.0, 120.0))) == "一半在 20 秒内，90 % 在 2 分钟内"
