"""Stars in the sky of a place, against astropy's full chain."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.astro.precession import precession_matrix
from sim.astro.stars import bright_stars, faintest_magnitude, stars_in_sky
from sim.constants import TT_MINUS_UTC_S
from sim.places.place import Place
from sim.time import J2000_UNIX_S, parse_instant

ISLAMABAD = Place("Islamabad", 33.7215, 73.0433, 500, "Asia/Karachi")
INSTANTS = ("2021-06-01T00:00:00Z", "2024-12-17T13:30:00Z", "2026-03-05T19:12:44Z")


def test_bright_stars_are_complete_and_in_order() -> None:
    stars = bright_stars()
    assert len(stars) > 200
    assert [s.magnitude for s in stars] == sorted(s.magnitude for s in stars)
    assert (stars[0].name, stars[0].name_zh, stars[0].designation) == ("Sirius", "天狼", "α CMa")
    names = [s.name for s in stars if s.name]
    assert len(names) == len(set(names))
    assert all(0.0 <= s.ra_deg < 360.0 and -90.0 <= s.dec_deg <= 90.0 for s in stars)
    assert all(row < other < len(stars) for row, star in enumerate(stars) for other in star.joined)


def test_bright_stars_of_the_dipper_are_one_figure() -> None:
    stars = bright_stars()
    number = {star.name or star.designation: row for row, star in enumerate(stars)}
    dipper = [number[name] for name in ("Alkaid", "Mizar", "Alioth", "δ UMa", "Phecda", "Merak", "Dubhe")]
    for one, other in pairwise(dipper):
        assert max(one, other) in stars[min(one, other)].joined


@pytest.mark.parametrize("when", INSTANTS)
@pytest.mark.parametrize("place", [ISLAMABAD, Place("far south", -65.0, -179.9), Place("pole", 90.0, 0.0)])
def test_stars_in_sky_agree_with_astropy(when: str, place: Place) -> None:
    from astropy import units as u
    from astropy.coordinates import AltAz, EarthLocation, SkyCoord
    from astropy.time import Time
    from astropy.utils import iers

    unix_s = parse_instant(when)
    seen = stars_in_sky(unix_s, place)
    with iers.conf.set_temp("auto_download", False):
        frame = AltAz(
            obstime=Time(unix_s, format="unix"),
            location=EarthLocation.from_geodetic(place.longitude_deg, place.latitude_deg),
        )
        stars = SkyCoord([s.star.ra_deg for s in seen] * u.deg, [s.star.dec_deg for s in seen] * u.deg)
        expected = stars.transform_to(frame)
    ours = SkyCoord([s.azimuth_deg for s in seen] * u.deg, [s.elevation_deg for s in seen] * u.deg)
    theirs = SkyCoord(expected.az, expected.alt)
    # 20 seconds of arc of aberration and 17 of nutation are left out on purpose.
    assert float(np.max(ours.separation(theirs).deg)) < 0.015


def test_precession_matrix_is_a_rotation_and_identity_at_j2000() -> None:
    np.testing.assert_allclose(precession_matrix(J2000_UNIX_S - TT_MINUS_UTC_S), np.eye(3), atol=1e-15)
    matrix = np.array(precession_matrix(parse_instant("2026-11-23")))
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-14)
    assert np.linalg.det(matrix) == pytest.approx(1.0)


def test_stars_in_sky_end_at_the_magnitude_limit() -> None:
    seen = stars_in_sky(parse_instant(INSTANTS[0]), ISLAMABAD, 1.0)
    assert 10 <= len(seen) <= 20
    assert all(s.star.magnitude <= 1.0 for s in seen)


def test_faintest_magnitude_grows_as_the_sun_sets() -> None:
    heights = [10.0, -0.5, -3.0, -6.0, -9.0, -12.0, -15.0, -18.0, -40.0]
    limits = [faintest_magnitude(height) for height in heights]
    assert limits == sorted(limits)
    assert limits[0] < -5.0
    assert faintest_magnitude(-6.0) == pytest.approx(1.0)
    assert limits[-1] == pytest.approx(3.5)
