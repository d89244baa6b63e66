"""Grades of passes: is it worth going outside?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.astro.sun import DARK_SKY_ELEVATION_DEG, SUNSET_ELEVATION_DEG
from sim.language import N_

if TYPE_CHECKING:
    from sim.passes.model import Span
    from sim.passes.visibility import Visibility

GOOD_ELEVATION_DEG, FAIR_ELEVATION_DEG = 40.0, 20.0
GOOD_MAGNITUDE, FAIR_MAGNITUDE = -1.0, 0.5
GOOD_DURATION_S, FAIR_DURATION_S = 120.0, 60.0
BRIGHT_TWILIGHT_DEG = -9.0
"""Limits of the grades; the error of the elements is stated apart from them (`Pass.error_s`)."""


def grade_pass(
    visible: Visibility | None, sunlit: tuple[Span, ...], darkest_deg: float, peak_deg: float
) -> tuple[int, str]:
    """Is it worth going outside? 0 to 3, and why.

    - 3: seen for at least 2 minutes, at 40 degrees or higher, magnitude -1 or brighter, in a sky darker than
      the Sun at -9 degrees leaves it.
    - 2: at least 1 minute, 20 degrees or higher, magnitude 0.5 or brighter.
    - 1: can be seen, but falls short of that.
    - 0: cannot be seen, or the magnitude of the object is not known.

    Args:
        visible: What can be seen; None where the pass is never sunlit in a dark sky.
        sunlit: Where the station is sunlit.
        darkest_deg: The Sun's lowest elevation of those at rise, peak and set.
        peak_deg: How high it goes, seen or not.
    """
    if visible is None:
        return 0, _why_never_seen(sunlit, darkest_deg)
    if not visible.windows:
        return 0, N_("too low and faint for the eye")
    if visible.magnitude is None:
        return 0, N_("sunlit in a dark sky, brightness not known")
    seen_s = sum(window.duration_s for window in visible.windows)
    lacks = _lacks(visible.elevation_deg, visible.magnitude, seen_s, peak_deg)
    if lacks:
        return 1, " and ".join(lacks)
    misses = _misses(visible.elevation_deg, visible.magnitude, seen_s, darkest_deg, peak_deg)
    return (2, ", ".join(misses)) if misses else (3, N_("high and bright in a dark sky"))


def _why_never_seen(sunlit: tuple[Span, ...], darkest_deg: float) -> str:
    """Why a pass is never sunlit in a dark sky."""
    if darkest_deg >= DARK_SKY_ELEVATION_DEG:
        return N_("daylight") if darkest_deg >= SUNSET_ELEVATION_DEG else N_("the sky is too bright")
    return N_("sunlit only while the sky is too bright") if sunlit else N_("in the Earth's shadow")


def _lacks(elevation_deg: float, magnitude: float, seen_s: float, peak_deg: float) -> list[str]:
    """What a pass that can be seen falls short of for two stars."""
    lacks = []
    if elevation_deg < FAIR_ELEVATION_DEG:
        lacks.append(N_("low") if peak_deg < FAIR_ELEVATION_DEG else N_("low when seen"))
    if magnitude > FAIR_MAGNITUDE:
        lacks.append(N_("faint"))
    if seen_s < FAIR_DURATION_S:
        lacks.append(N_("short"))
    return lacks


def _misses(elevation_deg: float, magnitude: float, seen_s: float, darkest_deg: float, peak_deg: float) -> list[str]:
    """What a pass that can be seen falls short of for three stars."""
    misses = []
    if darkest_deg > BRIGHT_TWILIGHT_DEG:
        misses.append(N_("in twilight"))
    if elevation_deg < GOOD_ELEVATION_DEG:
        misses.append(N_("not very high") if peak_deg < GOOD_ELEVATION_DEG else N_("not very high when seen"))
    if magnitude > GOOD_MAGNITUDE:
        misses.append(N_("not very bright"))
    if seen_s < GOOD_DURATION_S:
        misses.append(N_("rather short"))
    return misses
