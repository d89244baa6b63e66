"""Alerts before passes worth seeing: bell, message, terminal notification, the user's own command.

Alerts speak of the real sky, so they go by the wall clock, also while a person looks at another time; the passes they
go by are those of the last moment the clock was live.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from sim.constants import MINUTE_S
from sim.language import _
from sim.language.lists import clauses
from sim.sanitize import clean
from sim.time import iso_z
from tui.session.session import SAME_PASS_S
from tui.wording import passes as pass_text
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.passes.model import Pass
    from sim.places.place import Place
    from tui.config.settings import Settings
    from tui.config.state_file import Alarm
    from tui.session.frame import Frame

HOOK_TIMEOUT_S = 60.0
"""A command that takes longer is ended."""

_URXVT_STYLE = ("rxvt", "foot")
"""Terminals that know notifications by OSC 777; the others know OSC 9 or ignore it."""


class Alerts:
    """Decides which alerts are due, one for each pass, by the grade and the lead of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._grade = settings.alert_grade
        self._lead_s = settings.alert_lead_min * MINUTE_S
        self._passes: tuple[Pass, ...] = ()
        self._place: Place | None = None
        self._told: list[float] = []

    def mark(self, rise_unix_s: float) -> None:
        """Give no alert for a pass: an alarm was set on it."""
        self._told.append(rise_unix_s)

    def due(self, frame: Frame) -> Pass | None:
        """A pass whose time has come at the real now, if there is one."""
        if self._grade <= 0:
            return None
        if frame.place != self._place:
            self._place, self._passes = frame.place, ()
        if frame.clock.live and frame.passes is not None:
            self._passes = frame.passes
        now = frame.clock.wall_unix_s
        for pass_ in self._passes:
            rise = pass_.rise.unix_s
            if rise - self._lead_s <= now < rise and pass_.grade >= self._grade:
                if any(abs(rise - told) < SAME_PASS_S for told in self._told):
                    continue
                if pass_text.trust(frame.orbit, rise) == "unknown":
                    continue  # nobody knows when it comes
                self._told = [told for told in self._told if told > now - 2.0 * SAME_PASS_S] + [rise]
                return pass_
        return None


def alert_words(frame: Frame, pass_: Pass) -> str:
    """`Tiangong rises in 10 min (18:42) in the NW, 63° high in the NE, about -2.1, ★★★`."""
    minutes = max((pass_.rise.unix_s - frame.clock.wall_unix_s) / 60.0, 0.0)
    time = frame.clock_time(pass_.rise.unix_s, quantities.minute_pattern(pass_.error))
    name = clean(_(frame.status.object.label), limit=40)
    parts = [
        _("{name} rises in {minutes:.0f} min ({time}) in the {direction}").format(
            name=name, minutes=minutes, time=time, direction=quantities.compass(pass_.rise.azimuth_deg)
        ),
        _("{elevation:.0f}° high in the {direction}").format(
            elevation=pass_.peak.elevation_deg, direction=quantities.compass(pass_.peak.azimuth_deg)
        ),
    ]
    if pass_.magnitude is not None:
        parts.append(_("about {magnitude:+.1f} mag").format(magnitude=pass_.magnitude))
    return clauses([*parts, pass_text.stars(pass_.grade)])


def alarm_words(frame: Frame, alarm: Alarm) -> str:
    """The words of an alarm whose pass is not in the list, as one of another place is not."""
    minutes = max((alarm.rise_unix_s - frame.clock.wall_unix_s) / 60.0, 0.0)
    name = clean(_(frame.status.object.label), limit=40)
    return _("{name} rises in {minutes:.0f} min over {place}: {text}").format(
        name=name, minutes=minutes, place=alarm.place, text=alarm.text
    )


def alarm_environment(alarm: Alarm, words: str) -> dict[str, str]:
    """What the command finds in its environment for such an alarm."""
    rise = iso_z(alarm.rise_unix_s)
    return {**os.environ, "TIANGONG_TEXT": words, "TIANGONG_PLACE": alarm.place, "TIANGONG_RISE": rise}


def notification_sequence(title: str, words: str, environment: Mapping[str, str]) -> str:
    """The escape sequence that asks the terminal to notify; nothing in the texts can end it early."""
    title, words = (clean(text, limit=160).replace(";", ",") for text in (title, words))
    if environment.get("TERM", "").startswith(_URXVT_STYLE):
        return f"\x1b]777;notify;{title};{words}\x1b\\"
    return f"\x1b]9;{title}: {words}\x1b\\"


def hook_environment(frame: Frame, pass_: Pass, words: str) -> dict[str, str]:
    """What the command finds in its environment beside what is there anyway."""
    return {
        **os.environ,
        "TIANGONG_TEXT": words,
        "TIANGONG_PLACE": frame.place.name,
        "TIANGONG_RISE": iso_z(pass_.rise.unix_s),
        "TIANGONG_PEAK": iso_z(pass_.peak.unix_s),
        "TIANGONG_SET": iso_z(pass_.set.unix_s),
        "TIANGONG_PEAK_DEG": f"{pass_.peak.elevation_deg:.1f}",
        "TIANGONG_MAGNITUDE": "" if pass_.magnitude is None else f"{pass_.magnitude:.1f}",
        "TIANGONG_GRADE": str(pass_.grade),
    }


def run_hook(command: Sequence[str], environment: Mapping[str, str], *, timeout_s: float = HOOK_TIMEOUT_S) -> str:
    """Run a person's own command and wait for it; call it off the screen's thread.

    No shell reads the words: they are handed over as they stand. What the command prints goes nowhere, as it would
    go across the screen.

    Returns:
        What went wrong in one line, empty if nothing did.
    """
    program = clean(command[0], limit=60)
    try:
        done = subprocess.run(  # noqa: S603 - the person's own command, from the person's own settings
            list(command),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _("{program} took longer than {seconds:.0f} s and was ended").format(program=program, seconds=timeout_s)
    except (OSError, ValueError) as problem:
        words = problem.strerror if isinstance(problem, OSError) else str(problem)
        return _("{program} could not be run: {reason}").format(program=program, reason=words)
    return (
        _("{program} ended with status {status}").format(program=program, status=done.returncode)
        if done.returncode
        else ""
    )
