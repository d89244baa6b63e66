"""From where on Earth the station can be seen at an instant: high enough there, and the sky dark.

Along a parallel both conditions hold on arcs of longitude whose ends have closed forms, on the WGS84 ellipsoid: one
around the station's meridian, one around the meridian opposite the Sun. Needs no numpy.
"""

from __future__ import annotations

from functools import cached_property
from math import acos, cos, degrees, radians, sin, sqrt

import msgspec

from sim.astro.frames import geodetic_to_itrs
from sim.astro.sun import DARK_SKY_ELEVATION_DEG

Arc = tuple[float, float]
"""From one longitude eastwards to another, degrees; the second is the larger one and may lie beyond 180."""

LEAST_ELEVATION_DEG = 10.0


class SeenFrom(msgspec.Struct, frozen=True, dict=True):
    """The part of the Earth from which the station is above the least elevation in a dark sky.

    Whether the station itself is in sunlight is not asked here.

    Attributes:
        latitude_deg: Geodetic latitude below the station.
        longitude_deg: Longitude below it.
        height_km: Its height above WGS84.
        sun_latitude_deg: Declination of the Sun.
        sun_longitude_deg: Longitude below the Sun.
        least_elevation_deg: How high it must stand at least, geometric.
        darkest_sun_deg: How high the Sun may stand at most.
    """

    latitude_deg: float
    longitude_deg: float
    height_km: float
    sun_latitude_deg: float
    sun_longitude_deg: float
    least_elevation_deg: float = LEAST_ELEVATION_DEG
    darkest_sun_deg: float = DARK_SKY_ELEVATION_DEG

    def arcs(self, latitude_deg: float) -> list[Arc]:
        """The arcs of a parallel (geodetic latitude) where both conditions hold; none, one or two."""
        high = self._half_high_deg(latitude_deg)
        light = self._half_light_deg(latitude_deg)
        if high <= 0.0 or light >= 180.0:
            return []
        west, east = self.longitude_deg - high, self.longitude_deg + high
        if light <= 0.0:
            return [(west, east)]
        # Night from the end of light in the east of the Sun round to where it begins in the west, one turn further.
        dusk = self.sun_longitude_deg + light
        dusk += (west - dusk) // 360.0 * 360.0  # the last dusk at or before the western end
        dawn = 360.0 - 2.0 * light
        nights = [(dusk + 360.0 * turn, dusk + 360.0 * turn + dawn) for turn in (0, 1)]
        found = [(max(west, begin), min(east, end)) for begin, end in nights]
        return [(begin, end) for begin, end in found if end > begin]

    def holds(self, latitude_deg: float, longitude_deg: float) -> bool:
        """Whether both conditions hold at a place."""
        return any((longitude_deg - west) % 360.0 <= east - west for west, east in self.arcs(latitude_deg))

    def _half_high_deg(self, latitude_deg: float) -> float:
        """Degrees of longitude on either side of the station's meridian within which it is above the least elevation.

        At the place P with the vertical n, sin(elevation) = (S - P) n / |S - P|. With c the cosine of the difference
        of longitude this reads a + b c = s sqrt(d - e c): a quadratic equation for c.
        """
        latitude = radians(latitude_deg)
        out_km, _, up_km = geodetic_to_itrs(latitude_deg, 0.0, 0.0)
        station_out_km, station_up_km = self._station_km
        outwards, upwards, sine = cos(latitude), sin(latitude), self._least_sine
        a = station_up_km * upwards - (out_km * outwards + up_km * upwards)
        b = station_out_km * outwards
        d = station_out_km**2 + station_up_km**2 + out_km**2 + up_km**2 - 2.0 * station_up_km * up_km
        e = 2.0 * station_out_km * out_km
        if a + b <= sine * sqrt(d - e):  # not even on the station's own meridian
            return 0.0
        if a - b >= sine * sqrt(d + e):  # all around: at a pole
            return 180.0
        half = (2.0 * a * b + sine * sine * e) / 2.0
        root = (-half + sqrt(max(0.0, half * half - b * b * (a * a - sine * sine * d)))) / (b * b)
        return degrees(acos(max(-1.0, min(1.0, root))))

    @cached_property
    def _station_km(self) -> tuple[float, float]:
        """Where the station stands: away from the Earth's axis, and above the plane of the equator."""
        out_km, _, up_km = geodetic_to_itrs(self.latitude_deg, 0.0, self.height_km)
        return out_km, up_km

    @cached_property
    def _least_sine(self) -> float:
        return sin(radians(self.least_elevation_deg))

    def _half_light_deg(self, latitude_deg: float) -> float:
        """Degrees of longitude on either side of the Sun's meridian within which the sky is too bright."""
        latitude, declination = radians(latitude_deg), radians(self.sun_latitude_deg)
        constant, swing = sin(latitude) * sin(declination), cos(latitude) * cos(declination)
        sine = sin(radians(self.darkest_sun_deg))
        if constant - swing >= sine:
            return 180.0
        if constant + swing <= sine:
            return 0.0
        return degrees(acos(max(-1.0, min(1.0, (sine - constant) / swing))))
