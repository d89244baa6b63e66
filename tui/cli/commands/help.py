"""`tiangong help`: the topics of the help, the formats of the answers, and every command's own help."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sim.errors import HelpError
from sim.language import _
from sim.language.lists import comma_list
from sim.sanitize import clean
from tui.cli.arguments import Parser, add_format
from tui.cli.commands import COMMANDS
from tui.config.settings import FILE_NAME, config_dir
from tui.reference.markdown import table
from tui.reference.topics import TOPICS, Topic, read_topic, read_topics

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping


def parser() -> Parser:
    made = Parser(
        "help",
        _(
            "The program explained, offline: quick start, keys, truth and errors, formats, recipes. Without a topic it "
            "lists them."
        ),
        [
            "tiangong help",
            "tiangong help start",
            "tiangong help recipes --format markdown > recipes.md",
            "tiangong help json passes",
            "tiangong help json passes --format json > passes.schema.json",
        ],
        _("Topics: {topics}; the name of a command prints its own help.").format(topics=comma_list(TOPICS)),
    )
    made.add_argument("topic", nargs="?", help=_("one of the topics below, or a command"))
    made.add_argument("name", nargs="?", help=_("after json: the format to explain"))
    add_format(made, "text", "markdown", "json")
    return made


def run(arguments: argparse.Namespace) -> None:
    """Print it.

    Raises:
        HelpError: There is no such topic or format.
    """
    topic, name, form = arguments.topic, arguments.name, arguments.format
    if topic == "json" and name is not None:
        _print_format(name, form)
    elif name is not None:
        parser().error(
            _("“{name}” is too much: only json takes the name of a format").format(name=clean(name, limit=30))
        )
    elif topic is None:
        _print(_contents(), form)
    elif topic in COMMANDS and topic not in TOPICS:
        import_module(f"tui.cli.commands.{topic}").parser().print_help()
    else:
        _print_topic(topic, form)


def _print_format(name: str, form: str) -> None:
    from tui.reference import schemas

    if form == "json":
        from tui.cli.output.json_export import to_json

        print(to_json(schemas.whole_schema(name)))
    else:
        _print(schemas.field_table(name), form)


def _print_topic(name: str, form: str) -> None:
    topic = topic_in_force(name)
    if form == "json":
        from tui.cli.output.json_export import to_json

        print(to_json({"name": topic.name, "title": topic.title, "summary": topic.summary, "text": topic.text}))
    else:
        _print(topic.text, form)


def _own_keys() -> Mapping[str, str]:
    """Keys of the settings as they are written for people, by the ids of the actions."""
    path = config_dir() / FILE_NAME
    if not path.is_file():
        return {}
    from textual.keys import format_key

    from tui.config.keymap import checked
    from tui.config.settings_store import read_settings

    keys = checked(read_settings(path).settings.keys).keys
    return {name: " ".join(map(format_key, text.split(","))) for name, text in keys.items()}


def topic_in_force(name: str) -> Topic:
    """A topic with the keys that are in force."""
    return read_topic(name, own_keys=_own_keys())


def _contents() -> str:
    """The topics with a line each."""
    rows = [
        (f"`{topic.name}`", _("{title}. {summary}").format(title=topic.title, summary=topic.summary))
        for topic in read_topics()
    ]
    parts = (
        "# " + _("Help"),
        _("`tiangong help TOPIC` shows one of these; `?` in the dashboard has them too."),
        table((_("topic"), _("what it is about")), rows),
        _("`tiangong --help` lists the commands, `tiangong COMMAND --help` explains one."),
    )
    return "\n\n".join(parts) + "\n"


def _print(markdown: str, form: str) -> None:
    if form == "json":
        raise HelpError(_("--format json is for one topic, or for one format: tiangong help json passes --format json"))
    if form == "markdown":
        print(markdown, end="")
        return
    from tui.reference.markdown_text import print_markdown

    print_markdown(markdown)
