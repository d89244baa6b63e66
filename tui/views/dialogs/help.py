"""The help screen: every key from the tables, what the words on the screen mean, and the topics of the help."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.keys import format_key
from textual.widgets import Input, Static

from sim.language import N_, _
from tui.config.actions import VIEWS, groups
from tui.config.screen_keys import SCREENS, bindings
from tui.config.words import PLACES, WORDS
from tui.reference.finding import passages
from tui.reference.topics import TOPICS, read_topic, read_topics, topic_label
from tui.views.dialogs.dialog import Dialog
from tui.views.dialogs.flowing_text import FlowingContent, FlowingMarkdown, HangingContent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from tui.reference.finding import Passage


TWO_COLUMNS_FROM = 190
"""Columns of a terminal in which the help stands in two columns."""

KEYS = "keys"
"""The topic that opens first; its page begins with the keys of the open view and ends with the words."""


class Section(Static):
    """A heading and its lines; those that hold a text that is looked for, where one is.

    One widget: with others in it for heading and lines, the help took twice as long to open.

    Args:
        heading: Above the lines.
        lines: What is told.
        column: Where the second column of the lines begins, in cells.
    """

    def __init__(self, heading: str, lines: list[str], column: int = 12) -> None:
        self.heading = heading
        self._lines = lines
        self._column = column
        super().__init__(self._told(lines))

    def find(self, wanted: str) -> None:
        """Show only the lines that hold a text, upper or lower case; all of them for one that the heading holds."""
        key = wanted.casefold().strip()
        found = self._lines if key in self.heading.casefold() else [t for t in self._lines if key in t.casefold()]
        self.display = bool(found)
        self.update(self._told(found))

    def _told(self, lines: list[str]) -> HangingContent:
        return HangingContent(self.heading, lines, self._column)


class Help(Dialog[None]):
    """The keys of the open view, those of all views by group, those of other screens, then the words; and the topics.

    Args:
        own: The person's own keys, comma separated, by the ids of the actions.
        view: Name of the open view, whose keys come first.
        topic: The topic to open with.
    """

    DEFAULT_CLASSES = "wide"

    DEFAULT_CSS = """
    Help > VerticalScroll {
        width: 90; max-height: 92%; padding: 0 2;
        &.-wide { width: 178; }
        & > #columns { height: auto; layout: horizontal; }
        & > #columns > Vertical { width: 1fr; height: auto; }
        & Section { width: 1fr; margin-top: 1; }
        & #find { display: none; height: 1; border: none; background: $panel; }
        & #topics { margin-top: 1; link-style: none; }
        & #found, & #topic { display: none; }
        & Markdown { padding: 0; background: $surface; }
        & MarkdownH1 { content-align: left middle; margin: 1 0; padding: 0; }
        & MarkdownH2 { margin: 1 0 0 0; padding: 0; }
    }
    """

    BINDINGS = bindings("In this help (?)")
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, own: Mapping[str, str], view: str = "", topic: str = KEYS) -> None:
        super().__init__()
        self._own = {name: " ".join(map(format_key, keys.split(","))) for name, keys in own.items()}
        self._digit = f"({VIEWS.index(view) + 1})" if view in VIEWS else "()"
        self._topic = topic if topic in TOPICS else KEYS

    async def on_mount(self) -> None:
        """Open the topic asked for; the keys stand there already, and a help that is shown is not laid out again."""
        if self._topic != KEYS:
            await self.action_topic(self._topic)

    def action_scroll_lines(self, step: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def action_find(self) -> None:
        line = self.query_one("#find", Input)
        line.display = True
        line.focus()

    async def compose_again(self) -> None:
        """The same topic, or what is found now of the text that was looked for."""
        line = self.query_one("#find", Input)
        shown, text = line.display, line.value
        await super().compose_again()
        if self._topic != KEYS and self.is_attached:
            await self.action_topic(self._topic)
        for line in self.query("#find").results(Input):
            line.display = shown
            if text:
                with self.prevent(Input.Changed):
                    line.value = text
                self._find(text)

    async def action_topic_step(self, step: int) -> None:
        await self.action_topic(TOPICS[(TOPICS.index(self._topic) + step) % len(TOPICS)])

    async def action_topic(self, name: str) -> None:
        self._topic = name
        self.query_one("#find", Input).value = ""
        self.query_one("#topics", Static).update(_topic_line(name))
        page = self.query_one("#topic", FlowingMarkdown)
        if name != KEYS:
            await page.update(read_topic(name, own_keys=self._own).text)
        if not self.query("#topic"):  # closed while the topic was laid out
            return
        self._show(finding=False)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _show(self, *, finding: bool) -> None:
        """Show the keys, another topic, or what was found in all of them."""
        self.query_one("#topic").display = self._topic != KEYS and not finding
        self.query_one("#found").display = finding
        for section in self.query(Section):
            section.display = section.display if finding else self._topic == KEYS

    def on_input_changed(self, event: Input.Changed) -> None:
        self._find(event.value)

    def _find(self, text: str) -> None:
        """Show what holds a text, of the keys, of the words and of every topic; all of the topic for an empty one."""
        for section in self.query(Section):
            section.find(text)
        finding = bool(text.strip())
        if finding:
            found = passages(read_topics(own_keys=self._own), text, without=(KEYS, "words"))
            self.query_one("#found", Static).update(_found_text(found))
        self._show(finding=finding)

    def on_input_submitted(self) -> None:
        """The keys scroll again; what was found stays."""
        self.query_one(VerticalScroll).focus()

    def compose(self) -> ComposeResult:
        """One table after the other, in two columns where there is room."""
        first, second = self._sections()
        wide = self.app.size.width >= TWO_COLUMNS_FROM
        with VerticalScroll(classes="-wide" if wide else "") as box:
            box.border_title = _("help")
            box.border_subtitle = _("← → topics · / finds a key or a word · Esc closes")
            yield Static(_topic_line(self._topic), id="topics", markup=False)
            yield Input(id="find", placeholder=_("part of a key, an action, a word"), compact=True)
            if wide:
                with Horizontal(id="columns"):
                    yield Vertical(*first)
                    yield Vertical(*second)
            else:
                yield from (*first, *second)
            yield FlowingMarkdown(id="topic", open_links=False)
            yield Static(id="found", markup=False)

    def _sections(self) -> tuple[list[Section], list[Section]]:
        """Those of this view and of all views; those of other screens and the words."""
        local = {
            heading: Section(_(heading), [f"{key.shown:>10}  {_(key.title)}" for key in keys])
            for heading, keys in SCREENS.items()
        }
        here = [section for heading, section in local.items() if self._digit in heading]
        general = [
            Section(_(group), [f"{self._own.get(a.id, a.shown):>10}  {_(a.title)}" for a in actions])
            for group, actions in groups().items()
        ]
        words = [
            Section(_(heading), [f"{_blanks(_(word), 13)}{_(word)}  {_(meaning)}" for word, meaning in told], 15)
            for heading, told in ((N_("Words"), WORDS), *PLACES.values())
        ]
        return [*here, *general], [*(section for section in local.values() if section not in here), *words]


def _blanks(text: str, cells: int) -> str:
    """What is missing before a text that ends in a column."""
    return " " * max(cells - cell_len(text), 0)


def _topic_line(current: str) -> Content:
    """The topics, each to be clicked on, the open one marked."""
    names = (
        Content.styled(
            topic_label(name), "reverse" if name == current else f"$text-primary @click=screen.topic('{name}')"
        )
        for name in TOPICS
    )
    return Content("  ").join(names)


def _found_text(found: Sequence[Passage]) -> Content:
    """What was found, under the topic and the heading that it stands below."""
    parts: list[Content] = []
    for where, several in groupby(found, key=lambda one: (one.topic, one.title)):
        heading = _("{heading} ({topic})").format(heading=where[1], topic=topic_label(where[0]))
        parts.append(Content.styled(f"\n{heading}", f"bold $text-primary @click=screen.topic('{where[0]}')"))
        parts += (Content(one.text) for one in several)
    whole = Content("\n").join(parts)
    return FlowingContent(whole.plain, list(whole.spans))
