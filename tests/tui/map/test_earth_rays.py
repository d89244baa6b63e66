"""The Earth ray by ray: its horizon is smooth, however coarse the pixels are."""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians, sin, sqrt

import numpy as np
import pytest

from sim.constants import MEAN_EARTH_RADIUS_KM
from tui.map.ground.earth import earth_colours
from tui.map.ground.earth_rays import EarthRays

EYE_RADII = 1.0 + 390.0 / MEAN_EARTH_RADIUS_KM
HORIZON_RAD = np.arccos(sqrt(EYE_RADII**2 - 1.0) / EYE_RADII)  # of the horizon from straight down, seen from the eye
NOON = (0.0, 0.0)
BLACK = 0


def column(pixel_rad: float, offset: float, rows: int = 21) -> np.ndarray:
    """Colours down a column of pixels over the horizon of the equator at noon, moved by a share of a pixel."""
    away = [HORIZON_RAD + (rows // 2 + offset - row) * pixel_rad for row in range(rows)]
    rays = np.array([[(-cos(angle), sin(angle), 0.0)] for angle in away])
    picture, _ = EarthRays(earth_colours("truecolor"), smooth=True).picture(
        rays, (EYE_RADII, 0.0, 0.0), pixel_rad, NOON, BLACK
    )
    return picture[:, 0]


@pytest.mark.parametrize("pixel_deg", [0.2, 1.0, 2.0])
def test_horizon_is_as_bright_wherever_it_lies_between_two_pixels(pixel_deg: float) -> None:
    brightest = [column(radians(pixel_deg), offset)[:, 2].max() for offset in np.linspace(0.0, 1.0, 11)]
    assert max(brightest) / min(brightest) < 1.35


def test_air_fades_from_the_horizon_up_to_black() -> None:
    blue = column(radians(0.2), 0.0, rows=41)[:21, 2]
    assert blue[0] < 10.0
    assert all(above <= below for above, below in pairwise(blue))
