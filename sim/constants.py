"""Constants of the engine, each with its unit in its name and its source beside it."""

from __future__ import annotations

import math

WGS84_RADIUS_KM = 6378.137
"""Equatorial radius of WGS84 (NGA.STND.0036)."""

WGS84_FLATTENING = 1.0 / 298.257223563
"""Flattening of WGS84 (NGA.STND.0036)."""

WGS84_ECCENTRICITY_SQ = WGS84_FLATTENING * (2.0 - WGS84_FLATTENING)

MEAN_EARTH_RADIUS_KM = 6371.0088
"""IUGG mean radius, for distances along the ground."""

WGS72_MU_KM3_S2 = 398600.8
"""Gravitational parameter of WGS72: the one element sets are fitted with."""

WGS72_RADIUS_KM = 6378.135

MU_KM3_S2 = 398600.4418
"""Gravitational parameter of the Earth (EGM96, WGS84)."""

EARTH_RATE_RAD_S = 7.292115146706979e-5
"""Rotation of the Earth against the mean equinox of date (Vallado 2013, eq. 3-75)."""

AU_KM = 149597870.7
"""Astronomical unit (IAU 2012)."""

SUN_RADIUS_KM = 695700.0
"""Nominal solar radius (IAU 2015 B3)."""

SPEED_OF_LIGHT_KM_S = 299792.458

MINUTE_S = 60.0
HOUR_S = 3600.0
DAY_S = 86400.0
CENTURY_S = 36525.0 * DAY_S
"""Julian century."""

TT_MINUS_UTC_S = 69.184
"""32.184 s and the 37 leap seconds in force since 2017; one second more moves the Sun by 0.04 seconds of arc."""

TAU = 2.0 * math.pi
DEG = math.pi / 180.0

CSS_NORAD_ID = 48274
"""Catalogue number of the Tianhe core module: "the station" in every element service."""

CSS_COSPAR_ID = "2021-035A"
"""International designator of the same."""

TIANHE_LAUNCH_UNIX_S = 1619666595.0
"""2021-04-29T03:23:15Z, the launch of Tianhe (China Manned Space Agency): where time begins here."""

LOWEST_ORBIT_KM = 100.0
"""Nothing that is lower goes round once more."""

BAND_FLOOR_KM = 340.0
BAND_CEILING_KM = 450.0
"""The altitude band the station is designed for (China Manned Space Agency, via press)."""
