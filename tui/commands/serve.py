"""`tiangong serve`: the dashboard in a browser on this machine."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from sim.errors import TiangongError
from tui.commands.arguments import Parser
from tui.commands.query import say

if TYPE_CHECKING:
    import argparse

HOST = "127.0.0.1"
"""Only this machine: whoever reaches the page can use the program."""


def parser() -> Parser:
    """What it takes."""
    made = Parser(
        "serve",
        "The dashboard in a browser, on 127.0.0.1 only. Options after -- go to the dashboard.",
        ["tiangong serve", "tiangong serve --port 8100 -- --view passes --place Karachi"],
    )
    made.add_argument("--port", type=int, choices=range(1, 65536), default=8000, metavar="N", help="default 8000")
    made.add_argument("options", nargs="*", help="options of the dashboard")
    return made


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    try:
        from textual_serve.server import Server
    except ModuleNotFoundError:
        raise TiangongError("the browser needs one more package: pip install 'tiangong-tui[web]'") from None
    from tui.commands import dashboard

    dashboard.parser().parse_args(arguments.options)  # wrong options are told here, not in the browser
    command = shlex.join([sys.executable, "-m", "tui", *arguments.options])
    say(f"open http://{HOST}:{arguments.port} (ctrl+c ends)")
    Server(command, host=HOST, port=arguments.port, title="Tiangong").serve()
    return 0
