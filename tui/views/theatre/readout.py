"""Where to look now and what to see there: direction in words and degrees, range, light, brightness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.astro.sun import DARK_SKY_ELEVATION_DEG, twilight_name
from sim.constants import SPEED_OF_LIGHT_KM_S
from sim.language import N_, _, pgettext
from sim.language.lists import comma_list
from tui.drawing.styled_text import Line, Run, bar, choose, line_width, spread, wrap
from tui.drawing.styled_text import width as cells_of
from tui.widgets.sky.pass_panel import StripedPassPanel
from tui.wording import passes as pass_text
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tui.session.frame import Frame
    from tui.sky.pass_geometry import PassScene

FAINTEST, BRIGHTEST = 5.0, -4.0
"""Ends of the magnitude bar."""


class PassFacts(StripedPassPanel):
    """The numbers of the instant, or before and after the pass those of its edge."""

    BORDER_TITLE = N_("look")

    def scene_key(self, frame: Frame, scene: PassScene) -> Hashable:
        """The second: nobody reads faster, and it is painted together with the clock."""
        return frame.unix_s // 1.0, frame.utc

    def draw_scene(self, frame: Frame, scene: PassScene, width: int, height: int) -> list[Line]:
        """First what one does with it, then the numbers; what is least needed goes first."""
        numbers = _numbers(frame, scene, width, few=height < 10)
        if height < 7:
            numbers = numbers[:1]
        lines = [
            _look(frame, scene, width),
            *numbers,
            _light(frame, scene, width),
            _magnitude(frame, scene, width),
            _sky(frame, scene, width),
        ]
        if height >= 14:
            lines[1:1] = [()]
            lines.append(())
        return [*lines, *_grade(scene, width)]


def _look(frame: Frame, scene: PassScene, width: int) -> Line:
    if scene.is_up(frame.unix_s) and (sight := frame.sight) is not None:
        words = pass_text.look(sight.azimuth_deg, sight.elevation_deg)
        return (Run(words, "value"),)
    if frame.unix_s < scene.pass_.rise.unix_s:
        start = scene.pass_.windows[0].from_unix_s if scene.pass_.windows else scene.pass_.rise.unix_s
        point = scene.at(start)
        first = _("first seen") if start > scene.pass_.rise.unix_s + 5.0 else _("it rises there")
        words = pass_text.look(point.azimuth_deg, point.elevation_deg)
        colon = pgettext("between where to look and why", ": ")
        return choose(width, (Run(words, "value"), Run(f"{colon}{first}")), (Run(words, "value"),))
    gone = _("gone in the {direction}").format(direction=quantities.compass(scene.pass_.set.azimuth_deg))
    return (Run(gone, "dim"),)


def _numbers(frame: Frame, scene: PassScene, width: int, *, few: bool) -> list[Line]:
    """Direction, range and light delay, a line each, or a few of them in a line."""
    sight = frame.sight
    if sight is None:
        return [(Run(frame.status.problem or _("position unknown"), "alarm"),)]
    azimuth = f"{sight.azimuth_deg:.1f}° {quantities.compass(sight.azimuth_deg)}"
    distance = f"{sight.range_km:.0f} km"
    delay = f"{sight.range_km / SPEED_OF_LIGHT_KM_S * 1000.0:.1f} ms"
    rate = (_("range rate"), _range_rate(sight.range_rate_km_s), "")
    if few:
        rows = [
            (_("az, el"), comma_list((azimuth, f"{sight.elevation_deg:.1f}°")), "value"),
            (_("range, light"), comma_list((distance, delay)), "value"),
            rate,
        ]
    else:
        elevation = f"{abs(sight.elevation_deg):.1f}°"
        if sight.elevation_deg < 0 and not scene.is_up(frame.unix_s):
            elevation = _("{degrees:.1f}° below the horizon").format(degrees=abs(sight.elevation_deg))
        rows = [
            (_("azimuth"), azimuth, "value"),
            (_("elevation"), elevation, "value"),
            (_("range"), distance, "value"),
            rate,
            (_("light delay"), delay, ""),
        ]
    return [spread((Run(caption, "dim"),), (Run(value, style),), width) for caption, value, style in rows]


def _range_rate(km_s: float) -> str:
    """How fast it comes nearer or goes away."""
    going = _("{speed:.2f} km/s going") if km_s > 0 else _("{speed:.2f} km/s coming")
    return going.format(speed=abs(km_s))


def _light(frame: Frame, scene: PassScene, width: int) -> Line:
    """In the sun or not, and when that changes during the pass."""
    unix_s, pass_ = frame.unix_s, scene.pass_
    if not scene.is_up(unix_s):
        words = pass_text.sunlit_text(pass_, frame.place, utc=frame.utc)
        return spread((Run(_("light"), "dim"),), (Run(words, "good" if pass_.light.sunlit else "night"),), width)
    sunlit = scene.sunlit(unix_s)
    edges = [t for t in (pass_.shadow_entry_unix_s, pass_.shadow_exit_unix_s) if t is not None and t > unix_s]
    words = _("in the sun") if sunlit else _("in shadow")
    if edges:
        left = quantities.time_left(min(edges) - unix_s, pass_.error).removeprefix("00:")
        told = _("{state}, shadow in {countdown}") if sunlit else _("{state}, sun in {countdown}")
        words = told.format(state=words, countdown=left)
    return spread((Run(_("light"), "dim"),), (Run(words, "good" if sunlit else "night"),), width)


def _magnitude(frame: Frame, scene: PassScene, width: int) -> Line:
    """A bar from faint to bright, and what it is like."""
    unix_s, pass_ = frame.unix_s, scene.pass_
    up = scene.is_up(unix_s)
    magnitude = scene.at(unix_s).magnitude if up else pass_.magnitude
    if magnitude is None or (up and not scene.seen(unix_s)):
        if not up:
            why = _("not to be seen")
        elif not scene.sunlit(unix_s):
            why = _("dark: in shadow")
        elif scene.sun_elevation_deg(unix_s) >= DARK_SKY_ELEVATION_DEG:
            why = _("lost in the bright sky")
        else:
            why = _("not known") if magnitude is None else _("too faint for the eye")
        return spread((Run(_("brightness"), "dim"),), (Run(why, "night"),), width)
    told = _("about {magnitude:+.1f}")
    if not up:
        early = unix_s < pass_.rise.unix_s
        told = _("at best about {magnitude:+.1f}") if early else _("was about {magnitude:+.1f} at best")
    caption, words = _("brightness") + " ", told.format(magnitude=magnitude)
    cells = max(min(width - cells_of(caption) - cells_of(words) - 1, 24), 4)
    comma = pgettext("clauses", "{before}, {after}")
    share = (FAINTEST - magnitude) / (FAINTEST - BRIGHTEST)
    filled = bar(share, cells)
    scale: Line = (Run(caption, "dim"), Run(filled, "bar-alt"))
    full: Line = (Run(words, "value"), Run(comma.format(before="", after=pass_text.brightness(magnitude)), "dim"))
    for left, right in ((scale, full), (scale, full[:1])):
        if line_width(left) + line_width(right) < width:
            return spread(left, right, width)
    return spread((Run(_("mag"), "dim"),), (Run(words, "value"),), width)


def _sky(frame: Frame, scene: PassScene, width: int) -> Line:
    """How dark the sky is now, and before the pass also how dark it will be at the peak."""
    full, short, name = _darkness(scene.sun_elevation_deg(frame.unix_s))
    words: tuple[str, ...] = (full, short, name)
    if frame.unix_s < scene.pass_.rise.unix_s:
        full_then, _short, name_then = _darkness(scene.sun_elevation_deg(scene.pass_.peak.unix_s))
        now, after = _("now {now}; at the peak {then}"), _("{now}, then {then}")
        words = (
            now.format(now=full, then=full_then),
            now.format(now=short, then=name_then),
            now.format(now=name, then=name_then),
            after.format(now=name, then=name_then),
            name,
        )
    sky = _("sky")
    least = cells_of(sky) + 1
    return choose(width, *(spread((Run(sky, "dim"),), (Run(w),), max(width, cells_of(w) + least)) for w in words))


def _darkness(sun_elevation_deg: float) -> tuple[str, str, str]:
    """`night, Sun 18° down`, and the same shorter."""
    name = {
        "day": pgettext("sky", "day"),
        "civil twilight": pgettext("sky", "civil twilight"),
        "nautical twilight": pgettext("sky", "nautical twilight"),
        "astronomical twilight": pgettext("sky", "astronomical twilight"),
        "night": pgettext("sky", "night"),
    }[twilight_name(sun_elevation_deg)]
    told = _("{sky}, Sun {degrees:.0f}° up") if sun_elevation_deg >= 0 else _("{sky}, Sun {degrees:.0f}° down")
    short = _("{sky}, Sun {degrees:.0f}°").format(sky=name, degrees=sun_elevation_deg)
    return told.format(sky=name, degrees=abs(sun_elevation_deg)), short, name


def _grade(scene: PassScene, width: int) -> list[Line]:
    pass_ = scene.pass_
    stars: Line = (Run(pass_text.stars(pass_.grade), "caution" if pass_.grade else "dim"),)
    words = wrap(pass_.why, max(width - 5, 8), "good" if pass_.visible else "dim")
    return [(*(stars if k == 0 else (Run("   "),)), Run("  "), *line) for k, line in enumerate(words)]
