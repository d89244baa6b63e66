"""The web server: textual-serve with a limit on visitors and a check of who asks.

Whoever reaches the page can use the dashboard, so the server listens on this machine only, unless another address is
given. Other web pages open in the same browser can reach it too; the checks of `Host` and `Origin` keep them out.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

from sim.language import _
from tui.cli.context import say
from tui.cli.web.visit import visitor_command

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
UPDATE_EVERY_S = 1800.0
"""How often the owner's copy is asked to update; each service's own interval is longer, and is kept."""

_NO_SUCH_ADDRESS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)

_PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def url_of(host: str, port: int) -> str:
    """The address of the page on a host; IPv6 addresses are bracketed."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


class DashboardServer(Server):
    """One dashboard process for each open tab.

    Args:
        host: Address to listen on.
        port: Port to listen on.
        public_url: Address in the browser, when another web server passes the requests on.
        most_visitors: How many dashboards run at once.
        updating: Command that fetches new data for the owner, run while the server runs; empty to fetch nothing.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        public_url: str | None = None,
        most_visitors: int = 8,
        updating: Sequence[str] = (),
    ) -> None:
        super().__init__(
            visitor_command(),
            host=host,
            port=port,
            title="Tiangong 天宫",
            public_url=(public_url or url_of(host, port)).rstrip("/"),
            templates_path=Path(__file__).with_name("page"),
        )
        self.most_visitors = most_visitors
        self.visitors = 0
        self._updating = tuple(updating)
        self._updates: asyncio.Task[None] | None = None
        aliases = (host, *LOOPBACK_NAMES) if host in LOOPBACK_NAMES or public_url else (host,)
        own = {url_of(name, port) for name in aliases} | {self.public_url}
        self.hosts = frozenset(urlsplit(url).netloc.lower() for url in own)
        """Values of the Host header that are answered; another one comes from a name that was pointed here."""
        self.origins = frozenset("{0.scheme}://{0.netloc}".format(urlsplit(url.lower())) for url in own)
        """Pages that may open a connection: this server's own."""

    def initialize_logging(self) -> None:
        """Warnings only: textual-serve's own log shows local variables of its frames."""
        logging.basicConfig(level=logging.WARNING, format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Start fetching new data beside the visitors."""
        if self._updating:
            self._updates = asyncio.create_task(self._keep_updating())

    async def on_shutdown(self, app: web.Application) -> None:
        """Stop fetching, and wait until it has: asyncio complains of a process that outlives its loop."""
        if self._updates is not None:
            self._updates.cancel()
            with suppress(asyncio.CancelledError):
                await self._updates

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page, or a sentence why not.

        Raises:
            HTTPForbidden: The request names another host.
            HTTPServiceUnavailable: There are as many visitors as are allowed.
        """
        self._assert_own_host(request)
        self._assert_room()
        # The decorator of the method that is overridden turns its dictionary into a response.
        page: web.StreamResponse = await super().handle_index(request)
        page.headers.update(_PAGE_HEADERS)
        return page

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """The connection of one tab; its process ends with it.

        Raises:
            HTTPForbidden: The request comes from a page of another server, or from no page.
            HTTPServiceUnavailable: There are as many visitors as are allowed.
        """
        self._assert_own_host(request)
        if request.headers.get("Origin", "").lower() not in self.origins:
            raise web.HTTPForbidden(text=_("This connection is for the dashboard's own page only."))
        self._assert_room()
        self.visitors += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self.visitors -= 1

    def _assert_own_host(self, request: web.Request) -> None:
        if request.host.lower() not in self.hosts:
            raise web.HTTPForbidden(text=_("Open {public_url} instead.").format(public_url=self.public_url))

    def _assert_room(self) -> None:
        if self.visitors >= self.most_visitors:
            raise web.HTTPServiceUnavailable(
                text=_("{count} dashboards are open, as many as are allowed. Try again in a minute.").format(
                    count=self.visitors
                ),
                headers={"Retry-After": "60"},
            )

    async def _keep_updating(self) -> None:
        """Run the owner's `tiangong update` now and then; what it says is of no use to visitors."""
        while True:
            nowhere = asyncio.subprocess.DEVNULL
            process = await asyncio.create_subprocess_exec(
                *self._updating, stdin=nowhere, stdout=nowhere, stderr=nowhere
            )
            try:
                await process.wait()
            except asyncio.CancelledError:
                process.terminate()
                await process.wait()
                raise
            await asyncio.sleep(UPDATE_EVERY_S)


def update_command() -> list[str]:
    """The command that fetches new data into the owner's cache, from the same packages as this process."""
    program = f"import sys; sys.path.insert(0, {str(Path(__file__).resolve().parents[3])!r}); " + (
        "from tui.cli.main import main; sys.exit(main(['update']))"
    )
    return [sys.executable, "-P", "-c", program]


def assert_can_listen(host: str, port: int) -> None:
    """Listen for a moment, as the server will: what is said of an address before it is bound may not be true.

    Raises:
        OSError: The port is taken, or no address of the host is one of this machine.
    """
    missing: OSError | None = None
    bound = False
    for family, kind, protocol, _name, address in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        try:
            with socket.socket(family, kind, protocol) as tried:
                if os.name == "posix":  # elsewhere it would take a port away from who has it
                    tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    tried.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                tried.bind(address)
                tried.listen()
                bound = True
        except OSError as problem:
            if problem.errno not in _NO_SUCH_ADDRESS:
                raise
            missing = problem  # as `localhost` in IPv6 where there is none; another address of it may do
    if missing is not None and not bound:
        raise missing


def announce(server: DashboardServer) -> None:
    """Say where it is, and what it means to listen on another address than this machine's own."""
    if server.host not in LOOPBACK_NAMES:
        say(
            _(
                "warning: everybody who reaches {host} can use the dashboard, without a password and without "
                "encryption; {loopback_names} is for this machine only"
            ).format(host=server.host, loopback_names=LOOPBACK_NAMES[0])
        )
    say(_("open {public_url} (ctrl+c ends)").format(public_url=server.public_url))
