"""The reference for passes: elevation sampled every 0.1 s through `sim.astro.frames`, with no shortcuts of its own.

Most samples can be spared without losing one crossing. The station's height over the threshold cone, in km, bends by
at most `BEND_KM_S2`; so between two samples ten seconds apart that both lie `CLEAR_KM` below (or above) the cone it
cannot touch it. Only the other intervals are sampled every 0.1 s. `brute_crossings` spares nothing and is compared
with it in the tests.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.astro.frames import (
    Topocentric,
    enu_axes,
    geodetic_to_itrs,
    teme_position_to_itrs,
    teme_to_itrs,
    topocentric,
)
from sim.astro.vectors import columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.orbit.propagation import Orbit
    from sim.places.place import Place

COARSE_S, FINE_S = 10.0, 0.1
BEND_KM_S2 = 0.2
"""|d2/dt2 (up - range sin(el))| <= gravity + Coriolis (0.011) + sin(el) v^2/range (0.174 * 60 / 300 and less)."""
CLEAR_KM = BEND_KM_S2 * COARSE_S**2 / 8.0


class ReferencePass(NamedTuple):
    rise_unix_s: float
    peak_unix_s: float
    set_unix_s: float
    peak_elevation_deg: float
    rise_azimuth_deg: float
    peak_azimuth_deg: float


class DenseSearch:
    """Sampled positions over a window, shared between places."""

    def __init__(self, orbit: Orbit, start_unix_s: float, days: float) -> None:
        self.orbit = orbit
        # Passes that reach over the edges of the window are looked for as well.
        self.coarse_unix_s = np.arange(start_unix_s - 3000.0, start_unix_s + days * 86400.0 + 3000.0, COARSE_S)
        self.window = (start_unix_s, start_unix_s + days * 86400.0)

    @cached_property
    def coarse_km(self) -> np.ndarray:
        return self.positions(self.coarse_unix_s)

    @cached_property
    def brute_km(self) -> np.ndarray:
        return self.positions(np.arange(*self.window, FINE_S))

    def positions(self, unix_s: np.ndarray) -> np.ndarray:
        states = self.orbit.states(unix_s)
        assert states.ok.all()
        return np.stack(teme_position_to_itrs(unix_s, columns(states.position_teme_km), np), axis=-1)

    def passes(self, place: Place, threshold_deg: float) -> list[ReferencePass]:
        site, up, sine = _site(place, threshold_deg)
        heights = _height_over_cone(self.coarse_km, site, up, sine)
        before, after = heights[:-1], heights[1:]
        touching = (np.maximum(before, after) > -CLEAR_KM) & (np.minimum(before, after) < CLEAR_KM)
        if not touching.any():
            return []
        starts = self.coarse_unix_s[:-1][touching]
        fine = starts[:, None] + np.linspace(0.0, COARSE_S, round(COARSE_S / FINE_S) + 1)
        fine_heights = _height_over_cone(self.positions(fine.ravel()), site, up, sine).reshape(fine.shape)
        row, column = np.nonzero((fine_heights[:, 1:] > 0.0) != (fine_heights[:, :-1] > 0.0))
        if not len(row):
            return []
        rising = fine_heights[row, column + 1] > 0.0
        crossings = self._bisected(fine[row, column], fine[row, column + 1], rising, site, up, sine)
        rises, sets = crossings[rising], crossings[~rising]
        sets = sets[sets > rises[0]] if len(rises) else sets[:0]
        rises = rises[: len(sets)]
        start, end = self.window
        inside = (sets > start) & (rises < end)
        return self._with_peaks(place, rises[inside], sets[inside])

    def _bisected(self, low: np.ndarray, high: np.ndarray, rising: np.ndarray, *cone: Any) -> np.ndarray:
        for _ in range(16):  # 0.1 s becomes 1.5 microseconds
            middle = (low + high) / 2.0
            beyond = (_height_over_cone(self.positions(middle), *cone) > 0.0) == rising
            low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
        crossings: np.ndarray = (low + high) / 2.0
        return crossings

    def _with_peaks(self, place: Place, rises: np.ndarray, sets: np.ndarray) -> list[ReferencePass]:
        if not len(rises):
            return []
        # The highest of 200 samples a pass, then of 0.1 s samples around it, then the vertex of a parabola.
        near = self._highest(place, rises + (sets - rises) * np.linspace(0.0, 1.0, 201)[:, None])
        reach = np.minimum(20.0, (sets - rises) / 100.0)
        count = 401
        samples = near + reach * np.linspace(-1.0, 1.0, count)[:, None]
        elevation = self._elevations(place, samples)
        best = np.clip(elevation.argmax(axis=0), 1, count - 2)
        columns = np.arange(len(rises))
        left, middle, right = (elevation[best + shift, columns] for shift in (-1, 0, 1))
        offset = 0.5 * (left - right) / (left - 2.0 * middle + right)
        spacing = 2.0 * reach / (count - 1)
        peaks = samples[best, columns] + offset * spacing
        rise_az = self.seen(place, rises).azimuth_deg
        at_peak = self.seen(place, peaks)
        return [
            ReferencePass(*row)
            for row in zip(
                rises.tolist(),
                peaks.tolist(),
                sets.tolist(),
                at_peak.elevation_deg.tolist(),
                rise_az.tolist(),
                at_peak.azimuth_deg.tolist(),
                strict=True,
            )
        ]

    def seen(self, place: Place, unix_s: np.ndarray) -> Topocentric[NDArray[np.float64]]:
        """Elevation and azimuth at instants."""
        states = self.orbit.states(unix_s)
        position, velocity = columns(states.position_teme_km), columns(states.velocity_teme_km_s)
        return topocentric(place, *teme_to_itrs(unix_s, position, velocity, np), np)

    def _elevations(self, place: Place, unix_s: np.ndarray) -> np.ndarray:
        elevation_deg: np.ndarray = self.seen(place, unix_s.ravel()).elevation_deg.reshape(unix_s.shape)
        return elevation_deg

    def _highest(self, place: Place, unix_s: np.ndarray) -> np.ndarray:
        highest: np.ndarray = unix_s[self._elevations(place, unix_s).argmax(axis=0), np.arange(unix_s.shape[1])]
        return highest

    def brute_crossings(self, place: Place, threshold_deg: float) -> int:
        """How often the threshold is crossed in the window, by 0.1 s samples of all of it."""
        above = _height_over_cone(self.brute_km, *_site(place, threshold_deg)) > 0.0
        return int(np.count_nonzero(above[1:] != above[:-1]))


def _site(place: Place, threshold_deg: float) -> tuple[np.ndarray, np.ndarray, float]:
    site = np.array(geodetic_to_itrs(place.latitude_deg, place.longitude_deg, place.height_m / 1000.0))
    up = np.array(enu_axes(place.latitude_deg, place.longitude_deg)[2])
    return site, up, float(np.sin(np.radians(threshold_deg)))


def _height_over_cone(position_km: np.ndarray, site: np.ndarray, up: np.ndarray, sine: float) -> np.ndarray:
    sight = position_km - site
    height_km: np.ndarray = sight @ up
    if sine:
        height_km -= sine * np.sqrt(np.einsum("ij,ij->i", sight, sight))
    return height_km
