"""What the station's vehicles look like: published sizes with their sources, and the shapes made of them.

Lengths and largest diameters are published. How a vehicle is divided along its length, and where a wing is mounted, is
measured from published drawings and photographs: right to about a metre.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

import msgspec


class Material(IntEnum):
    """Surfaces that reflect light differently."""

    WHITE = 0
    """White blankets and paint."""
    GREY = 1
    """Grey blankets of the laboratories and service modules."""
    DARK = 2
    """Docking gear, engines, struts."""
    GREEN = 3
    """The grey-green blankets of Shenzhou."""
    CELLS = 4
    """The front of solar wings."""
    CELLS_DARK = 5
    """Every other panel of a wing, a shade darker, so that its length can be read."""
    BACK = 6
    """The back of solar wings."""
    RADIATOR = 7
    """Radiators: the whitest surfaces."""


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """A published size.

    Attributes:
        what: What is measured.
        metres: The size (square metres for an area).
        tolerance_m: How far it may be off, by rounding or because sources differ.
        source: Who published it.
    """

    what: str
    metres: float
    tolerance_m: float
    source: str


class Segment(msgspec.Struct, frozen=True):
    """A stretch of a body of revolution."""

    length_m: float
    radius_m: float
    end_radius_m: float
    material: Material


class WingPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two solar wings on opposite sides.

    Attributes:
        station_m: Distance of their axis from the docking end, along the vehicle.
        root_m: Distance of a wing's inner edge from the vehicle's axis.
        length_m: Length of one wing.
        width_m: Width of a wing.
        panels: Panels along a wing.
        joints: 1: turned about the wing's own axis; 2: also about the vehicle's axis, so that it faces the Sun fully.
    """

    station_m: float
    root_m: float
    length_m: float
    width_m: float
    panels: int
    joints: Literal[1, 2]


class VehicleShape(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle along its axis, from the end with which it docks.

    Attributes:
        segments: Its body.
        wings: Its solar wings.
        sizes: The published sizes it is built to.
    """

    segments: tuple[Segment, ...]
    wings: tuple[WingPair, ...]
    sizes: tuple[Size, ...]

    @property
    def length_m(self) -> float:
        """The length of the body."""
        return sum(segment.length_m for segment in self.segments)

    @property
    def diameter_m(self) -> float:
        """The largest diameter of the body."""
        return 2.0 * max(max(segment.radius_m, segment.end_radius_m) for segment in self.segments)

    @property
    def span_m(self) -> float:
        """From tip to tip of the largest wings."""
        return max(2.0 * (wing.root_m + wing.length_m) for wing in self.wings)


_CAST = "China Academy of Space Technology, April 2021"
_CMSA_WENTIAN = "CMSA, August 2022"
_SHENZHOU = "Wikipedia, Shenzhou (spacecraft); CMSA"
_TIANZHOU = "Chinese Academy of Sciences, 21 April 2017; Wikipedia, Tianzhou (spacecraft)"

TIANHE = VehicleShape(
    segments=(
        Segment(0.5, 0.7, 0.7, Material.DARK),
        Segment(0.5, 0.95, 1.35, Material.WHITE),
        Segment(1.4, 1.4, 1.4, Material.WHITE),
        Segment(0.6, 1.4, 1.15, Material.WHITE),
        Segment(4.2, 1.4, 1.4, Material.WHITE),
        Segment(0.8, 1.4, 2.1, Material.GREY),
        Segment(2.6, 2.1, 2.1, Material.WHITE),
        Segment(0.3, 2.1, 2.1, Material.GREY),
        Segment(2.9, 2.1, 2.1, Material.RADIATOR),
        Segment(2.2, 1.5, 1.4, Material.GREY),
        Segment(0.6, 0.9, 0.7, Material.DARK),
    ),
    wings=(WingPair(station_m=6.4, root_m=2.4, length_m=12.6, width_m=5.3, panels=6, joints=1),),
    sizes=(
        Size(what="length", metres=16.6, tolerance_m=0.1, source=_CAST),
        Size(what="largest diameter", metres=4.2, tolerance_m=0.1, source=_CAST),
        Size(what="area of both wings, m²", metres=134.0, tolerance_m=5.0, source="CCTV: more than 130 m²"),
    ),
)

_LABORATORY_WINGS = WingPair(station_m=16.6, root_m=2.0, length_m=26.0, width_m=4.2, panels=12, joints=2)
_LABORATORY_SIZES = (
    Size(what="length", metres=17.9, tolerance_m=0.1, source="Sputnik, 24 July 2022; CCTV"),
    Size(what="largest diameter", metres=4.2, tolerance_m=0.1, source="Sputnik, 24 July 2022"),
    Size(what="span of the wings", metres=56.0, tolerance_m=1.0, source=f"{_CMSA_WENTIAN}: more than 55 m"),
    Size(what="area of one wing, m²", metres=110.0, tolerance_m=5.0, source=f"{_CMSA_WENTIAN}: about 110 m²"),
)

WENTIAN = VehicleShape(
    segments=(
        Segment(0.5, 0.7, 0.7, Material.DARK),
        Segment(0.8, 1.3, 2.1, Material.WHITE),
        Segment(5.6, 2.1, 2.1, Material.WHITE),
        Segment(0.3, 2.1, 2.1, Material.GREY),
        Segment(2.4, 2.1, 2.1, Material.WHITE),
        Segment(0.7, 2.1, 1.3, Material.GREY),
        Segment(2.8, 1.3, 1.3, Material.WHITE),
        Segment(2.7, 1.4, 1.4, Material.GREY),
        Segment(1.5, 0.8, 0.8, Material.DARK),
        Segment(0.6, 0.8, 0.4, Material.DARK),
    ),
    wings=(_LABORATORY_WINGS,),
    sizes=_LABORATORY_SIZES,
)

MENGTIAN = VehicleShape(
    segments=(
        Segment(0.5, 0.7, 0.7, Material.DARK),
        Segment(0.8, 1.3, 2.1, Material.WHITE),
        Segment(4.6, 2.1, 2.1, Material.WHITE),
        Segment(0.3, 2.1, 2.1, Material.GREY),
        Segment(5.6, 2.1, 2.1, Material.RADIATOR),
        Segment(0.5, 2.1, 1.4, Material.GREY),
        Segment(3.5, 1.4, 1.4, Material.GREY),
        Segment(1.5, 0.8, 0.8, Material.DARK),
        Segment(0.6, 0.8, 0.4, Material.DARK),
    ),
    wings=(_LABORATORY_WINGS,),
    sizes=_LABORATORY_SIZES,
)

SHENZHOU = VehicleShape(
    segments=(
        Segment(0.6, 0.6, 0.7, Material.DARK),
        Segment(0.4, 0.75, 1.1, Material.GREEN),
        Segment(2.0, 1.12, 1.12, Material.GREEN),
        Segment(0.4, 1.1, 0.75, Material.GREEN),
        Segment(2.0, 0.8, 1.26, Material.GREY),
        Segment(0.4, 1.26, 1.4, Material.DARK),
        Segment(2.6, 1.4, 1.4, Material.WHITE),
        Segment(0.85, 1.0, 0.6, Material.DARK),
    ),
    wings=(WingPair(station_m=7.2, root_m=1.7, length_m=6.8, width_m=2.0, panels=4, joints=1),),
    sizes=(
        Size(what="length", metres=9.25, tolerance_m=0.1, source=_SHENZHOU),
        Size(what="largest diameter", metres=2.8, tolerance_m=0.1, source=_SHENZHOU),
        Size(what="span of the wings", metres=17.0, tolerance_m=0.5, source=_SHENZHOU),
    ),
)

TIANZHOU = VehicleShape(
    segments=(
        Segment(0.5, 0.6, 0.7, Material.DARK),
        Segment(0.5, 0.9, 1.675, Material.WHITE),
        Segment(2.6, 1.675, 1.675, Material.WHITE),
        Segment(0.3, 1.675, 1.675, Material.GREY),
        Segment(2.9, 1.675, 1.675, Material.WHITE),
        Segment(0.5, 1.675, 1.4, Material.GREY),
        Segment(2.6, 1.4, 1.4, Material.GREY),
        Segment(0.7, 1.0, 0.6, Material.DARK),
    ),
    wings=(WingPair(station_m=8.6, root_m=1.75, length_m=5.7, width_m=2.4, panels=3, joints=1),),
    sizes=(
        Size(what="length", metres=10.6, tolerance_m=0.1, source=_TIANZHOU),
        Size(what="largest diameter", metres=3.35, tolerance_m=0.05, source=_TIANZHOU),
        Size(what="span of the wings", metres=14.9, tolerance_m=0.2, source="Wikipedia (de), Tianzhou"),
    ),
)


def shape_of(vehicle: str, kind: str) -> VehicleShape:
    """The shape of a vehicle.

    Args:
        vehicle: Its name, like `Wentian` or `Tianzhou-10`.
        kind: `module`, `cargo`, `crewed` or `uncrewed`; decides where the name is not a module's. A module that is
            not known (a future one) is drawn like a laboratory.
    """
    modules = {"Tianhe": TIANHE, "Wentian": WENTIAN, "Mengtian": MENGTIAN}
    if kind == "module":
        return modules.get(vehicle, MENGTIAN)
    return TIANZHOU if kind == "cargo" else SHENZHOU
