"""Panels that take keys: one part of a view is active, and the keys of lists go to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from sim.language import N_, _
from tui.drawing.memo import Identity, Memo
from tui.drawing.styled_text import Line, wrap
from tui.drawing.styled_text import width as cells
from tui.widgets.links import highlighted
from tui.widgets.panel import Panel
from tui.wording.proof import EXPLAIN, proof_page

if TYPE_CHECKING:
    from collections.abc import Hashable

    from textual import events

    from tui.session.frame import Frame
    from tui.wording.proof import Explained

WHEEL_LINES = 3
PAGE_OVERLAP = 4

LEAST_PROOF = 4
"""Rows below a text in which a fact and its source fit."""


class SelectablePanel(Panel, can_focus=True):
    """A panel with a cursor or a scroll position.

    A view asks for moves; what a part cannot use it refuses by returning false.
    """

    walks_links = False
    FOCUS_ON_CLICK = True

    cursor = ""
    """Key of the row under the cursor, in a part that has rows."""

    class Moved(Message):
        """The cursor came to another row; the key is empty where there is none."""

        def __init__(self, panel: SelectablePanel, key: str) -> None:
            super().__init__()
            self.panel = panel
            self.key = key

    class Opened(Moved):
        """A row was opened, by Enter or a second click."""

    _announced = ""

    def show(self, frame: Frame) -> None:
        """Draw a frame and post the row under the cursor."""
        super().show(frame)
        if self._announced != self.cursor and self.content_size.width > 0:
            self._announced = self.cursor
            self.post_message(self.Moved(self, self.cursor))

    def open_cursor(self) -> None:
        """Tell the view that the row under the cursor is opened."""
        if self.cursor:
            self.post_message(self.Opened(self, self.cursor))

    hint = ""
    """Keys worth knowing here, marked by `N_`, shown in the border while the part is active and there is room."""

    def lower_title(self, *texts: str) -> str:
        """Texts for the lower border, with the hint before them where it fits."""
        text, hint = " · ".join(filter(None, texts)), _(self.hint)
        full = f"{hint} · {text}" if text else hint
        return full if self.active and hint and cells(full) <= self.caption_room else text

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """Texts in the upper and lower border, without counts of what is hidden."""
        return _(self.BORDER_TITLE), ""

    def explained(self, frame: Frame) -> list[Explained]:
        """The facts shown here with their proof; none where nothing was read from a source."""
        return []

    @property
    def current_action(self) -> str:
        """The action of the link under the cursor, in a panel that has links."""
        return ""

    def keys(self) -> list[str]:
        """Keys of all rows, in a part that has rows."""
        return []

    def choose(self, key: str) -> bool:
        """Put the cursor on a row; false where there is none of that key."""
        found = key in self.keys()
        if found:
            self.cursor = key
            self.redraw()
        return found

    def put_cursor(self, key: str) -> None:
        """Put the cursor on a row, also on one that is drawn only later."""
        if self.cursor != key and not self.choose(key):
            self.cursor = key

    def reveal(self, title: str) -> bool:
        """Put the cursor on the row of a title such as `Wang Yaping 王亚平` or `Spacewalk 17`."""
        fits = (key for key in self.keys() if title == key or title.startswith(f"{key} ") or title.endswith(f" {key}"))
        key = next(fits, None)
        return key is not None and self.choose(key)

    @property
    def active(self) -> bool:
        """Whether the keys go here: it has the focus, or had it last, see `ListView`."""
        return self.has_class("-front")

    @active.setter
    def active(self, active: bool) -> None:
        self.set_class(active, "-front")

    def move(self, step: int) -> None:
        """Move up or down by lines."""

    def page(self, step: int) -> None:
        """Move up or down by pages."""

    def edge(self, step: int) -> None:
        """Move to the first or the last line."""

    def sideways(self, step: int) -> bool:
        """Move left or right; false if the panel has no columns."""
        return False

    def enter(self) -> None:
        """Open what is under the cursor."""

    def wheel(self, step: int) -> None:
        """The wheel of the mouse, down (1) or up (-1)."""
        self.move(step * WHEEL_LINES)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.wheel(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.wheel(-1)


class ScrollingText(SelectablePanel):
    """Scrolling text whose links can be selected and followed."""

    hint = N_("Enter goes there · i sources")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.top = 0
        self._link = 0
        self._content = Memo[list[Line]]()

    def content(self, frame: Frame, width: int) -> list[Line]:
        """All lines, however many."""
        raise NotImplementedError  # abstract: every reading says what it tells

    def content_key(self, frame: Frame) -> Hashable:
        """What the content depends on, beside the width: while this stays the same, the lines are kept."""
        return frame.unix_s

    def scroll_to_top(self) -> None:
        """Back to the first line: there is another subject."""
        self.top = self._link = 0

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The lines in sight, with the link under the cursor lit."""
        lines = self.lines(frame, width)
        self.top = max(0, min(self.top, len(lines) - height))
        shown = lines[self.top : self.top + height]
        current = self._current(lines)
        if self.active and current is not None:
            row, action = current
            for y in range(row, len(lines)):
                if _action(lines[y]) != action or (y > row and _begins(lines[y])):
                    break
                if self.top <= y < self.top + height:
                    shown[y - self.top] = highlighted(lines[y], width)
        return shown

    def lines(self, frame: Frame, width: int) -> list[Line]:
        """The whole content, from the cache where nothing changed."""
        height = self.content_size.height
        key = (Identity(frame.chronicle), width, height, self._link, self.content_key(frame))
        return self._content.get(key, lambda: self._with_proof(frame, self.content(frame, width), width, height))

    def _with_proof(self, frame: Frame, lines: list[Line], width: int, height: int) -> list[Line]:
        """A text, and below it where its facts were read, as far as that fits whole; the fact under the cursor first.

        Only below a text that ends with the line that opens all of it.
        """
        if len(lines) + LEAST_PROOF > height or not lines or _action(lines[-1]) != EXPLAIN:
            return lines
        facts = self.explained(frame)
        found = _links(lines)
        action = found[min(self._link, len(found) - 1)][1]
        first = next((number for number, fact in enumerate(facts) if fact.action == action), 0)
        whole = list(lines)
        for fact in (*facts[first:], *facts[:first]):
            page = proof_page(fact, frame.unix_s, frame.chronicle.events, width)
            section = [(), *wrap(fact.title, width, "accent"), *page]
            if page and len(whole) + len(section) <= height:
                whole += section
        return whole

    def title(self, frame: Frame) -> tuple[str, str]:
        """The title, and how many lines are hidden."""
        upper, lower = self.border_titles(frame)
        if self._content.latest is None:
            return upper, lower
        below = len(self._content.latest) - self.top - self.content_size.height
        more = _("↑ top") if self.top else ""
        if below > 0:
            more = _("{count} more ↓").format(count=below)
        return upper, self.lower_title(lower, more)

    def move(self, step: int) -> None:
        """Move to the next link if it is visible, else scroll by a line."""
        found = _links(self._lines_now())
        wanted = self._link + step
        if 0 <= wanted < len(found) and self.top <= found[wanted][0] < self.top + self.content_size.height:
            self._link = wanted
        else:
            self._scroll(step)
            self._take_link_in_sight(found, step)
        self.redraw()

    def page(self, step: int) -> None:
        """Scroll by a page, less the lines at the edge."""
        self._scroll(step * max(self.content_size.height - PAGE_OVERLAP, 1))
        self._take_link_in_sight(_links(self._lines_now()), step)
        self.redraw()

    def edge(self, step: int) -> None:
        self._scroll(step * 10_000)
        self._take_link_in_sight(_links(self._lines_now()), step)
        self.redraw()

    def enter(self) -> None:
        current = self._current(self._lines_now())
        if current is not None:
            self.app.call_later(self.app.run_action, current[1], self)

    def wheel(self, step: int) -> None:
        self._scroll(step * WHEEL_LINES)
        self.redraw()

    @property
    def current_action(self) -> str:
        """The action of the link under the cursor."""
        current = self._current(self._lines_now())
        return "" if current is None else current[1]

    def _scroll(self, step: int) -> None:
        last = max(0, len(self._lines_now()) - self.content_size.height)
        self.top = max(0, min(self.top + step, last))

    def _take_link_in_sight(self, found: list[tuple[int, str]], step: int) -> None:
        height = self.content_size.height
        seen = [k for k, (row, _) in enumerate(found) if self.top <= row < self.top + height]
        if seen and self._link not in seen:
            self._link = seen[0 if step > 0 else -1]

    def _current(self, lines: list[Line]) -> tuple[int, str] | None:
        found = _links(lines)
        if not found:
            return None
        self._link = max(0, min(self._link, len(found) - 1))
        return found[self._link]

    def _lines_now(self) -> list[Line]:
        return self.lines(self.newest, self.content_size.width) if self.newest is not None else []


class SubjectText(ScrollingText):
    """Such a text about one subject, which the view chooses.

    Attributes:
        subject: Its name.
    """

    subject = ""

    def set_subject(self, name: str) -> None:
        """Show another subject, from the first line on."""
        if name != self.subject:
            self.subject = name
            self.scroll_to_top()
            self.redraw()


def _action(line: Line) -> str:
    return next((run.action for run in line if run.action), "")


def _begins(line: Line) -> bool:
    """Whether a link begins in this line: one that goes on is indented."""
    return bool(line) and bool(line[0].text.strip())


def _links(lines: list[Line]) -> list[tuple[int, str]]:
    """Row and action of each link."""
    return [(row, action) for row, line in enumerate(lines) if (action := _action(line)) and _begins(line)]
