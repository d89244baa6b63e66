"""The model of the Milky Way: its axes against astropy, and the shape of its band."""

from __future__ import annotations

import numpy as np
import pytest
from astropy import units as u
from astropy.coordinates import SkyCoord

from sim.astro.milky_way import TO_GALACTIC, milky_way_share, surface_brightness
from sim.astro.stars import unit_vector


def direction(longitude_deg: float, latitude_deg: float) -> np.ndarray:
    there = SkyCoord(l=longitude_deg * u.deg, b=latitude_deg * u.deg, frame="galactic").icrs
    return np.array(unit_vector(there.ra.deg, there.dec.deg))


def test_galactic_axes_agree_with_astropy() -> None:
    for longitude_deg, latitude_deg in ((0.0, 0.0), (90.0, 0.0), (0.0, 90.0), (123.0, -45.0)):
        ours = np.array(TO_GALACTIC) @ direction(longitude_deg, latitude_deg)
        expected = np.array(unit_vector(longitude_deg, latitude_deg))
        assert float(np.degrees(np.arccos(np.clip(ours @ expected, -1.0, 1.0)))) < 0.001


def test_milky_way_share_falls_from_beside_the_plane_to_the_poles() -> None:
    for longitude_deg in (0.0, 75.0, 180.0, 290.0):
        shares = [float(milky_way_share(direction(longitude_deg, b))) for b in (8.0, 15.0, 25.0, 40.0, 60.0, 89.9)]
        assert shares == sorted(shares, reverse=True)
        assert shares[-1] == pytest.approx(0.0, abs=0.01)
        south = [float(milky_way_share(direction(longitude_deg, -b))) for b in (8.0, 25.0)]
        assert south == pytest.approx([shares[0], shares[2]], abs=1e-6)


def test_milky_way_is_brighter_towards_its_middle_than_away_from_it() -> None:
    centre, side, away = (float(milky_way_share(direction(side_deg, 3.0))) for side_deg in (0.0, 90.0, 180.0))
    assert 1.0 >= centre > side > away > 0.2


def test_surface_brightness_of_a_disc_without_dust_to_the_pole_is_its_height(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.astro.milky_way.DUST_PER_KPC", 0.0)
    found = float(surface_brightness(np.array(0.0), np.array(90.0)))
    assert found == pytest.approx(0.3, rel=0.01)  # kpc: the integral of exp(-z / 0.3 kpc)
