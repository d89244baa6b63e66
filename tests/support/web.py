"""`tiangong serve` in a process of its own, and a terminal in memory as its visitor."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pyte

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
WAIT_S = 60.0
"""How long anything may take on a loaded machine; nothing is asserted about speed."""


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(*options: str, cwd: Path, environment: Mapping[str, str] | None = None) -> Iterator[tuple[str, int]]:
    """Run `tiangong serve` from a folder; gives the page's address and the server's process id."""
    port = free_port()
    launch = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tui.cli.main import main; sys.exit(main())"
    # A relative module path would mean the folder the server runs in.
    path = os.pathsep.join(os.path.abspath(part) for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part)
    fixed = {"TIANGONG_OFFLINE": "1", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": path}
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", launch, "serve", "--port", str(port), *options],
        cwd=cwd,
        env=os.environ | fixed | dict(environment or {}),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for_listener(process, port)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.communicate(timeout=WAIT_S)


def _wait_for_listener(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended: {process.communicate()[1].decode()}"
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not listen")


class Tab:
    """One connection, as the page's script holds it, with what has been drawn so far."""

    def __init__(self, socket_: aiohttp.ClientWebSocketResponse, columns: int, rows: int) -> None:
        self.socket = socket_
        self.screen = pyte.Screen(min(columns, 1000), min(rows, 1000))
        self.stream = pyte.ByteStream(self.screen)
        self.bytes_received = 0

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    async def send_keys(self, keys: str) -> None:
        await self.socket.send_json(["stdin", keys])

    async def resize(self, columns: object, rows: object) -> None:
        await self.socket.send_json(["resize", {"width": columns, "height": rows}])
        if isinstance(columns, int) and isinstance(rows, int) and columns * rows < 1_000_000:
            self.screen.resize(rows, columns)

    async def draw_until(self, condition: Callable[[str], bool]) -> str:
        """Take in what the server sends until the screen's text satisfies a condition; returns the text."""
        async with asyncio.timeout(WAIT_S):
            while not condition(self.text):
                message = await self.socket.receive()
                assert message.type in {aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT}, (message, self.text)
                if message.type == aiohttp.WSMsgType.BINARY:
                    self.bytes_received += len(message.data)
                    self.stream.feed(message.data)
        return self.text

    async def wait_closed(self) -> None:
        async with asyncio.timeout(WAIT_S):
            async for _ in self.socket:
                pass


@asynccontextmanager
async def tab(url: str, columns: int = 80, rows: int = 24, *, origin: str | None = None) -> AsyncIterator[Tab]:
    """Open the dashboard as a browser does.

    Raises:
        aiohttp.WSServerHandshakeError: The server refuses.
    """
    address = f"{url.replace('http', 'ws', 1)}/ws?width={columns}&height={rows}"
    headers = {"Origin": url if origin is None else origin} if origin != "" else {}
    async with aiohttp.ClientSession() as session, session.ws_connect(address, headers=headers) as connection:
        yield Tab(connection, columns, rows)
