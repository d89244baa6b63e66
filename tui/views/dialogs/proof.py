"""Behind the key `i`: sources, doubts and checks of the facts on the screen, opened at the one under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

from sim.language import _
from tui.config.screen_keys import bindings
from tui.views.dialogs.dialog import Dialog
from tui.wording.proof import proof_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.style import Style
    from textual.app import ComposeResult

    from sim.chronicle.events import EventList
    from tui.drawing.styled_text import Line
    from tui.wording.proof import Explained

_LARGEST_CELLS = 104
_FRAME_CELLS = 8
"""Borders, padding and the scroll bar beside the text."""

_LOOKS = {"caution": "italic", "value": "bold", "key": "bold"}


class ProofDialog(Dialog[None]):
    """One section a fact.

    Args:
        tell: What is explained, in the language that is chosen at that time.
        unix_s: The instant shown: what was published after it is marked.
        happened: Events, which say when the days that texts name were over.
        first: Which of them is in sight at first.
    """

    BINDINGS = bindings("While sources are shown (i)")

    DEFAULT_CLASSES = "wide"

    DEFAULT_CSS = """
    ProofDialog > VerticalScroll { width: 104; max-height: 92%; padding: 0 2; }
    ProofDialog .head { color: $text-primary; text-style: bold; margin-top: 1; }
    ProofDialog .first { margin-top: 0; }
    """

    def __init__(
        self, tell: Callable[[], Sequence[Explained]], unix_s: float, happened: EventList, first: int = 0
    ) -> None:
        super().__init__()
        self._tell = tell
        self._facts: Sequence[Explained] = ()
        self._unix_s, self._happened = unix_s, happened
        self.first = first

    def compose(self) -> ComposeResult:
        self._facts = self._tell()
        with VerticalScroll() as box:
            box.border_title = _("where it was read, and how sure it is")
            box.border_subtitle = _("Esc closes")
            for number, fact in enumerate(self._facts):
                yield Static(fact.title, classes="head" if number else "head first", markup=False)
                yield Static(self._page(fact), classes="page", markup=False)

    def on_mount(self) -> None:
        """Scroll to the fact that was under the cursor."""
        heads = list(self.query(".head"))
        if 0 < self.first < len(heads):
            self.call_after_refresh(heads[self.first].scroll_visible, top=True, animate=False)

    def on_resize(self) -> None:
        for page, fact in zip(self.query(".page").results(Static), self._facts, strict=False):  # told anew meanwhile
            page.update(self._page(fact))

    def _page(self, fact: Explained) -> Text:
        width = max(min(_LARGEST_CELLS, self.app.size.width * 96 // 100) - _FRAME_CELLS, 20)
        looks: dict[str, str | Style] = {**_LOOKS, "dim": self.muted()}
        return Text("\n").join(_rich(line, looks) for line in proof_page(fact, self._unix_s, self._happened, width))


def _rich(line: Line, looks: Mapping[str, str | Style]) -> Text:
    return Text.assemble(*((run.text, looks.get(run.style, "")) for run in line))
