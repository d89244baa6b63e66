"""Precession and nutation against erfa's routines of the same series."""

from __future__ import annotations

import erfa
import numpy as np

from sim.astro.precession import eme2000_to_teme
from sim.constants import DAY_S, TT_MINUS_UTC_S


def test_eme2000_to_teme_from_2021_to_2050_agrees_with_erfa_to_a_fifth_of_a_metre() -> None:
    unix_s = np.arange(1.6e9, 2.55e9, 5.3 * DAY_S)
    ours = eme2000_to_teme(unix_s)
    tt_days = (unix_s + TT_MINUS_UTC_S) / DAY_S
    reference = np.array([
        erfa.rz(erfa.eqeq94(2440587.5, tt), np.eye(3)) @ erfa.pnm80(2440587.5, tt) for tt in tt_days
    ])  # fmt: skip
    off = ours @ reference.transpose(0, 2, 1) - np.eye(3)
    assert np.abs(off).max() * 6_770_000.0 < 0.2


def test_eme2000_to_teme_is_a_rotation() -> None:
    turn = eme2000_to_teme(np.linspace(1.6e9, 2.0e9, 50))
    np.testing.assert_allclose(turn @ turn.transpose(0, 2, 1), np.broadcast_to(np.eye(3), turn.shape), atol=1e-14)
    np.testing.assert_allclose(np.linalg.det(turn), 1.0, atol=1e-13)
