"""The topics of the help: Markdown by language in `seeds/help`, filled in from the program's own tables.

A file begins with its title as a heading and one paragraph that says in a line what it is about. In the text
`{key ID}` is the key of an action, `{table NAME}` a table that the program makes: neither is ever typed twice.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import msgspec

from sim.errors import HelpError
from sim.language import ENGLISH, _, language, text_cache
from sim.language.lists import comma_list
from sim.sanitize import clean
from sim.seed_data import seed_bytes
from tui.reference.filling import filled

if TYPE_CHECKING:
    from collections.abc import Mapping

TOPICS = (
    "start", "views", "keys", "words", "truth", "commands", "json", "recipes", "elements", "settings", "facts",
    "stories", "network", "browser", "bugs",
)  # fmt: skip
"""In the order in which one would read them."""


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """One text of the help.

    Attributes:
        name: How it is asked for.
        title: Its heading.
        summary: What it is about, in a line.
        body: The rest, as Markdown.
    """

    name: str
    title: str
    summary: str
    body: str

    @property
    def text(self) -> str:
        """All of it as Markdown."""
        return f"# {self.title}\n\n{self.summary}\n\n{self.body}"


def read_topic(name: str, *, own_keys: Mapping[str, str] | None = None) -> Topic:
    """One topic, in the language of this process; in English where nobody has written it in that.

    Args:
        name: One of `TOPICS`.
        own_keys: The person's own keys as they are written, by the ids of the actions.

    Raises:
        HelpError: There is no such topic; one line that names them.
    """
    if name not in TOPICS:
        near = get_close_matches(name, TOPICS, n=1)
        problem = (
            _("there is no topic “{name}” (did you mean {near}?): there are {known}")
            if near
            else _("there is no topic “{name}”: there are {known}")
        )
        raise HelpError(problem.format(name=clean(name, limit=30), near=", ".join(near), known=comma_list(TOPICS)))
    title, summary, body = _source(name).split("\n\n", 2)
    return Topic(
        name=name,
        title=title.removeprefix("# "),
        summary=" ".join(summary.split()),
        body=filled(body, own_keys or {}),
    )


def read_topics(*, own_keys: Mapping[str, str] | None = None) -> list[Topic]:
    """All of them, in order."""
    return [read_topic(name, own_keys=own_keys) for name in TOPICS]


@text_cache(maxsize=len(TOPICS))
def topic_label(name: str) -> str:
    """What a topic is called in a list: its name, which is an English word, or its title in another language."""
    return name if language() == ENGLISH else _source(name).partition("\n")[0].removeprefix("# ")


def _source(name: str) -> str:
    try:
        return seed_bytes(f"help/{language()}/{name}.md").decode("utf-8")
    except FileNotFoundError:
        return seed_bytes(f"help/{ENGLISH}/{name}.md").decode("utf-8")
