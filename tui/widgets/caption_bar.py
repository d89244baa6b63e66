"""The caption of a story, docked above the key bar: title, number of the step, text, and the keys of the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.language import _, pgettext
from tui.drawing.styled_text import Line, Run, choose, line_width, plain, spread, wrap
from tui.widgets.panel import FrameScreen, Panel

if TYPE_CHECKING:
    from tui.session.frame import Frame

LONGEST_LINE = 112
"""Longer lines are hard to read."""

KEYS_ROWS = 1
"""Of the keys below the caption."""

LEAST_LINES = 2
"""Of text, in the lowest terminal; else it may take a third of the screen, and `i` has the sentences whole."""

_NEXT, _BACK, _SOURCES, _AGAIN, _LEAVE = (
    f"app.story_{name}" for name in ("next", "previous", "sources", "again", "leave")
)


class Caption(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the bar.

    Attributes:
        title: Of the story.
        number: Of the step, from 1.
        count: Of all steps.
        text: What is told.
        remark: Something about the instant, such as that the real now is not known.
        strayed: Whether the screen shows something else than the step.
    """

    title: str
    number: int
    count: int
    text: str
    remark: str = ""
    strayed: bool = False


class CaptionBar(Panel):
    """A line with title and keys, and the text below it."""

    DEFAULT_CSS = """
    CaptionBar {
        dock: bottom; margin: 0 0 1 0; padding: 0 1; height: 4; background: $panel;
        border: none; border-top: solid $primary;
    }
    """

    caption = Caption(title="", number=0, count=0, text="")

    def tell(self, caption: Caption) -> None:
        """Show another caption; the height follows its text."""
        if caption == self.caption:
            return
        self.caption = caption
        if self.is_mounted:
            self._fit_height()
        self.redraw()

    def on_mount(self) -> None:
        """Set the height by the text."""
        super().on_mount()
        self._fit_height()
        self.screen.add_class(FrameScreen.TOLD)

    def on_resize(self) -> None:
        self._fit_height()

    def _fit_height(self) -> None:
        rows = len(self._text_lines(self.app.size.width - 2)) + 2  # the head and the border
        self.styles.height = rows
        self._lift_notices(rows + KEYS_ROWS)

    def _lift_notices(self, rows: int) -> None:
        """Show notifications above so many rows, so that they do not cover the caption."""
        for rack in self.screen.query("ToastRack"):
            rack.styles.margin = (0, 0, rows, 0)

    def close(self) -> None:
        """Remove the bar and show notifications at their usual place."""
        self._lift_notices(KEYS_ROWS)
        self.screen.remove_class(FrameScreen.TOLD)
        self.remove()

    def cache_key(self, frame: Frame) -> object:
        """Constant: nothing depends on the frame."""
        return self.caption

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        return [self._head(width), *self._text_lines(width)]

    def _text_lines(self, width: int) -> list[Line]:
        caption = self.caption
        text = wrap(caption.text, min(max(width, 10), LONGEST_LINE), "value")
        remark = wrap(caption.remark, min(max(width, 10), LONGEST_LINE), "caution") if caption.remark else []
        lines, most = [*text, *remark], max(self.app.size.height // 3, LEAST_LINES)
        return lines if len(lines) <= most else [*lines[: most - 1], (Run(f"{plain(lines[most - 1])} …", "value"),)]

    def _head(self, width: int) -> Line:
        caption = self.caption
        place: Line = (Run(f"{caption.number}/{caption.count} ", "mark"),)
        titled: Line = (*place, Run(caption.title, "accent"))
        for keys in _keys(caption):
            if line_width(titled) + line_width(keys) + 2 <= width:
                return spread(titled, keys, width)
        keys = _keys(caption)[-1]
        return choose(width, (*place, Run(" "), *keys), keys)


def _keys(caption: Caption) -> tuple[Line, ...]:
    """The keys of the story, the longest form first."""
    last = caption.number == caption.count
    on = _("ends") if last else _("goes on")
    back, short_back = _("back to the story"), _("back")
    again, short_again = (_key("S", _AGAIN, word) if caption.strayed else () for word in (back, short_back))
    named: Line = (*_key("i", _SOURCES, _("sources")), *_key("Esc", _LEAVE, _("leaves")))
    return (
        (*again, *_key("Space", _NEXT, on), *_key("⌫", _BACK, pgettext("key", "before")), *named),
        (*short_again, *_key("Space", _NEXT, on), *named),
        (
            *short_again,
            *_key("Space", _NEXT, pgettext("key", "on")),
            *_key("i", _SOURCES, ""),
            *_key("Esc", _LEAVE, ""),
        ),
    )


def _key(shown: str, action: str, word: str) -> Line:
    return (Run(f" {shown} ", "key", action), Run(word, "", action))
