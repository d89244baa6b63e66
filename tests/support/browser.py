"""A headless Chromium driven by its DevTools protocol, for tests that need a real page."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import struct
import subprocess
import zlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.support.web import WAIT_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def chromium() -> str | None:
    """The program, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """One tab: commands, their answers, and what came over its web sockets."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.received = bytearray()
        """Bytes of binary web socket messages since the last navigation."""
        self.requested: list[str] = []
        """Every address the page has asked for."""
        self.complaints: list[str] = []
        """Uncaught errors of scripts."""

    async def command(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and wait for its answer; events that come meanwhile are taken in."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        async with asyncio.timeout(WAIT_S):
            while True:
                message = await self._socket.receive_json()
                if message.get("id") == self._number:
                    assert "error" not in message, message
                    result: dict[str, Any] = message["result"]
                    return result
                self._take_in(message)

    def _take_in(self, event: dict[str, Any]) -> None:
        parameters = event.get("params", {})
        match event.get("method"):
            case "Network.webSocketFrameReceived":
                frame = parameters["response"]
                if frame["opcode"] == 2:
                    self.received += base64.b64decode(frame["payloadData"])
            case "Network.requestWillBeSent":
                self.requested.append(parameters["request"]["url"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(parameters["exceptionDetails"]))

    async def evaluate(self, script: str) -> Any:
        """The value of an expression of JavaScript."""
        return (await self.command("Runtime.evaluate", expression=script, returnByValue=True))["result"].get("value")

    async def open(self, url: str) -> None:
        """Go to a page; what came before is forgotten."""
        self.received.clear()
        await self.command("Page.navigate", url=url)

    async def press(self, key: str) -> None:
        """Press a key that types a character."""
        await self.command("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        await self.command("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def click(self, x: float, y: float) -> None:
        """Click with the left button at a point of the page, in CSS pixels."""
        for kind in ("mousePressed", "mouseReleased"):
            await self.command("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def resize(self, width_px: int, height_px: int) -> None:
        """Give the page another size."""
        await self.command(
            "Emulation.setDeviceMetricsOverride", width=width_px, height=height_px, deviceScaleFactor=1, mobile=False
        )

    async def colours(self) -> int:
        """How many different colours the page shows now."""
        shot = base64.b64decode((await self.command("Page.captureScreenshot", format="png"))["data"])
        return len(set(png_pixels(shot)))


def png_pixels(png: bytes) -> list[bytes]:
    """The pixels of an 8-bit truecolour PNG, in rows from the top; filters are undone."""
    width, height, _, colour_type = struct.unpack(">IIBB", png[16:26])
    size = {2: 3, 6: 4}[colour_type]
    data, at = bytearray(), 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    raw, stride = zlib.decompress(bytes(data)), width * size
    above = bytes(stride)
    pixels: list[bytes] = []
    for row in range(height):
        start = row * (stride + 1)
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + stride], above, size)
        pixels += [above[index : index + size] for index in range(0, stride, size)]
    return pixels


def _unfiltered(kind: int, row: bytes, above: bytes, size: int) -> bytes:
    """One row of a PNG with its filter (0 to 4 of the specification) undone."""
    made = bytearray(row)
    for index, value in enumerate(row):
        left = made[index - size] if index >= size else 0
        corner = above[index - size] if index >= size else 0
        up = above[index]
        estimate = left + up - corner
        nearest = min((left, up, corner), key=lambda each: abs(estimate - each))
        made[index] = (value + (0, left, up, (left + up) // 2, nearest)[kind]) & 0xFF
    return bytes(made)


@asynccontextmanager
async def browsing(program: str, profile: Path) -> AsyncIterator[Page]:
    """Start a browser with a profile folder of its own; gives its only tab."""
    command = [
        program, "--headless=new", "--no-sandbox", "--remote-debugging-port=0", f"--user-data-dir={profile}",
        "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
        "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--window-size=1000,640", "about:blank",
    ]  # fmt: skip
    # It makes a socket in the temporary folder, whose path must be short.
    environment = {name: value for name, value in os.environ.items() if name != "TMPDIR"}
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdin=nowhere, stdout=nowhere, stderr=nowhere)
    try:
        port = await _debugging_port(profile, process)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as listing:
                target = next(each for each in await listing.json() if each["type"] == "page")
            async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                page = Page(socket)
                for domain in ("Page", "Network", "Runtime"):
                    await page.command(f"{domain}.enable")
                yield page
    finally:
        process.terminate()
        process.wait(WAIT_S)


async def _debugging_port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    """The port that the browser writes into its profile once it listens."""
    async with asyncio.timeout(WAIT_S):
        while True:
            assert process.poll() is None, "the browser ended at once"
            path = profile / "DevToolsActivePort"
            if path.is_file() and (lines := path.read_text().splitlines()):
                return int(lines[0])
            await asyncio.sleep(0.05)
