"""Position, height, speed, light and orbit at the instant, all computed from the elements."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tui.drawing.styled_text import Line, Run, choose, spread, wrap
from tui.views.station.altitude_band import altitude_now
from tui.widgets.panel import PanelContent
from tui.wording import quantities

if TYPE_CHECKING:
    from sim.eclipses import LightChange
    from sim.status import Position, Status
    from tui.session.frame import Frame

KM_PER_MILE = 1.609344


class Telemetry(PanelContent):
    """Position, height, speed, light and orbit at the instant."""

    BORDER_TITLE = "position"
    opens = "orbit"

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """A table of captions and values, or one line where the height is 1."""
        position = frame.status.position
        if position is None:
            return [(Run(frame.status.problem, "alarm"),)]
        return [_strip(frame, position, width)] if height == 1 else _table(frame, position, width, height)


def light_style(light: LightChange | None) -> str:
    """The style of the light's text."""
    if light is None:
        return "dim"
    return "good" if light.state == "sunlit" else "night"


def _strip(frame: Frame, position: Position, width: int) -> Line:
    if not frame.status.error.position_known:
        orbit = frame.status.orbit
        now = altitude_now(frame) or frame.status.altitude
        shape = f"mean altitude {now.mean_altitude_km:.0f} km unless raised, {orbit.period_min:.1f} min"
        unknown = Run("position along the orbit unknown", "alarm")
        return choose(width, (unknown, Run(f"  {shape}")), (unknown,), (Run("position unknown", "alarm"),))
    place = (
        Run(f"{quantities.latitude(position.latitude_deg)} {quantities.longitude(position.longitude_deg)}", "value"),
    )
    height = (Run("  height "), Run(f"{position.height_km:.1f} km", "value"))
    speed = (Run(f"  {position.speed_km_s:.3f} km/s"),)
    light = frame.status.light
    state = (Run(f"  {quantities.light_text(light, frame.unix_s)}", light_style(light)),)
    revolution = (Run(f"  rev {frame.status.orbit.revolution}", "dim"),)
    return choose(
        width,
        (*place, *height, *speed, *revolution, *state),
        (*place, *height, *speed, *state),
        (*place, *height, *speed),
        (*place, *height),
        place,
    )


def _table(frame: Frame, position: Position, width: int, height: int) -> list[Line]:
    orbit = frame.status.orbit
    known = frame.status.error.position_known
    beta = f"{orbit.beta_deg:+.1f}°" if known and math.isfinite(orbit.beta_deg) else "unknown"
    now = altitude_now(frame) or frame.status.altitude
    unless = "" if known else " unless raised"
    shape = [
        ("mean altitude", f"{now.mean_altitude_km:.1f} km{unless}", ""),
        ("perigee, apogee", f"{now.perigee_km:.1f}, {now.apogee_km:.1f} km", ""),
        ("beta, inclination", f"{beta}, {orbit.inclination_deg:.2f}°", ""),
    ]
    if known:
        rows = [*_place_rows(frame, position), *shape]
        rows.insert(-1, ("revolution", f"{orbit.revolution}, {orbit.period_min:.2f} min", ""))
    else:
        # The shape of the orbit is known for weeks, the position along it is not.
        rows = [
            ("over", "unknown", "alarm"),
            *shape,
            ("period", f"{orbit.period_min:.2f} min", ""),
            ("speed", f"{position.speed_km_s:.2f} km/s", ""),
            ("expected error", f"over {quantities.distance(frame.status.error.median_km)}", "alarm"),
        ]
    lines = [spread((Run(f"{caption} ", "dim"),), (Run(value, style),), width) for caption, value, style in rows]
    if frame.status.stale:
        from tui.wording.coverage import coverage

        lines += wrap(coverage(frame.status), width, "dim")
    return lines[:height]


def error_style(status: Status) -> str:
    """How an expected error is shown."""
    return "alarm" if status.stale else "good" if status.error.is_stated else "dim"


def _place_rows(frame: Frame, position: Position) -> list[tuple[str, str, str]]:
    light = frame.status.light
    return [
        (
            "over",
            f"{quantities.latitude(position.latitude_deg)}  {quantities.longitude(position.longitude_deg)}",
            "value",
        ),
        ("height", f"{position.height_km:.1f} km  {position.height_km / KM_PER_MILE:.0f} mi", "value"),
        ("speed", f"{position.speed_km_s:.3f} km/s", "value"),
        ("light", quantities.light_text(light, frame.unix_s), light_style(light)),
        ("expected error", quantities.error(frame.status.error), error_style(frame.status)),
        ("course", f"{position.heading_east_deg:03.0f}° {quantities.compass(position.heading_east_deg)}", ""),
    ]
