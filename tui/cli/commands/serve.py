"""`tiangong serve`: the dashboard in a browser on this machine."""

from __future__ import annotations

import argparse
import shlex
import sys

from sim.errors import TiangongError
from sim.sanitize import clean
from tui.cli.arguments import Parser
from tui.cli.context import say

HOST = "127.0.0.1"
"""Only this machine: whoever reaches the page can use the program."""


def parser() -> Parser:
    """What it takes."""
    made = Parser(
        "serve",
        "The dashboard in a browser, on 127.0.0.1 only. Options after -- go to the dashboard.",
        ["tiangong serve", "tiangong serve --port 8100 -- --view passes --place Karachi"],
    )
    made.add_argument("--port", type=_port, default=8000, metavar="N", help="default 8000")
    made.add_argument("options", nargs="*", help="options of the dashboard")
    return made


def _port(text: str) -> int:
    shown = clean(text, limit=30)
    if not (shown.isascii() and shown.isdigit() and 1 <= int(shown) <= 65535):
        raise argparse.ArgumentTypeError(f"“{shown}” is no port: 1 to 65535")
    return int(shown)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from tui.cli.commands import dashboard

    dashboard.options(dashboard.parser().parse_args(arguments.options))  # wrong ones are told here, not in the browser
    try:
        from textual_serve.server import Server
    except ModuleNotFoundError:
        raise TiangongError("the browser needs one more package: pip install 'tiangong-tui[web]'") from None
    command = shlex.join([sys.executable, "-m", "tui", *arguments.options])
    say(f"open http://{HOST}:{arguments.port} (ctrl+c ends)")
    Server(command, host=HOST, port=arguments.port, title="Tiangong").serve()
    return 0
