"""`tiangong serve`: the dashboard in a browser, one process for each open tab."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sim.errors import TiangongError
from sim.language import _, language
from sim.sanitize import clean
from tui.cli.arguments import Parser
from tui.config.settings import cache_dir

if TYPE_CHECKING:
    from tui.config.options import DashboardOptions

HOST = "127.0.0.1"
"""Only this machine, unless another address is asked for."""
PORT = 8000
MOST_VISITORS = 8
"""A dashboard takes 45 to 80 MB."""
INSTALL = ".venv/bin/pip install '.[web]'"
"""Names the checkout that is at hand. The distribution is on no index; its name there could be anybody's."""
_EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - compared with, not listened on


def parser() -> Parser:
    made = Parser(
        "serve",
        _(
            "The dashboard in a browser. Each tab is a dashboard of its own, which cannot change your files or "
            "settings and ends when the tab is closed. Options after -- go to the dashboard."
        ),
        ["tiangong serve", "tiangong serve --port 8100 -- --view passes --place Karachi"],
    )
    made.add_argument(
        "--port", type=_port, default=PORT, metavar="N", help=_("port to listen on (default {port})").format(port=PORT)
    )
    made.add_argument(
        "--host",
        default=HOST,
        metavar="ADDRESS",
        help=_(
            "address to listen on (default {host}: this machine only; there is no password and no encryption)"
        ).format(host=HOST),
    )
    made.add_argument(
        "--public-url",
        type=_url,
        metavar="URL",
        help=_("address in the browser, when another web server passes the requests on"),
    )
    made.add_argument(
        "--visitors",
        type=_visitors,
        default=MOST_VISITORS,
        metavar="N",
        help=_("how many dashboards may be open at once (default {most})").format(most=MOST_VISITORS),
    )
    made.add_argument("options", nargs="*", help=_("options of the dashboard"))
    return made


def _whole_number(text: str, largest: int, what: str) -> int:
    shown = clean(text, limit=30)
    if not (shown.isascii() and shown.isdigit() and 1 <= int(shown) <= largest):
        raise argparse.ArgumentTypeError(
            _("“{shown}” is not {what}: 1 to {largest}").format(shown=shown, what=what, largest=largest)
        )
    return int(shown)


def _port(text: str) -> int:
    return _whole_number(text, 65535, _("a port"))


def _visitors(text: str) -> int:
    return _whole_number(text, 1000, _("a number of visitors"))


def _url(text: str) -> str:
    shown = clean(text, limit=200)
    try:
        parts = urlsplit(shown)
    except ValueError:  # an address in brackets that is none
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(
            _("“{shown}” is not a web address such as https://example.org/tiangong").format(shown=shown)
        )
    return shown


def run(arguments: argparse.Namespace) -> None:
    """Serve until interrupted.

    Raises:
        TiangongError: textual-serve is not installed, or the address cannot be listened on.
    """
    if arguments.host in _EVERY_ADDRESS and arguments.public_url is None:
        parser().error(
            _("--host {host} needs --public-url: the address that is typed in the browser").format(host=arguments.host)
        )
    chosen = _options(arguments.options)  # an error in them is reported here, not in the browser
    if any(str(path) == "-" for path in chosen.elements_paths):
        parser().error(_("--elements - cannot be read by every visitor: give a file"))
    try:
        from tui.cli.web.server import DashboardServer, announce, assert_can_listen, update_command
    except ModuleNotFoundError as problem:
        raise TiangongError(_missing_package(problem)) from None
    from tui.cli.web.visit import Visit, offer

    try:
        assert_can_listen(arguments.host, arguments.port)
        server = DashboardServer(
            host=arguments.host,
            port=arguments.port,
            public_url=arguments.public_url,
            most_visitors=arguments.visitors,
            updating=() if chosen.offline else update_command(),
        )
        with TemporaryDirectory(prefix="tiangong-serve-", ignore_cleanup_errors=True) as folder:
            offer(Visit(folder=folder, cache=str(cache_dir().absolute()), options=_portable(arguments.options, chosen)))
            announce(server)
            server.serve()
    except (OSError, UnicodeError) as problem:  # a name that is too long for one cannot be encoded
        where = _("{host} port {port}").format(host=clean(arguments.host, limit=60), port=arguments.port)
        reason = problem.strerror if isinstance(problem, OSError) else _("not the name of a host")
        raise TiangongError(
            _("cannot listen on {where}: {strerror}; --port chooses another").format(where=where, strerror=reason)
        ) from None


def _missing_package(problem: ModuleNotFoundError) -> str:
    """How to get the package of the extra `web` from where this program was installed from."""
    text = _(
        "the browser needs one more package ({package}): in the folder of the program's sources, {command}; from a "
        "wheel, pip install 'FILE.whl[web]'"
    )
    return text.format(package=(problem.name or "web").partition(".")[0], command=INSTALL)


def _options(words: list[str]) -> DashboardOptions:
    from tui.cli.commands import dashboard

    return dashboard.options(dashboard.DashboardArguments.of(dashboard.parser().parse_args(words)))


def _portable(words: list[str], chosen: DashboardOptions) -> tuple[str, ...]:
    """The same options for a process in another folder, with whole paths to the files of elements, and the language."""
    kept: list[str] = []
    given = iter(words)
    for word in given:
        if word == "--elements":
            next(given, None)
        elif not word.startswith("--elements="):
            kept.append(word)
    paths = (str(Path(path).absolute()) for path in chosen.elements_paths)
    return ("--lang", language(), *kept, *(word for path in paths for word in ("--elements", path)))
