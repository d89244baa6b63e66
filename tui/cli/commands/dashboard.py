"""`tiangong` alone: the dashboard; where there is no screen for it, the status as text."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from sim.errors import SettingsError
from sim.sanitize import clean
from tui.cli.commands import COMMANDS
from tui.cli.context import Query, say

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


def parser() -> Parser:
    """What it takes; a word that is no option is a command."""
    from tui.cli import look

    return look.parser()


def nothing_asked() -> argparse.Namespace:
    """What the parser makes of no words at all, the usual start; parsing them would take a fiftieth of it."""
    nothing = dict.fromkeys(("command", "view", "theme", "at", "place", "lat", "lon", "height", "elements"))
    made = SimpleNamespace(**nothing, rate=1.0, version=False, paused=False, plain=False, offline=False)
    return cast("argparse.Namespace", made)


def options(arguments: argparse.Namespace) -> DashboardOptions:
    """The options of the dashboard, filled up from the settings."""
    from tui.config.options import DashboardOptions

    messages: list[str] = []
    query = Query(arguments, messages.append)
    settings = query.settings
    theme = known_theme(arguments.theme)
    if theme is None:
        with suppress(SettingsError):  # of the settings' the screen tells, which has a default
            theme = known_theme(settings.theme)
    return DashboardOptions(
        at_unix_s=arguments.at,
        rate=arguments.rate or 1.0,
        paused=arguments.paused or arguments.rate == 0.0,
        view=arguments.view or settings.view,
        theme=theme,
        plain=arguments.plain or settings.plain,
        place=query.asked_place,
        elements_path=arguments.elements,
        offline=query.offline,
        settings=settings,
        messages=tuple(messages),
    )


def known_theme(name: str | None) -> str | None:
    """A theme by its full name, or the part after the dash.

    Raises:
        SettingsError: There is none of this name.
    """
    if name is None:
        return None
    from tui.drawing.themes import CYCLE

    for candidate in (name, f"tiangong-{name}"):
        if candidate in CYCLE:
            return candidate
    raise SettingsError(f"there is no theme “{clean(name, limit=30)}”; there are {', '.join(CYCLE)}")


def screen_missing() -> str:
    """Why the dashboard cannot be shown here; empty if it can."""
    if os.environ.get("TEXTUAL_DRIVER"):  # Textual was told to draw to something else, such as a browser
        return ""
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output"), (sys.stderr, "error output")):
        if stream is None or not stream.isatty():
            return f"the {name} is no terminal"
    term = os.environ.get("TERM", "")
    if sys.platform != "win32" and term in {"", "dumb", "unknown"}:
        return f"the terminal is “{term}”" if term else "TERM is not set"
    return ""


def run(arguments: argparse.Namespace) -> int:
    """Open it."""
    if arguments.version:
        print(f"tiangong {program_version()}")
        return 0
    if arguments.command is not None:
        from difflib import get_close_matches

        near = get_close_matches(arguments.command, COMMANDS, n=1)
        parser().error(f"“{arguments.command}” is no command" + (f": did you mean {near[0]}?" if near else ""))
    missing = "" if arguments.plain else screen_missing()
    if missing:
        from tui.cli.output.text_report import status_lines

        query = Query(arguments)
        known_theme(arguments.theme)  # what a screen would refuse is refused without one
        query.require_flying()
        lines = status_lines(query.status(), query.place)
        say(f"{missing}: here is the status as text")
        query.warn_if_stale()
        print("\n".join(lines))
        return 0
    chosen = options(arguments)
    from tui.imports import import_textual

    import_textual()
    from tui import app

    return app.run(chosen)
