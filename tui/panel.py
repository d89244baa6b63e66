"""The base of every panel: draws lines, and sends to the terminal only what changed.

A subclass turns a frame into lines (`draw`), a pure function of the frame and the size, which is tested as plain
text. This class keeps the rows as strips, compares new rows with old ones and marks one span a row as dirty.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.colours import style_table
from tui.lines import Line, Run, fit
from tui.painting import SpanCompositor, put_titles

if TYPE_CHECKING:
    from textual import events
    from textual.events import ScreenResume

    from tui.frame import Frame


class FrameScreen(Screen[None], inherit_bindings=False):
    """A screen that shows frames.

    Attributes:
        newest: The frame it shows.
    """

    newest: Frame | None = None
    BLANK = True  # its widgets cover it

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SpanCompositor()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Coming back, all nodes are styled again; the first time they have only just been."""
        if not self.stack_updates:
            event.refresh_styles = False

    def _compositor_refresh(self) -> None:
        """Paint; not while the app holds updates back, as at the start, for that picture would be thrown away."""
        if not self.app._batch_count:
            super()._compositor_refresh()


class Showing:
    """Anything on a view that takes frames."""

    def show(self, frame: Frame) -> None:
        """Take a frame."""
        raise NotImplementedError  # abstract


class Panel(Showing, Widget):
    """A box that shows lines made from the newest frame."""

    opens = ""
    """The view that tells more; a click on the panel opens it."""

    DEFAULT_CSS = "Panel { height: 1fr; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.newest: Frame | None = None
        self._rows: list[Line] = []
        self._strips: dict[int, Strip] = {}
        self._drawn_size = Size(0, 0)
        self._rested_on: object | None = None
        self._titles = "", ""
        self._styles: dict[str, Style] = {}

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Lines for a frame, at most `height` of them; each is fitted to `width` afterwards."""
        raise NotImplementedError  # abstract: every panel says what it shows

    def rests_on(self, frame: Frame) -> object | None:
        """All that the lines depend on beside the size, if that is quickly told; `None` has them drawn every time."""
        return None

    def title(self, frame: Frame) -> tuple[str, str]:
        """Texts in the frame's upper and lower border."""
        return str(self.border_title or ""), ""

    def on_mount(self) -> None:
        """Start from the frame the screen begins with, so that the first thing painted is complete."""
        if isinstance(self.screen, FrameScreen) and self.screen.newest is not None:
            self.newest = self.screen.newest
            self._put_titles(self.newest)

    def show(self, frame: Frame) -> None:
        """Take a new frame and mark what it changes."""
        self.newest = frame
        width, height = self.content_size
        if width <= 0 or height <= 0:
            return
        rests_on = self.rests_on(frame)
        if rests_on is not None and rests_on == self._rested_on and self._drawn_size == self.content_size:
            return
        self._rested_on = rests_on
        rows = self._drawn(frame, width, height)
        if self._drawn_size != self.content_size:
            self._rows, self._strips, self._drawn_size = rows, {}, self.content_size
            self.refresh()
        else:
            for y, (old, row) in enumerate(zip(self._rows, rows, strict=True)):
                if row != old:
                    self._strips.pop(y, None)
                    self.refresh(_changed_span(old, row, y, width))
            self._rows = rows
        self._put_titles(frame)

    def _put_titles(self, frame: Frame) -> None:
        titles = self.title(frame)
        if titles == self._titles:
            return
        self._titles = titles
        put_titles(self, *titles)

    def _drawn(self, frame: Frame, width: int, height: int) -> list[Line]:
        rows = [fit(line, width) for line in self.draw(frame, width, height)[:height]]
        blank: Line = (Run(" " * width),)
        return rows + [blank] * (height - len(rows))

    def render_line(self, y: int) -> Strip:
        """One row, from the cache where nothing changed; drawn here when the size is new."""
        width, height = self.content_size
        if self._drawn_size != self.content_size and self.newest is not None and width > 0 and height > 0:
            self._rows, self._strips = self._drawn(self.newest, width, height), {}
            self._drawn_size = self.content_size
        strip = self._strips.get(y)
        if strip is None:
            if y >= len(self._rows):
                return Strip.blank(width, self.rich_style)
            strip = Strip([Segment(run.text, self._style(run)) for run in self._rows[y]], width)
            self._strips[y] = strip
        return strip

    def _style(self, run: Run) -> Style:
        if not self._styles:
            base = self.rich_style
            self._styles = {"": base, **style_table(self.app.theme_variables, self.background_colors[1], base)}
        style = self._styles[run.style]
        return style + _click(run.action) if run.action else style

    def on_click(self, event: events.Click) -> None:
        """Open the view that tells more, unless the click met a link."""
        if self.opens and "@click" not in event.style.meta:
            self.call_later(self.run_action, f"app.view('{self.opens}')")

    def notify_style_update(self) -> None:
        """A new theme: the lines stay, their colours do not."""
        super().notify_style_update()
        self._strips, self._styles = {}, {}

    @property
    def text(self) -> str:
        """What stands in the panel, as plain text (for tests and the clipboard)."""
        return "\n".join("".join(run.text for run in row).rstrip() for row in self._rows)


@lru_cache(maxsize=256)
def _click(action: str) -> Style:
    return Style.from_meta({"@click": action})


def _changed_span(old: Line, new: Line, y: int, width: int) -> Region:
    """The cells of row `y` from the first to the last that differ."""
    left = 0
    head = 0
    for a, b in zip(old, new, strict=False):
        if a != b:
            left += _common_prefix_cells(a, b)
            break
        left += cell_len(b.text)
        head += 1
    right = width
    for a, b in zip(reversed(old[head:]), reversed(new[head:]), strict=False):
        if a != b:
            break
        right -= cell_len(b.text)
    return Region(left, y, max(right - left, 1), 1)


def _common_prefix_cells(old: Run, new: Run) -> int:
    if old.style != new.style or old.action != new.action:
        return 0
    cells = 0
    for a, b in zip(old.text, new.text, strict=False):
        if a != b:
            break
        cells += cell_len(a)
    return cells
