"""Looking for a text in the topics of the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tui.reference.topics import Topic


class Passage(msgspec.Struct, frozen=True):
    """A paragraph, a line of a list, a row of a table or a line of code that holds a text.

    Attributes:
        topic: Name of the topic.
        title: Heading below which it stands.
        text: The passage without the marks of Markdown.
    """

    topic: str
    title: str
    text: str


def passages(topics: Iterable[Topic], wanted: str, *, without: Collection[str] = ()) -> list[Passage]:
    """What holds a text, upper or lower case, in the order of the topics.

    Args:
        topics: Where to look.
        wanted: The text; where a heading holds it, all that stands below it is found.
        without: Names of topics to leave out.
    """
    key = wanted.casefold().strip()
    if not key:
        return []
    return [
        one
        for topic in topics
        if topic.name not in without
        for one in all_passages(topic)
        if key in one.text.casefold() or key in one.title.casefold()
    ]


def all_passages(topic: Topic) -> list[Passage]:
    """Every passage of a topic."""
    found: list[Passage] = []
    title = topic.title
    row: list[str] | None = None
    is_heading = False
    for token in MarkdownIt("commonmark").enable("table").parse(topic.text):
        if token.type == "heading_open":
            is_heading = True
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            found.append(Passage(topic.name, title, "  ".join(row)))
            row = None
        elif token.type == "fence":
            found += (Passage(topic.name, title, line) for line in token.content.splitlines() if line)
        elif token.type == "inline":
            text = "".join(child.content or " " * (child.type == "softbreak") for child in token.children or ())
            if is_heading:
                title, is_heading = text, False
            elif row is not None:
                row.append(text)
            else:
                found.append(Passage(topic.name, title, text))
    return found
