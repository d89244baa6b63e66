"""`tiangong` alone: the dashboard; where there is no screen for it, the status as text."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from sim.errors import SettingsError
from sim.language import _
from sim.sanitize import clean
from tui.cli.commands import COMMANDS
from tui.cli.context import Query, QueryArguments, say
from tui.cli.encoding import lacks_drawing_characters
from tui.config.settings import SCREENS_FILE, VIEW_NAMES, state_dir
from tui.session.garbage_collection import leave_to_the_end, resume_collection
from tui.session.loading import load_chronicle, make_session

if TYPE_CHECKING:
    import argparse

    from tui.cli.arguments import Parser
    from tui.config.options import DashboardOptions


def program_version() -> str:
    """The version that is installed, or that of the sources it runs from."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("tiangong-tui")
    except PackageNotFoundError:
        import tomllib

        project = Path(__file__).parents[3] / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"]) if project.is_file() else "unknown"


class DashboardArguments(QueryArguments, frozen=True, kw_only=True):
    """The options of the dashboard; the defaults are those of a start without any."""

    command: str | None = None
    version: bool = False
    rate: float = 1.0
    paused: bool = False
    view: str | None = None
    theme: str | None = None
    plain: bool = False
    story: str | None = None
    fresh: bool = False

    @classmethod
    def of(cls, parsed: argparse.Namespace, **changes: Any) -> DashboardArguments:  # noqa: ANN401
        """Those that argparse found, without what only another command knows."""
        found = {name: value for name, value in vars(parsed).items() if name in cls.__struct_fields__}
        return cls(**{**found, **changes})


def parser() -> Parser:
    """The parser of the dashboard's options; a word that is not an option is a command."""
    from tui.cli.arguments import TIMES_HELP, Parser

    width = max(map(len, COMMANDS))
    heading = _("commands (tiangong COMMAND --help explains one):")
    commands = "\n".join(f"  {name:<{width}}  {_(purpose)}" for name, purpose in COMMANDS.items())
    made = Parser(
        "",
        _("Mission control for China's space station in a terminal."),
        ["tiangong", "tiangong --at 2024-12-17T08:00Z --rate 60", "tiangong --story record-walk"],
        "\n\n".join((f"{heading}\n{commands}", _(TIMES_HELP))),
    )
    made.add_argument("command", nargs="?", help=_("one of the commands below; without one the dashboard opens"))
    add_options(made)
    return made


def add_options(made: argparse.ArgumentParser) -> None:
    """Add the dashboard's options."""
    from tui.cli.arguments import add_dashboard_options

    made.add_argument("--version", action="store_true", help=_("print the version and exit"))
    add_dashboard_options(made)
    made.add_argument(
        "--story",
        metavar="NAME",
        help=_("tell a story: one of those that S lists, or a file of your own (.toml, .json)"),
    )
    made.add_argument(
        "--fresh",
        action="store_true",
        help=_("forget view, filters and order of lists of the last time; bookmarks, alarms and settings stay"),
    )


def options(arguments: DashboardArguments, *, stream: TextIO | None = None) -> DashboardOptions:
    """The options of the dashboard; what is not given comes from the settings.

    Args:
        arguments: The command line.
        stream: Where the screen is written to; its encoding decides whether plain characters are needed.
    """
    from tui.config.options import DashboardOptions

    messages: list[str] = []
    query = Query(arguments, messages.append)
    settings = query.settings
    theme = known_theme(arguments.theme)
    if theme is None:
        with suppress(SettingsError):  # a wrong one in the settings is reported on the screen, and the default used
            theme = known_theme(settings.theme)
    return DashboardOptions(
        at_unix_s=arguments.at,
        rate=arguments.rate or 1.0,
        paused=arguments.paused or arguments.rate == 0.0,
        view=arguments.view or settings.view or VIEW_NAMES[0],
        theme=theme,
        plain=arguments.plain or settings.plain,
        place=query.asked_place,
        zone=arguments.zone,
        horizon=query.horizon,
        elements_paths=tuple(arguments.elements or ()),
        object_name=arguments.object,
        standard_magnitude=arguments.magnitude,
        offline=query.offline,
        settings=settings,
        messages=tuple(messages),
        ascii_only=stream is not None and lacks_drawing_characters(stream),
        story=arguments.story,
        greets=True,
    )


def recalled(chosen: DashboardOptions, arguments: DashboardArguments) -> DashboardOptions:
    """The options with what is kept from the last time, unless it shall be forgotten.

    A view that is asked for, on the command line or in the settings, comes before the one that was open last.
    """
    if arguments.fresh or not (state_dir() / SCREENS_FILE).exists():
        return msgspec.structs.replace(chosen, remembers=True)
    from tui.config.last_screens import read_screens

    screens = read_screens()
    asked = arguments.view or chosen.settings.view
    return msgspec.structs.replace(
        chosen, remembers=True, view=chosen.view if asked else screens.view, tables=screens.tables
    )


def known_theme(name: str | None) -> str | None:
    """A theme by its full name, or one of the dashboard's own by the part after the dash; Textual's are known too.

    Raises:
        SettingsError: There is none of this name.
    """
    if name is None:
        return None
    from tui.drawing.themes import names

    for candidate in (name, f"tiangong-{name}"):
        if candidate in names():
            return candidate
    raise SettingsError(
        _("there is no theme “{name}”; there are {names}").format(name=clean(name, limit=30), names=", ".join(names()))
    )


def screen_missing() -> str:
    """Why the dashboard cannot be shown here; empty if it can."""
    if os.environ.get("TEXTUAL_DRIVER"):  # Textual was told to draw to something else, such as a browser
        return ""
    for stream, problem in (
        (sys.stdin, _("the input is not a terminal")),
        (sys.stdout, _("the output is not a terminal")),
        (sys.stderr, _("the error output is not a terminal")),
    ):
        if stream is None or not stream.isatty():
            return problem
    term = os.environ.get("TERM", "")
    if sys.platform != "win32" and term in {"", "dumb", "unknown"}:
        return _("the terminal is “{term}”").format(term=term) if term else _("TERM is not set")
    return ""


def run(arguments: argparse.Namespace) -> int:
    """Open the dashboard, or print the version."""
    if arguments.version:
        print(f"tiangong {program_version()}")
        return 0
    if arguments.command is not None:
        from difflib import get_close_matches

        near = get_close_matches(arguments.command, COMMANDS, n=1)
        text = _("“{command}” is not a command: did you mean {near}?") if near else _("“{command}” is not a command")
        parser().error(text.format(command=arguments.command, near="".join(near)))
    return open_dashboard(DashboardArguments.of(arguments))


def open_dashboard(arguments: DashboardArguments) -> int:
    """Open the dashboard; where there is no screen for it, print the status."""
    missing = "" if arguments.plain else screen_missing()
    if missing and arguments.story is None:
        return _print_status(arguments, missing)
    chosen = options(arguments, stream=sys.__stderr__)  # which Textual writes to
    if arguments.story is not None and (missing or chosen.plain):
        return _print_story(arguments.story, missing)
    chosen = recalled(chosen, arguments)
    session, messages = make_session(chosen)
    if chosen.story is not None:
        from sim.stories.library import find_story

        find_story(chosen.story, session.chronicle)  # what cannot be told is said before there is a screen
    if chosen.plain:
        resume_collection()
        from tui.cli import linear_mode

        for message in messages:
            say(message)
        return linear_mode.run(session, sys.stdin or StringIO(), sys.stdout or StringIO())  # None after `<&-`, `>&-`
    from tui.app import TiangongApp

    app = TiangongApp(session, chosen, messages)
    code = app.run()  # None where it ended otherwise than by `exit`, such as by an error
    leave_to_the_end()
    return app.return_code or 0 if code is None else code


def _print_story(wanted: str, missing: str) -> int:
    from sim.stories.library import find_story
    from tui.cli.output.story_text import story_lines

    chronicle, problems = load_chronicle()
    lines = story_lines(find_story(wanted, chronicle))
    if missing:
        say(_("{missing}: here is the story as text").format(missing=missing))
    for problem in problems:
        say(problem)
    print("\n".join(lines))
    return 0


def _print_status(arguments: DashboardArguments, missing: str) -> int:
    from tui.cli.output.text_report import status_lines

    query = Query(arguments)
    known_theme(arguments.theme)  # what a screen would refuse is refused without one
    query.require_flying_if_given()
    query.require_answer()
    lines = status_lines(query.status(), query.place)
    say(_("{missing}: here is the status as text").format(missing=missing))
    query.warn_if_stale()
    print("\n".join(lines))
    return 0
