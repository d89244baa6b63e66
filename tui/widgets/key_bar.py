"""The strip below every view: the views, the keys of this one and of its active part, the palette and the help.

Each can be clicked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.language import _
from tui.config import footer
from tui.drawing.styled_text import Line, Run, line_width
from tui.widgets.panel import FrameScreen, PanelContent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.config.footer import FooterKey
    from tui.session.frame import Frame

LEAST_KEYS = 3
"""The views have their full names where so many keys find room beside them."""


class KeyBar(PanelContent):
    """Footer: views first, then the keys of the screen, find and help at the right edge."""

    takes_keys = False

    def __init__(self, screen: FrameScreen) -> None:
        self._screen = screen

    def cache_key(self, frame: Frame) -> object:
        return self._screen.app.current_mode, self._keys(frame)

    def _keys(self, frame: Frame) -> tuple[FooterKey, ...]:
        screen = self._screen
        keys = footer.footer_keys(
            screen.footer or screen.app.current_mode,
            known=frame.status.error.position_known,
            offline=frame.sources.offline,
            ahead=frame.status.provenance.age_days < 0.0,
        )
        barred = set(footer.STORY_HAS) if screen.has_class(FrameScreen.TOLD) else set()
        if not screen.offers_alarm(frame):
            barred.add("pass.alarm")
        return tuple(key for key in keys if key.id not in barred) if barred else keys

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The views with their words, as many keys as fit, and the palette and the help at every width."""
        own, current = self._screen.own_keys, self._screen.app.current_mode
        last = tuple(run for key in footer.always_keys() for run in _entry(_owned(key, own)))
        keys = tuple(_owned(key, own) for key in self._keys(frame))
        views, shown = _views(current, own, short=False), []
        for short in (False, True):
            views = _views(current, own, short=short)
            shown = _fitting(keys, width - line_width(views) - line_width(last) - 1)
            if len(shown) >= LEAST_KEYS:
                break
        runs = (*views, *(run for key in shown for run in _entry(key)))
        if line_width(runs) + line_width(last) > width:  # narrower than any terminal that is used
            runs = tuple(run for run in views if run.text.strip().isdigit())
        gap = max(1, width - line_width(runs) - line_width(last))
        return [(*runs, Run(" " * gap), *last)]


def _owned(key: FooterKey, own: Mapping[str, str]) -> FooterKey:
    """The same entry with the user's own key for the action, if there is one."""
    return msgspec.structs.replace(key, shown=own[key.id]) if key.id in own else key


def _views(current: str, own: Mapping[str, str], *, short: bool) -> Line:
    """` 1 station 2 crew`; in short ` 1map 2crew`; the open one is marked."""
    runs: list[Run] = []
    for digit, word, name in footer.view_names(short=short):
        style, click = ("mark" if name == current else ""), f"app.view('{name}')"
        shown = own.get(f"view.{name}", digit)
        runs += [Run(f" {shown}" if short else f" {shown} ", style or "key", click), Run(_(word), style, click)]
    return tuple(runs)


def _fitting(keys: tuple[FooterKey, ...], room: int) -> list[FooterKey]:
    """The keys that fit, in order; a shorter one may follow one that does not fit."""
    shown: list[FooterKey] = []
    for key in keys:
        size = line_width(_entry(key))
        if size <= room:
            shown.append(key)
            room -= size
    return shown


def _entry(key: FooterKey) -> Line:
    return Run(f" {key.shown} ", "key", key.action), Run(_(key.word), "", key.action)
