"""The base of every panel: draws lines, and sends to the terminal only what changed.

A subclass turns a frame into lines (`draw`), a pure function of the frame and the size, which is tested as plain
text. This class keeps the rows, compares new ones with old ones and has one span a row painted.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.drawing.colours import style_of
from tui.drawing.styled_text import Line, Run, fit
from tui.painting import FrameScreen, Painted, Span, cut, filtered, put_titles, repaint

if TYPE_CHECKING:
    from textual import events
    from textual.color import Color

    from tui.session.frame import Frame


class Showing:
    """Anything on a view that takes frames."""

    def show(self, frame: Frame) -> None:
        """Take a frame."""
        raise NotImplementedError  # abstract

    def glide(self, frame: Frame) -> None:
        """Take a frame between two that are shown, see `View.carry_on`: only what the eye can follow moves."""


class Panel(Showing, Painted, Widget):
    """A box that shows lines made from the newest frame."""

    opens = ""
    """The view that tells more; a click on the panel opens it."""

    DEFAULT_CSS = "Panel { height: 1fr; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.newest: Frame | None = None
        self._rows: list[Line] = []
        self._painted: dict[int, list[Segment]] = {}
        self.drawn_size = Size(0, 0)
        self._last_key: object | None = None
        self._titles = "", ""
        self._styles: dict[str, Style] = {}

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Lines for a frame, at most `height` of them; each is fitted to `width` afterwards."""
        raise NotImplementedError  # abstract: every panel says what it shows

    def cache_key(self, frame: Frame) -> object | None:
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
        """Take a new frame and have painted what it changes."""
        self.newest = frame
        size = self.content_size
        if not size:
            return
        cache_key = self.cache_key(frame)
        if cache_key is not None and cache_key == self._last_key and self.drawn_size == size:
            return
        self._last_key = cache_key
        old, same_size = self._rows, self.drawn_size == size
        self._draw_rows(frame, size)
        if same_size:
            repaint(self, self._changes(old))
        else:
            self.refresh()
        self._put_titles(frame)

    def _changes(self, old: list[Line]) -> list[Span]:
        """Where the rows differ from older ones of the same size; what was painted there is forgotten."""
        spans = []
        for y, (before, row) in enumerate(zip(old, self._rows, strict=True)):
            if row != before:
                self._painted.pop(y, None)
                spans.append((y, *_changed_cells(before, row, self.drawn_size.width)))
        return spans

    def _put_titles(self, frame: Frame) -> None:
        titles = self.title(frame)
        if titles == self._titles:
            return
        self._titles = titles
        put_titles(self, *titles)

    def _draw_rows(self, frame: Frame, size: Size) -> None:
        width, height = size
        rows = [fit(line, width) for line in self.draw(frame, width, height)[:height]]
        blank: Line = (Run(" " * width),)
        self._rows = rows + [blank] * (height - len(rows))
        if self.drawn_size != size:
            self._painted, self.drawn_size = {}, size

    def render_line(self, y: int) -> Strip:
        """One row, as Textual asks for it; drawn here when the size is new."""
        size = self.content_size
        if self.drawn_size != size and self.newest is not None and size:
            self._draw_rows(self.newest, size)
        if y >= len(self._rows):
            return Strip.blank(size.width, self.rich_style)
        return Strip(self._row(y), self.drawn_size.width)

    def cells(self, row: int, first: int, after: int) -> tuple[int, list[Segment]] | None:
        """Some cells of a row, from what is kept; not while the mouse is over a link, which Textual then lights up."""
        if self.hover_style._meta is not None:
            return None
        return cut(self._row(row), first, after)

    def _row(self, y: int) -> list[Segment]:
        """One row, from the cache where nothing changed."""
        row = self._painted.get(y)
        if row is None:
            style = self._style
            row = [Segment(run.text, style(run.style, run.action)) for run in self._rows[y]]
            if (plain := getattr(self.app, "characters", None)) is not None:
                row = [Segment(text.translate(plain), look) for text, look, _ in row]
            self._painted[y] = row
        return row

    def _style(self, name: str, action: str) -> Style:
        """How a run looks on this panel."""
        style = self._styles.get(name)
        if style is None:
            style = self._styles[name] = filtered(self, self._mixed(name), self._ground[1])
        return style + _click(action) if action else style

    def _mixed(self, name: str) -> Style:
        """The colours behind a name in `tui.drawing.styled_text.STYLES`."""
        return style_of(name, *self._ground, self.app.console.color_system)

    @cached_property
    def _ground(self) -> tuple[dict[str, str], Color, Style]:
        """What the styles are mixed of: the theme's variables, the background, and plain text on it."""
        return self.app.theme_variables, self.background_colors[1], self.rich_style

    def on_click(self, event: events.Click) -> None:
        """Open the view that tells more, unless the click met a link."""
        if self.opens and "@click" not in event.style.meta:
            self.call_later(self.run_action, f"app.view('{self.opens}')")

    def notify_style_update(self) -> None:
        """A new theme: the lines stay, their colours do not."""
        super().notify_style_update()
        self._painted, self._styles = {}, {}
        self.__dict__.pop("_ground", None)

    @property
    def text(self) -> str:
        """What stands in the panel, as plain text (for tests and the clipboard)."""
        return "\n".join("".join(run.text for run in row).rstrip() for row in self._rows)


@lru_cache(maxsize=256)
def _click(action: str) -> Style:
    return Style.from_meta({"@click": action})


def _changed_cells(old: Line, new: Line, width: int) -> tuple[int, int]:
    """The first and the one after the last cell in which two rows of one width differ."""
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
    return left, max(right, left + 1)


def _common_prefix_cells(old: Run, new: Run) -> int:
    if old.style != new.style or old.action != new.action:
        return 0
    cells = 0
    for a, b in zip(old.text, new.text, strict=False):
        if a != b:
            break
        cells += cell_len(a)
    return cells
