"""What the dashboard takes on the command line: how it opens, also for pictures of it."""

from __future__ import annotations

from tui.cli.arguments import TIMES_HELP, Parser, add_common, number
from tui.cli.commands import COMMANDS
from tui.config.settings import VIEW_NAMES

FASTEST = 3600.0


def parser() -> Parser:
    """What it takes; a word that is no option is a command."""
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:<{width}}  {words}" for name, words in COMMANDS.items())
    made = Parser(
        "",
        "Mission control for China's space station in a terminal.",
        ["tiangong", "tiangong --at 2024-12-17T08:00Z --rate 60", "tiangong passes --place Islamabad --visible"],
        f"commands (tiangong COMMAND --help tells more):\n{commands}\n\n{TIMES_HELP}",
    )
    made.add_argument("command", nargs="?", help="one of the commands below; none opens the dashboard")
    made.add_argument("--version", action="store_true", help="print the version and end")
    add_look(made)
    return made


def add_look(parser: Parser) -> None:
    """What the dashboard opens with, also for pictures of it."""
    group = parser.add_argument_group("how the dashboard opens")
    group.add_argument(
        "--rate", metavar="N", type=number(-FASTEST, FASTEST), default=1.0, help="simulated seconds a second; 0 pauses"
    )
    group.add_argument("--paused", action="store_true", help="open standing still")
    group.add_argument("--view", choices=VIEW_NAMES, help="the first view")
    group.add_argument("--theme", metavar="NAME", help="colours; a wrong name lists them")
    group.add_argument("--plain", action="store_true", help="plain text from top to bottom, for screen readers")
    add_common(parser)
