"""Panels: what one shows is drawn as lines, and only what changed is sent to the terminal.

A `PanelContent` turns a frame into lines (`draw`), a pure function of the frame and the size, which is tested as plain
text. The `Panel` that shows it keeps the rows, compares new ones with old ones and has one span a row painted. A panel
that needs more of a widget, such as keys, is a subclass of `Panel` and its own content.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, ClassVar, Self, TypeAlias

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import NULL_REGION, Region, Size
from textual.strip import Strip
from textual.widget import Widget

from sim.language import _, language
from sim.sanitize import clean
from tui.drawing.colours import RULES, depth_of, selection_ground, style_of
from tui.drawing.styled_text import Line, Run, fit, line_width, wrap
from tui.drawing.styled_text import width as width_of
from tui.widgets.line_filters import KeptRows, OwnColours
from tui.widgets.steady_screen import SteadyScreen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.color import Color
    from textual.screen import Screen

    from tui.session.frame import Frame

    ScreenPart: TypeAlias = Screen[None]
    WidgetPart: TypeAlias = Widget
else:
    ScreenPart = WidgetPart = object  # every further class of widgets costs a fifth of a millisecond of the start


DOUBLE = 2
"""Clicks in a row."""


class FrameScreen(SteadyScreen, ScreenPart):
    """A mixin of screens that show frames.

    Attributes:
        newest: The frame it shows; widgets that are mounted later begin with it.
    """

    newest: Frame | None = None
    BLANK = True  # its widgets cover it
    TOLD = "-told"  # the class of a screen on which the caption of a story stands

    @property
    def footer(self) -> str:
        """The screen's key in `tui.config.footer`; empty for the name of the view."""
        return ""

    def offers_alarm(self, frame: Frame) -> bool:
        """Whether an alarm can be set on the pass that is shown, if one is."""
        del frame
        return True

    def fill(self, widget: Widget) -> None:
        """Maximize a widget, or restore it; does nothing on screens without that function."""

    @property
    def own_keys(self) -> Mapping[str, str]:
        """The user's own keys as they are shown, by the ids of the actions."""
        return {}

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Do not style all nodes again the first time the screen is shown: they have only just been styled."""
        if not self.stack_updates:
            event.refresh_styles = False


class Showing:
    """A widget that draws frames."""

    def show(self, frame: Frame) -> None:
        """Draw a frame."""
        raise NotImplementedError  # abstract

    def glide(self, frame: Frame) -> None:
        """Draw a frame between two full ones, see `View.carry_on`: only what moves visibly, such as the marker."""


class Captioned(WidgetPart):
    """A part of widgets whose border texts change often, such as a countdown: only their rows are repainted.

    Textual repaints the whole widget when `border_title` is set: a countdown in the border of the map would paint the
    map every second.
    """

    CAPTION_FRAME = 6
    """Cells of a row of the border that a text in it cannot have: corners, lines and blanks beside it."""

    _caption_region: Region | None = None
    captions: tuple[str, str] = ("", "")
    """Plain texts of the upper and the lower border, as last set."""

    def set_captions(self, upper: str, lower: str) -> None:
        """Write plain texts, not markup, into the upper and the lower border; empty ones are removed."""
        if (upper, lower) == self.captions:
            return
        old_upper, old_lower = self.captions
        self.captions = upper, lower
        if not self.outer_size:  # nothing is painted yet, so that there is no row to choose
            self.border_title = Content(upper) if upper else None
            self.border_subtitle = Content(lower) if lower else None
            return
        top = self.gutter.top
        try:
            if upper != old_upper:
                self._caption_region = self._border_row(-top)
                self.border_title = Content(upper) if upper else None
            if lower != old_lower:
                self._caption_region = self._border_row(self.outer_size.height - top - 1)
                self.border_subtitle = Content(lower) if lower else None
        finally:
            self._caption_region = None

    @property
    def caption_room(self) -> int:
        """Cells that a text in the border can have; negative before the layout."""
        return self.outer_size.width - self.CAPTION_FRAME

    def _border_row(self, y: int) -> Region:
        """A row of the border, counted from where the content begins; empty in a widget without border."""
        return Region(-self.gutter.left, y, self.outer_size.width, 1) if self.gutter.top else NULL_REGION

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint regions, or all of the widget; while captions are set, their row."""
        if self._caption_region is not None and self.is_mounted:
            if not self._caption_region:
                return self
            regions = (self._caption_region,)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class PanelContent:
    """What a panel shows. Not a widget: every further class of widgets costs a fifth of a millisecond of the start."""

    BORDER_TITLE: ClassVar[str] = ""
    """The text in the upper border while there is no other, marked by `N_`."""

    opens = ""
    """The view that tells more; a click on the panel opens it."""

    takes_keys = True
    """Whether the keys can go to the panel."""

    glides = False
    """Whether it is drawn also between two full frames, see `View.carry_on`."""

    station_only = False
    """Whether this is about people and ships of the station: of another object the panel says there are no data."""

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """Lines for a frame, at most `height` of them; each is fitted to `width` afterwards."""
        raise NotImplementedError  # abstract: every content says what it shows

    def cache_key(self, frame: Frame) -> object | None:
        """What the lines depend on beside the size, if that is cheap to compute; `None` has them drawn every time."""
        return None

    def is_there(self, frame: Frame) -> bool | None:
        """Whether there is anything to show; a panel without takes no room. `None` leaves that to the style rules."""
        return None

    def title(self, frame: Frame) -> tuple[str, str]:
        """Texts in the frame's upper and lower border."""
        return _(self.BORDER_TITLE), ""


class Panel(PanelContent, Showing, Captioned, KeptRows, OwnColours, Widget):
    """A box that shows lines made from the newest frame.

    Args:
        content: What it shows; a subclass without one is its own content.
    """

    link = -1
    """Number of the link under the cursor, while the panel has the keys; -1 for none."""

    walks_links = True
    """Whether the keys walk through its links; panels with a cursor of their own have another way."""

    fills_by_clicks = True
    """Whether a double click makes it fill the screen; not where clicks mean something else."""

    FOCUS_ON_CLICK = False  # a click follows a link, and the keys stay where they are

    DEFAULT_CSS = """
    Panel {
        height: 1fr;
        border: round $secondary-muted;
        border-title-color: $text-primary;
        border-subtitle-color: $muted;
    }
    Panel:focus { border: round $primary; }
    """

    def __init__(self, content: PanelContent | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shows = content or self
        if content is not None:
            self.can_focus = content.takes_keys
        self.newest: Frame | None = None
        self._content_lines: list[Line] = []
        self._drawn_lines: list[Line] | None = None  # the same as `draw` gave them
        self._fitted_lines: list[Line] = []  # and in the width of the panel
        self._rows: dict[int, list[Segment]] = {}
        self._drawn_size = Size(0, 0)
        self._last_key: object | None = None
        self._run_styles: dict[str, Style] = {}

    def on_mount(self) -> None:
        """Start from the frame the screen begins with, so that the first thing painted is complete."""
        if isinstance(self.screen, FrameScreen) and self.screen.newest is not None:
            self.newest = self.screen.newest
            self._come_or_go(self.newest)
            self.set_captions(*self._titles(self.newest))

    def show(self, frame: Frame) -> None:
        """Draw a new frame and repaint the regions that it changes."""
        self.newest = frame
        self._come_or_go(frame)
        size = self.content_size
        if not size:
            if self.outer_size:  # nothing but the border
                self.set_captions(*self._titles(frame))
            return
        cache_key = self.shows.cache_key(frame)
        whole_key = None if cache_key is None else (language(), self._concerns(frame), cache_key)
        if whole_key is not None and whole_key == self._last_key and self._drawn_size == size:
            return
        self._last_key = whole_key
        old, same_size = self._content_lines, self._drawn_size == size
        self._draw_lines(frame, size)
        if not same_size:
            self.refresh()
        elif regions := self._changes(old):
            self.refresh(*regions)
        self.set_captions(*self._titles(frame))

    def redraw(self) -> None:
        """Draw the newest frame again: something but the frame has changed."""
        if self.newest is not None:
            self.show(self.newest)

    def on_resize(self) -> None:
        """Choose the captions by the new room: the next frame draws nothing where the content is the same."""
        if self.newest is not None:
            self.set_captions(*self._titles(self.newest))

    def glide(self, frame: Frame) -> None:
        """Draw a frame between two full ones, where the content moves."""
        if self.shows.glides:
            self.show(frame)

    def _come_or_go(self, frame: Frame) -> None:
        is_there = self.shows.is_there(frame)
        if is_there is not None and is_there != self.display:
            self.display = is_there

    def _concerns(self, frame: Frame) -> bool:
        """Whether the panel has something to say about the object of a frame."""
        return not self.shows.station_only or frame.status.object.is_station

    def _titles(self, frame: Frame) -> tuple[str, str]:
        return self.shows.title(frame) if self._concerns(frame) else (_(self.shows.BORDER_TITLE), "")

    def _changes(self, old: list[Line]) -> list[Region]:
        """Where the lines differ from older ones of the same size; what was kept of them is forgotten."""
        regions: list[Region] = []
        if old is self._content_lines:
            return regions
        for y, (before, line) in enumerate(zip(old, self._content_lines, strict=True)):
            if line != before:
                self._rows.pop(y, None)
                first, after = _changed_cells(before, line, self._drawn_size.width)
                regions.append(Region(first, y, after - first, 1))
        return regions

    def _draw_lines(self, frame: Frame, size: Size) -> None:
        width, height = size
        if self._concerns(frame):
            drawn = self.shows.draw(frame, width, height)[:height]
        else:
            about = clean(frame.status.object.label, limit=40)
            reason = _("no data for {object}: people, ships and records here are those of Tiangong").format(
                object=about
            )
            drawn = wrap(reason, width, "dim")[:height]
        if self._drawn_size == size and drawn == self._drawn_lines:
            return  # most panels, most seconds
        lines = self._fitted(drawn, width) if self._drawn_size == size else [fit(line, width) for line in drawn]
        self._drawn_lines, self._fitted_lines = drawn, lines
        if self.link >= 0:
            from tui.widgets.links import lit

            lines = lit(lines, self.link)
        blank: Line = (Run(" " * width),)
        self._content_lines = lines + [blank] * (height - len(lines))
        if self._drawn_size != size:
            self._rows, self._drawn_size = {}, size

    def _fitted(self, drawn: list[Line], width: int) -> list[Line]:
        """The lines in the width of the panel; those that are drawn as they were before stay."""
        before = zip_longest(drawn, self._drawn_lines or (), self._fitted_lines)
        return [kept if line == was else fit(line, width) for line, was, kept in islice(before, len(drawn))]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the panel, whose lines are drawn first when the size is new."""
        size = self.content_size
        if self._drawn_size != size and self.newest is not None and size:
            self._draw_lines(self.newest, size)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the content, as Textual asks for it."""
        if y >= len(self._content_lines):
            return Strip.blank(self.content_size.width, self.rich_style)
        return Strip(self.content_segments(y), self._drawn_size.width)

    def content_segments(self, y: int) -> list[Segment]:
        """The texts of one row of the content, kept until its line changes."""
        if y >= len(self._content_lines):
            return super().content_segments(y)
        kept = self._rows.get(y)
        if kept is None:
            kept = self._rows[y] = self._segments(self._content_lines[y])
        return kept

    def _segments(self, line: Line) -> list[Segment]:
        """The runs of a line in their styles; a gap goes with the text before it, which saves a change of style."""
        segments: list[Segment] = []
        styles = self._run_styles
        for run in line:
            if not run.text:
                continue
            style = styles.get(run.style)
            if style is None or run.action:
                style = self._run_style(run.style, run.action)
            if segments and run.text.isspace() and not run.action:
                before = segments[-1].style
                if before is not None and before.bgcolor == style.bgcolor and not (before.underline or before.meta):
                    segments[-1] = Segment(segments[-1].text + run.text, before)
                    continue
            segments.append(Segment(run.text, style))
        return segments

    def _run_style(self, name: str, action: str) -> Style:
        """How a run looks on this panel."""
        style = self._run_styles.get(name)
        if style is None:
            style = self._run_styles[name] = self._mixed(name)
        return style + _click(action) if action else style

    def _mixed(self, name: str) -> Style:
        """The colours behind a name in `tui.drawing.styled_text.STYLES`; one that ends in `/on` is under the cursor."""
        variables, ground, plain = self._ground
        depth = depth_of(self.app)
        name, on, _ = name.partition("/on")
        if not on or (name and RULES[name].ground):
            return style_of(name, variables, ground, plain, depth)  # one with a background of its own keeps it
        selected = selection_ground(ground, variables, depth)
        if selected is None:
            return style_of(name, variables, ground, plain, depth) + Style(bold=True, underline=True)
        return style_of(name, variables, selected, plain + Style(bgcolor=selected.rich_color), depth)

    @cached_property
    def _ground(self) -> tuple[dict[str, str], Color, Style]:
        """What the styles are mixed of: the theme's variables, the background, and plain text on it."""
        return self.app.theme_variables, self.background_colors[1], self.rich_style

    @cached_property
    def _is_red(self) -> bool:
        """Whether the theme is for eyes used to the dark."""
        return self.app.current_theme.variables.get("map-palette") == "red"

    def on_click(self, event: events.Click) -> None:
        """On the border, or by a double click where nothing else can be clicked, fill the screen.

        A click on a panel that has a view of its own opens that, unless it met a link.
        """
        if self.gutter.top and event.get_content_offset(self) is None:
            if isinstance(self.screen, FrameScreen):
                self.screen.fill(self)
        elif "@click" in event.style.meta:
            return
        elif self.shows.opens:
            self.call_later(self.run_action, f"app.view('{self.shows.opens}')")
        elif (
            event.chain == DOUBLE and self.fills_by_clicks and self.gutter.top and isinstance(self.screen, FrameScreen)
        ):
            self.screen.fill(self)

    # ── links by keys ─────────────────────────────────────────────────────────────────────────

    def on_focus(self) -> None:
        """Put the cursor on the first link."""
        self._light_link(0)

    def on_blur(self) -> None:
        """Remove the cursor from the links."""
        self._light_link(-1)

    def move_link(self, step: int) -> None:
        """Move to the next link (1) or the previous one (-1), at most to the last or first."""
        self._light_link(max(self.link + step, 0))

    def follow_link(self) -> None:
        """What a click on the link would do; a panel without links opens the view that tells more."""
        actions = self._actions() if self.link >= 0 else []
        if actions:
            self.call_later(self.app.run_action, actions[min(self.link, len(actions) - 1)], self)
        elif self.shows.opens:
            self.call_later(self.run_action, f"app.view('{self.shows.opens}')")

    def _actions(self) -> list[str]:
        from tui.widgets.links import actions_in

        return actions_in(self._content_lines)

    def _light_link(self, link: int) -> None:
        link = min(link, len(self._actions()) - 1)
        if self.walks_links and link != self.link:
            self.link, self._drawn_lines, self._last_key = link, None, None
            self.redraw()

    def notify_style_update(self) -> None:
        """Paint all lines again in the colours of a new theme."""
        super().notify_style_update()
        self._rows, self._run_styles = {}, {}
        for kept in ("_ground", "_is_red"):
            self.__dict__.pop(kept, None)

    @property
    def cursor_text(self) -> str:
        """The lines under the cursor, as plain text; empty where there is none."""
        lit = [line for line in self._content_lines if any(run.style.endswith("/on") for run in line)]
        return "\n".join("".join(run.text for run in line).strip() for line in lit)

    @property
    def text(self) -> str:
        """What stands in the panel, as plain text (for tests and the clipboard)."""
        return "\n".join("".join(run.text for run in line).rstrip() for line in self._content_lines)


@lru_cache(maxsize=256)
def _click(action: str) -> Style:
    return Style.from_meta({"@click": action})


def _changed_cells(old: Line, new: Line, width: int) -> tuple[int, int]:
    """The first and the one after the last cell in which two rows of one width differ."""
    head = _runs_alike(old, new)
    left = line_width(new[:head])
    if head < min(len(old), len(new)):
        left += _common_prefix_cells(old[head], new[head])
    tail = _runs_alike(old[head:][::-1], new[head:][::-1])
    return left, max(width - line_width(new[len(new) - tail :]), left + 1)


def _runs_alike(one: Line, other: Line) -> int:
    """How many runs two rows begin with are the same."""
    count = 0
    for run, another in zip(one, other, strict=False):
        if run != another:
            break
        count += 1
    return count


def _common_prefix_cells(old: Run, new: Run) -> int:
    if old.style != new.style or old.action != new.action:
        return 0
    common = 0
    for a, b in zip(old.text, new.text, strict=False):
        if a != b:
            break
        common += 1
    return width_of(new.text[:common])
