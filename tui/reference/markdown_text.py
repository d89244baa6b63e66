"""Markdown as text on a terminal, or in a pipe without colours."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rich.console import Console
from rich.containers import Lines
from rich.markdown import CodeBlock, Heading, Markdown, Paragraph, TableDataElement
from rich.syntax import Syntax
from rich.text import Text

from tui.drawing.styled_text import break_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import ConsoleOptions, JustifyMethod, OverflowMethod, RenderResult
    from rich.markdown import MarkdownContext

WIDEST = 100
"""Longer lines of prose are hard to read."""


class LeftHeading(Heading):
    """A heading where the text begins; rich centres the first one in a box."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The heading, with a line of air above all but the first."""
        yield from self._lines()

    def _lines(self) -> Iterator[Text]:
        self.text.justify = "left"
        self.text.stylize("bold underline" if self.tag == "h1" else "bold")
        if self.tag != "h1":
            yield Text("")
        yield self.text


class FlowingText(Text):
    """Text that is broken between Chinese characters too; rich breaks at spaces only, wherever they stand."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The lines of a width, in cells; each is what rich makes of it."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            for part in line.divide([] if no_wrap else break_offsets(line.plain, width)):
                part.rstrip()
                lines.extend(
                    part.wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
                )
        return lines


class FlowingParagraph(Paragraph):
    """A paragraph of such text."""

    def on_enter(self, context: MarkdownContext) -> None:
        """Begin it."""
        super().on_enter(context)
        self.text = FlowingText(justify="left")


class FlowingCell(TableDataElement):
    """A cell of a table with such text."""

    def __init__(self, justify: JustifyMethod) -> None:
        super().__init__(justify)
        self.content = FlowingText(justify=justify)


class WholeCode(CodeBlock):
    """Code with its own lines, however long: one that is broken inside quotes is another command when it is copied."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, between blank ones; the terminal breaks what it has no room for, and copies it whole."""
        code = Syntax("", self.lexer_name, theme=self.theme).highlight(str(self.text).rstrip())
        code.rstrip()
        for line in (Text(""), *code.split(allow_blank=True), Text("")):
            yield Text.assemble(" ", line, no_wrap=True, overflow="ignore")


class LeftMarkdown(Markdown):
    """Markdown with such headings, texts and code."""

    elements = {  # noqa: RUF012 - as rich declares it
        **Markdown.elements,
        "heading_open": LeftHeading,
        "paragraph_open": FlowingParagraph,
        "td_open": FlowingCell,
        "fence": WholeCode,
        "code_block": WholeCode,
    }


def print_markdown(text: str) -> None:
    """Print Markdown, its prose wrapped to the terminal."""
    columns = min(shutil.get_terminal_size().columns, WIDEST)
    console = Console(width=columns, highlight=False)
    with console.capture() as printed:
        console.print(LeftMarkdown(text, code_theme="ansi_dark", hyperlinks=False), crop=False)
    print("\n".join(map(str.rstrip, printed.get().splitlines())))
