"""Light on the station: the Sun's direction in its axes, and what a surface looks like in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.astro.shadow import shadow_state
from sim.astro.sun import sun_position_teme_km
from sim.astro.vectors import cross, dot
from sim.types import Vector
from tui.drawing.cells import LINEAR
from tui.model.shapes import Material
from tui.model.vectors import unit

if TYPE_CHECKING:
    from sim.orbit.propagation import State

Light = tuple[float, float, float]
"""Red, green and blue, linear, 1 for white."""

REFLECTED: dict[Material, Light] = {
    Material.WHITE: (0.80, 0.79, 0.75),
    Material.GREY: (0.36, 0.36, 0.35),
    Material.DARK: (0.11, 0.11, 0.12),
    Material.GREEN: (0.33, 0.39, 0.30),
    Material.CELLS: (0.060, 0.105, 0.40),
    Material.CELLS_DARK: (0.043, 0.078, 0.31),
    Material.BACK: (0.34, 0.25, 0.13),
    Material.RADIATOR: (0.90, 0.90, 0.90),
}
"""The share of light that a material throws back; for the eye, not for photometry."""

EARTHSHINE: Light = (0.16, 0.20, 0.27)
"""Light from the Earth below at noon, as a share of the Sun's."""

_SUN_STEPS = 48

STARLIGHT: Light = (0.075, 0.095, 0.140)
"""What is left in the shadow, most of it from above: more than there is, so that the shape can be made out."""


class Illumination(msgspec.Struct, frozen=True, kw_only=True):
    """The light at an instant.

    Attributes:
        sun: Unit vector to the Sun in body axes (x forward, y starboard, z down).
        sunlight: Share of the Sun's disc that is seen: 1 in sunlight, 0 in the umbra.
    """

    sun: Vector
    sunlight: float

    @property
    def earthshine(self) -> float:
        """How much of the Earth below is lit: 1 with the Sun overhead."""
        return max(0.0, min(1.0, 0.1 - self.sun[2]))


EVEN_LIGHT = Illumination(sun=(0.48, 0.36, -0.8), sunlight=0.9)
"""For pictures of an instant at which the place of the station, and with it its light, is not known."""


def lvlh_axes(state: State) -> tuple[Vector, Vector, Vector]:
    """Unit vectors forward along the flight, to starboard and down to the Earth (LVLH), in TEME."""
    position, velocity = state.position_teme_km, state.velocity_teme_km_s
    nadir = unit((-position[0], -position[1], -position[2]))
    starboard = unit(cross(velocity, position))
    return cross(starboard, nadir), starboard, nadir


def sun_direction_lvlh(state: State, sun_teme_km: Vector) -> Vector:
    """Unit vector to the Sun in the station's axes: x forward, y starboard, z down (LVLH).

    The station's own position is too small against the Sun's to matter.
    """
    forward, starboard, nadir = lvlh_axes(state)
    sun = unit(sun_teme_km)
    return dot(sun, forward), dot(sun, starboard), dot(sun, nadir)


def sun_at(unix_s: float, state: State) -> Vector:
    """`sun_direction_lvlh` at an instant."""
    return sun_direction_lvlh(state, sun_position_teme_km(unix_s))


def illumination_at(unix_s: float, state: State) -> Illumination:
    """The light on the station in a state at an instant.

    The direction is rounded to about a degree, so that pictures of instants near each other share their shading.
    """
    sun = sun_at(unix_s, state)
    forward, starboard, down = (round(value * _SUN_STEPS) / _SUN_STEPS for value in sun)
    sunlight = {"sunlit": 1.0, "penumbra": 0.5, "umbra": 0.0}[shadow_state(unix_s, state.position_teme_km)]
    return Illumination(sun=unit((forward, starboard, down)), sunlight=sunlight)


def face_light(normal: Vector, material: Material, light: Illumination, *, shaded: bool = False) -> Light:
    """The light that comes from a face.

    Args:
        normal: Unit vector out of the face, in body axes.
        material: What it is made of.
        light: The light at the instant.
        shaded: Another part stands between the face and the Sun.
    """
    direct = 0.0 if shaded else light.sunlight * max(0.0, dot(normal, light.sun))
    if material in {Material.CELLS, Material.CELLS_DARK}:
        direct += 0.0 if shaded else light.sunlight * 0.35 * max(0.0, dot(normal, light.sun)) ** 8
    below = light.earthshine * (0.5 + 0.5 * normal[2])
    above = 0.62 - 0.38 * normal[2] - 0.12 * normal[0]
    red, green, blue = REFLECTED[material]
    return (
        red * (direct + below * EARTHSHINE[0] + above * STARLIGHT[0]),
        green * (direct + below * EARTHSHINE[1] + above * STARLIGHT[1]),
        blue * (direct + below * EARTHSHINE[2] + above * STARLIGHT[2]),
    )


_SHADES = 1024
_CURVE = [
    round(255 * (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055))
    for v in (number / _SHADES for number in range(_SHADES + 1))
]


def packed_colour(light: Light) -> int:
    """Light as an sRGB colour 0xRRGGBB; what is brighter than white is white."""
    red, green, blue = (_CURVE[min(_SHADES, max(0, round(channel * _SHADES)))] for channel in light)
    return red << 16 | green << 8 | blue


def linear_light(colour: int) -> Light:
    """The light of an sRGB colour 0xRRGGBB."""
    return LINEAR[colour >> 16], LINEAR[colour >> 8 & 255], LINEAR[colour & 255]
