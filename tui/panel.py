"""The base of every panel: draws lines, and sends to the terminal only what changed.

A subclass turns a frame into lines (`draw`), a pure function of the frame and the size, which is tested as plain
text. This class keeps the rows as strips, compares new rows with old ones and marks one span a row as dirty.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.lines import STYLES, Line, Run, fit

if TYPE_CHECKING:
    from textual import events

    from tui.frame import Frame


class Showing:
    """Anything on a view that takes frames."""

    def show(self, frame: Frame) -> None:
        """Take a frame."""
        raise NotImplementedError  # abstract


class Panel(Showing, Widget):
    """A box that shows lines made from the newest frame."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"panel--{name}" for name in STYLES}

    DEFAULT_CSS = """
    Panel {
        height: 1fr;
        & .panel--dim { color: $foreground 62%; }
        & .panel--value { color: $foreground; text-style: bold; }
        & .panel--accent { color: $text-primary; }
        & .panel--good { color: $text-success; }
        & .panel--caution { color: $text-warning; }
        & .panel--alarm { color: $text-error; text-style: bold; }
        & .panel--bar { color: $primary; }
        & .panel--bar-alt { color: $accent; }
        & .panel--bar-text { background: $primary; color: $background; }
        & .panel--night { color: $foreground 45%; }
        & .panel--mark { color: $text-accent; text-style: bold; }
        & .panel--live { background: $success; color: $background; text-style: bold; }
        & .panel--sim { background: $warning; color: $background; text-style: bold; }
        & .panel--stale { background: $error; color: $background; text-style: bold; }
        & .panel--key { color: $text-accent; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.newest: Frame | None = None
        self._rows: list[Line] = []
        self._strips: dict[int, Strip] = {}

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Lines for a frame, at most `height` of them; each is fitted to `width` afterwards."""
        raise NotImplementedError  # abstract: every panel says what it shows

    def title(self, frame: Frame) -> tuple[str, str]:
        """Texts in the frame's upper and lower border."""
        return str(self.border_title or ""), ""

    def show(self, frame: Frame) -> None:
        """Take a new frame and mark what it changes."""
        self.newest = frame
        width, height = self.content_size
        if width <= 0 or height <= 0:
            return
        rows = self._drawn(frame, width, height)
        for y, row in enumerate(rows):
            old = self._rows[y] if y < len(self._rows) else None
            if row != old:
                self._strips.pop(y, None)
                self.refresh(_changed_span(old, row, y, width))
        self._rows = rows
        upper, lower = self.title(frame)
        if upper != (self.border_title or ""):
            self.border_title = upper
        if lower != (self.border_subtitle or ""):
            self.border_subtitle = lower

    def _drawn(self, frame: Frame, width: int, height: int) -> list[Line]:
        rows = [fit(line, width) for line in self.draw(frame, width, height)[:height]]
        blank: Line = (Run(" " * width),)
        return rows + [blank] * (height - len(rows))

    def render_line(self, y: int) -> Strip:
        """One row, from the cache where nothing changed."""
        strip = self._strips.get(y)
        if strip is None:
            if y >= len(self._rows):
                return Strip.blank(self.content_size.width, self.rich_style)
            base = self.rich_style
            strip = Strip([Segment(run.text, self._style(run, base)) for run in self._rows[y]], self.content_size.width)
            self._strips[y] = strip
        return strip

    def _style(self, run: Run, base: Style) -> Style:
        style = self.get_component_rich_style(f"panel--{run.style}") if run.style else base
        return style + _click(run.action) if run.action else style

    def on_resize(self, event: events.Resize) -> None:
        """Draw anew in the new size."""
        event.stop()
        self._rows, self._strips = [], {}
        if self.newest is not None:
            self.show(self.newest)
        self.refresh()

    def notify_style_update(self) -> None:
        """A new theme: the lines stay, their colours do not."""
        super().notify_style_update()
        self._strips = {}

    @property
    def text(self) -> str:
        """What stands in the panel, as plain text (for tests and the clipboard)."""
        return "\n".join("".join(run.text for run in row).rstrip() for row in self._rows)


@lru_cache(maxsize=256)
def _click(action: str) -> Style:
    return Style.from_meta({"@click": action})


def _changed_span(old: Line | None, new: Line, y: int, width: int) -> Region:
    """The cells of row `y` from the first to the last that differ."""
    if old is None:
        return Region(0, y, width, 1)
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
