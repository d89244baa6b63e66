"""Where the station is, how high and how fast, in which light: all computed, and it says from what."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tui import wording
from tui.lines import Line, Run, choose, spread
from tui.panel import Panel

if TYPE_CHECKING:
    from sim.status import Position
    from tui.frame import Frame

KM_PER_MILE = 1.609344


class Telemetry(Panel):
    """Position, height, speed, light and orbit at the instant."""

    BORDER_TITLE = "position"

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """A table of captions and values, or one line."""
        position = frame.status.position
        if position is None:
            return [(Run(frame.status.problem, "alarm"),)]
        return [_strip(frame, position, width)] if height == 1 else _table(frame, position, width, height)


def light_words(frame: Frame) -> tuple[str, str]:
    """State of light with its next change, and a style."""
    light = frame.status.light
    if light is None:
        return "unknown", "dim"
    left = f"in {wording.countdown(light.change_unix_s - frame.unix_s)}" if light.change_unix_s is not None else ""
    # The penumbra lasts some eleven seconds: for people it is where the shadow begins or ends.
    word = {"sunlit": "sunlit", "penumbra": "in the penumbra", "umbra": "in shadow"}[light.state]
    to_shadow = light.state == "sunlit" or light.next_state == "umbra"
    words = f"{word}, {'shadow' if to_shadow else 'sunrise'} {left}" if light.next_state else word
    return words, "good" if light.state == "sunlit" else "night"


def _strip(frame: Frame, position: Position, width: int) -> Line:
    place = (Run(f"{wording.latitude(position.latitude_deg)} {wording.longitude(position.longitude_deg)}", "value"),)
    height = (Run("  height "), Run(f"{position.height_km:.1f} km", "value"))
    speed = (Run(f"  {position.speed_km_s:.3f} km/s"),)
    words, style = light_words(frame)
    light = (Run(f"  {words}", style),)
    revolution = (Run(f"  rev {frame.status.orbit.revolution}", "dim"),)
    return choose(
        width,
        (*place, *height, *speed, *revolution, *light),
        (*place, *height, *speed, *light),
        (*place, *height, *speed),
        (*place, *height),
        place,
    )


def _table(frame: Frame, position: Position, width: int, height: int) -> list[Line]:
    status, orbit = frame.status, frame.status.orbit
    uncertain = not status.error.position_known
    words, style = light_words(frame)
    mark = "caution" if uncertain else "value"
    beta = "unknown" if math.isnan(orbit.beta_deg) else f"{orbit.beta_deg:+.1f}°"
    rows = [
        ("over", f"{wording.latitude(position.latitude_deg)}  {wording.longitude(position.longitude_deg)}", mark),
        ("height", f"{position.height_km:.1f} km  {position.height_km / KM_PER_MILE:.0f} mi", "value"),
        ("speed", f"{position.speed_km_s:.3f} km/s", "value"),
        ("light", words, style),
        ("expected error", wording.error(status.error), "alarm" if status.stale else "good"),
        ("course", f"{position.heading_east_deg:03.0f}° {wording.compass(position.heading_east_deg)}", ""),
        ("mean altitude", f"{orbit.mean_altitude_km:.1f} km", ""),
        ("perigee, apogee", f"{orbit.perigee_km:.1f}, {orbit.apogee_km:.1f} km", ""),
        ("revolution", f"{orbit.revolution}, {orbit.period_min:.2f} min", ""),
        ("beta, inclination", f"{beta}, {orbit.inclination_deg:.2f}°", ""),
    ]
    lines = [spread((Run(caption, "dim"),), (Run(value, style_),), width) for caption, value, style_ in rows]
    if uncertain and height > 6:
        lines.insert(0, (Run("place along the orbit not known", "alarm"),))
    return lines
