"""What is seen behind the station: the Earth below it in the light of the Sun, the air over its horizon, stars.

The Earth is a sphere here; the station keeps its body axes along the flight (see `tui.model.assembly`). Loads numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.astro.frames import teme_position_to_itrs
from sim.astro.stars import bright_stars, catalogue_directions, in_j2000
from sim.astro.sun import subsolar_point
from sim.astro.vectors import dot
from sim.constants import MEAN_EARTH_RADIUS_KM
from tui.drawing.cells import blend
from tui.map.globe_projection import direction
from tui.map.ground.earth import earth_colours
from tui.map.ground.earth_rays import ROUNDED_TO, EarthRays, packed
from tui.model.camera import Projection
from tui.model.lighting import lvlh_axes
from tui.model.scene import SPACE_COLOUR, Backdrop
from tui.model.vectors import along
from tui.sky.sky_light import star_colour

if TYPE_CHECKING:
    from sim.orbit.propagation import State
    from sim.types import Bools, Floats, Vector
    from tui.drawing.canvas import DotGrid
    from tui.map.ground.earth import EarthColours
    from tui.model.camera import Camera

EARTH_SHARE = 0.72
"""The Earth is shown darker than on the map, so that the station stands out before it."""

DISC_RAD, GLARE_RAD = 0.0047, 0.03
"""Half of the Sun's width, and in what angle the glare around it falls to a third: for the eye, not for photometry."""

LEAST_STAR_SHARE, BRIGHTEST_MAGNITUDE, FAINTEST_MAGNITUDE = 0.35, 0.0, 4.5


def backdrop_of(
    unix_s: float, state: State, camera: Camera, width: int, height: int, grid: DotGrid, kind: EarthColours
) -> Backdrop:
    """What is seen behind the station in a picture.

    Args:
        unix_s: The instant, UTC.
        state: The station's position and velocity in TEME then.
        camera: The eye.
        width: Columns of cells.
        height: Rows of cells.
        grid: Pixels in a cell.
        kind: Colours of the terminal.
    """
    axes = lvlh_axes(state)
    pixels = Projection(camera, width * grid.across, height * grid.down, grid.across, grid.down / 2.0)
    earth = _earth_pixels(unix_s, state, axes, pixels, kind)
    cells = Projection(camera, width, height, 1.0, 0.5)
    return Backdrop(pixels=earth, stars=_star_cells(unix_s, axes, cells, width, height))


def _earth_pixels(
    unix_s: float, state: State, axes: tuple[Vector, Vector, Vector], view: Projection, kind: EarthColours
) -> list[list[int]]:
    """Rows of colours of the Earth, the air and space, `SPACE_COLOUR` where there is nothing."""
    import numpy as np

    fixed = tuple(teme_position_to_itrs(unix_s, axis) for axis in axes)
    to_eye, right, up = (np.array(_turned(body, fixed)) for body in (view.to_eye, view.right, view.up))
    across, upwards = view.slopes()
    rays = np.array(across)[None, :, None] * right + np.array(upwards)[:, None, None] * up - to_eye
    x, y, z = (value / MEAN_EARTH_RADIUS_KM for value in teme_position_to_itrs(unix_s, state.position_teme_km))
    earth = EarthRays(earth_colours(kind), smooth=kind == "truecolor")
    sun = subsolar_point(unix_s)
    picture, hits = earth.picture(rays, (x, y, z), view.pixel_rad, sun, SPACE_COLOUR, EARTH_SHARE)
    _add_sun(picture, rays, np.array(direction(*sun)), behind=hits)
    nothing = SPACE_COLOUR & ROUNDED_TO
    return [[SPACE_COLOUR if colour == nothing else colour for colour in row] for row in packed(picture)]


def _turned(body: Vector, axes: tuple[Vector, ...]) -> Vector:
    """A direction of body axes in the frame in which these axes are given."""
    return along((0.0, 0.0, 0.0), *zip(body, axes, strict=True))


def _add_sun(picture: Floats, rays: Floats, sun: Floats, *, behind: Bools) -> None:
    """Add the disc of the Sun and the glare around it, where nothing of the Earth (`behind`) is before it."""
    import numpy as np

    away = np.arccos(np.clip(rays @ sun / np.linalg.norm(rays, axis=2), -1.0, 1.0))
    glare = np.maximum(np.exp(-away / GLARE_RAD), away < DISC_RAD) * ~behind
    picture += glare[..., None] * (255.0 - picture)


def _star_cells(
    unix_s: float, axes: tuple[Vector, Vector, Vector], view: Projection, width: int, height: int
) -> dict[tuple[int, int], int]:
    """The colour of the brightest star in each cell (column, row) in which there is one."""
    found: dict[tuple[int, int], int] = {}
    axes = in_j2000(unix_s, axes)  # instead of a thousand stars of the catalogue, to the date
    to_eye, least = _turned(view.to_eye, axes), view.least_depth
    for star, way in zip(bright_stars(), catalogue_directions(), strict=True):
        if star.magnitude > FAINTEST_MAGNITUDE:
            break
        if -dot(to_eye, way) < least:
            continue
        body = dot(axes[0], way), dot(axes[1], way), dot(axes[2], way)
        place = view.far_point(body)
        if place is None or not (0.0 <= place[0] < width and 0.0 <= place[1] < height):
            continue
        share = (FAINTEST_MAGNITUDE - star.magnitude) / (FAINTEST_MAGNITUDE - BRIGHTEST_MAGNITUDE)
        share = min(1.0, LEAST_STAR_SHARE + (1.0 - LEAST_STAR_SHARE) * share)
        found.setdefault((int(place[0]), int(place[1])), blend(SPACE_COLOUR, star_colour(star.b_v), share))
    return found
