"""Markdown as text on a terminal, or in a pipe without colours."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Heading, Markdown
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import ConsoleOptions, RenderResult

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


class LeftMarkdown(Markdown):
    """Markdown with such headings."""

    elements = {**Markdown.elements, "heading_open": LeftHeading}  # noqa: RUF012 - as rich declares it


def print_markdown(text: str) -> None:
    """Print Markdown, wrapped to the terminal."""
    columns = min(shutil.get_terminal_size().columns, WIDEST)
    console = Console(width=columns, highlight=False)
    with console.capture() as printed:
        console.print(LeftMarkdown(text, code_theme="ansi_dark", hyperlinks=False))
    print("\n".join(map(str.rstrip, printed.get().splitlines())))
