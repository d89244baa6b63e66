"""`tiangong serve`: sessions of visitors, limits, and what a visitor cannot reach."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("textual_serve", reason="textual-serve is not installed (extra “web”)")

import aiohttp
import aiohttp.web

from tests.support.web import WAIT_S, serving, tab
from tui.cli.web import visit
from tui.cli.web.server import DashboardServer, assert_can_listen

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("temporary_folder")

AT = ("--", "--at", "2024-12-17T08:00:00Z", "--paused", "--place", "Karachi")


def drawn(text: str) -> bool:
    """Whether the whole first picture of the station view is there."""
    return "2024-12-17" in text and "crew" in text.lower() and "help" in text


def visitor_folders() -> list[Path]:
    """The folders of the visitors whose processes run."""
    return list(Path(tempfile.gettempdir()).glob("tiangong-serve-*/visitor-*"))


async def vanished(condition: Callable[[], object]) -> None:
    """Wait until a condition is false."""
    async with asyncio.timeout(WAIT_S):
        while condition():
            await asyncio.sleep(0.05)


async def status_of(url: str) -> int:
    """The HTTP status of the page."""
    async with aiohttp.ClientSession() as session, session.get(url) as page:
        return page.status


async def test_serve_draws_takes_keys_and_resizes(tmp_path: Path) -> None:
    with serving(*AT, cwd=tmp_path) as (url, _):
        async with tab(url) as visitor:
            text = await visitor.draw_until(drawn)
            assert "天" in text
            await visitor.send_keys("2")
            await visitor.draw_until(lambda now: "Cai Xuzhe" in now)
            await visitor.resize(120, 36)
            await visitor.draw_until(lambda now: any(len(line.rstrip()) > 100 for line in now.splitlines()))


async def test_serve_tab_closed_ends_its_process_and_removes_its_folder(tmp_path: Path) -> None:
    with serving(*AT, cwd=tmp_path) as (url, _):
        async with tab(url) as visitor:
            await visitor.draw_until(drawn)
            assert len(visitor_folders()) == 1
        await vanished(visitor_folders)
        async with tab(url) as again:  # a reload comes back
            await again.draw_until(drawn)


async def test_serve_quit_in_the_tab_closes_the_connection(tmp_path: Path) -> None:
    with serving(*AT, cwd=tmp_path) as (url, _):
        async with tab(url) as visitor:
            await visitor.draw_until(drawn)
            await visitor.send_keys("q")
            await visitor.wait_closed()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
async def test_serve_killed_leaves_no_process(tmp_path: Path) -> None:
    with serving(*AT, cwd=tmp_path) as (url, pid):
        async with tab(url) as visitor:
            await visitor.draw_until(drawn)
            os.kill(pid, signal.SIGKILL)
            await vanished(visitor_folders)


async def test_serve_visitor_cannot_write_settings_or_files_of_the_owner(tmp_path: Path) -> None:
    """Theme, zone and map style are settings, a picture a file in the current folder: neither reaches the owner."""
    config, cache, folder = (tmp_path / name for name in ("owner-config", "owner-cache", "current"))
    for each in (config, cache, folder):
        each.mkdir()
    ran = tmp_path / "command-ran"
    settings = f'theme = "tiangong-red"\n\n[alerts]\ngrade = 1\ncommand = ["touch", "{ran.as_posix()}"]\n'
    (config / "settings.toml").write_text(settings)
    (cache / "note").write_text("the owner's")
    owner = {"TIANGONG_CONFIG_DIR": str(config), "TIANGONG_CACHE_DIR": str(cache)}
    with serving(*AT, cwd=folder, environment=owner) as (url, _):
        async with tab(url) as visitor:
            await visitor.draw_until(drawn)
            assert (visitor_folders()[0] / "cache" / "note").read_text() == "the owner's"
            await visitor.send_keys("t")
            await visitor.send_keys("z")
            await visitor.send_keys("m")
            await visitor.send_keys("s")
            await visitor.draw_until(lambda now: "pictures cannot be saved" in now)
    assert (config / "settings.toml").read_text() == settings
    assert [path.name for path in config.iterdir()] == ["settings.toml"]
    assert [path.name for path in cache.iterdir()] == ["note"]
    assert list(folder.iterdir()) == []
    assert not ran.exists()


async def test_serve_in_a_folder_with_its_own_packages_does_not_execute_them(tmp_path: Path) -> None:
    ran = tmp_path / "executed"
    for package in ("tui", "sim", "textual", "msgspec"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text(f"open({str(ran)!r}, 'w').close()\n")
    with serving(*AT, cwd=tmp_path) as (url, _):
        async with tab(url) as visitor:
            await visitor.draw_until(drawn)
    assert not ran.exists()


async def test_serve_visitors_over_the_limit_are_refused_until_one_leaves(tmp_path: Path) -> None:
    with serving("--visitors", "1", *AT, cwd=tmp_path) as (url, _):
        async with tab(url) as first:
            await first.draw_until(drawn)
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                async with tab(url):
                    pass
            assert refused.value.status == 503
            assert await status_of(url) == 503
        async with asyncio.timeout(WAIT_S):
            while await status_of(url) == 503:
                await asyncio.sleep(0.05)
        async with tab(url) as second:
            await second.draw_until(drawn)


@pytest.mark.parametrize("origin", ["http://example.org", "null", ""], ids=["another-site", "opaque", "none"])
async def test_serve_connection_from_another_page_is_refused(tmp_path: Path, origin: str) -> None:
    with serving(*AT, cwd=tmp_path) as (url, _):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with tab(url, origin=origin):
                pass
        assert refused.value.status == 403


async def test_serve_request_for_another_host_is_refused(tmp_path: Path) -> None:
    """A name of a stranger that was pointed at 127.0.0.1."""
    headers = {"Host": "example.org"}
    with serving(*AT, cwd=tmp_path) as (url, _):
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as page:
            assert page.status == 403


async def test_serve_page_has_a_title_an_icon_and_a_text_without_javascript(tmp_path: Path) -> None:
    with serving(*AT, cwd=tmp_path) as (url, _):
        async with aiohttp.ClientSession() as session, session.get(url) as page:
            html = await page.text()
            policy = page.headers["Content-Security-Policy"]
    assert "<title>Tiangong 天宫" in html
    assert 'rel="icon"' in html
    assert "<noscript>" in html
    assert "googleapis" not in html  # the page asks no other server
    assert policy == "frame-ancestors 'none'"


async def test_serve_hostile_sizes_and_messages_are_ignored(tmp_path: Path) -> None:
    with serving(*AT, cwd=tmp_path) as (url, _):
        async with tab(url, 80, 24) as visitor:
            await visitor.draw_until(drawn)
            await visitor.resize(10**9, 10**9)
            await visitor.resize("wide", None)
            await visitor.resize(-5, 0)
            await visitor.resize(80, 24)
            await visitor.send_keys("2")
            await visitor.draw_until(lambda now: "Cai Xuzhe" in now)
        async with tab(url, 10**9, 10**9) as visitor:
            async with asyncio.timeout(WAIT_S):
                while visitor.bytes_received < 1000:
                    message = await visitor.socket.receive()
                    visitor.bytes_received += len(message.data)


def test_bounded_cells_keeps_usual_sizes_and_cuts_others() -> None:
    assert visit.bounded_cells(160, 45) == (160, 45)
    assert visit.bounded_cells(10**9, -3) == (visit.LARGEST_CELLS[0], 1)


def test_shell_command_gives_each_word_to_the_program_unchanged(tmp_path: Path) -> None:
    script = tmp_path / "it's $HOME & more" / "print arguments.py"
    script.parent.mkdir()
    script.write_text("import sys; print(sys.argv[1:])")
    words = ["a b", "$HOME", "`id`", "天宫", "'", '"'] if sys.platform != "win32" else ["a b", "a&b", "天宫"]
    line = visit.shell_command([sys.executable, str(script), *words])
    done = subprocess.run(line, shell=True, capture_output=True, encoding="utf-8", check=True)  # noqa: S602
    assert done.stdout.strip() == str(words)


def test_shell_command_on_windows_quotes_every_word() -> None:
    """`cmd /c` reads `&` in a bare word, which `list2cmdline` leaves bare; `shlex.join` quotes for another shell."""
    line = visit.shell_command([r"C:\A&B\python.exe", "-P", r"C:\Program Files\visitor.py"], windows=True)
    assert line == r'"C:\A&B\python.exe" "-P" "C:\Program Files\visitor.py"'
    assert visit.shell_command(["a b"], windows=False) == f"exec {shlex.quote('a b')}"


def test_visitor_command_has_no_dashboard_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(visit.VARIABLE, raising=False)
    offered = visit.Visit(folder="f", cache="c", options=("--place", "$(id) & 'x'"))
    visit.offer(offered)
    assert "$(id)" not in visit.visitor_command()
    assert visit.take() == offered
    assert visit.VARIABLE not in os.environ


@pytest.mark.parametrize(
    ("host", "public_url", "origin"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:8000"),
        ("127.0.0.1", None, "http://localhost:8000"),
        ("::1", None, "http://[::1]:8000"),
        ("192.0.2.7", None, "http://192.0.2.7:8000"),
        ("127.0.0.1", "https://museum.example/station", "https://museum.example"),
    ],
)
def test_dashboard_server_accepts_connections_of_its_own_page(host: str, public_url: str | None, origin: str) -> None:
    assert origin in DashboardServer(host=host, port=8000, public_url=public_url).origins


def test_dashboard_server_on_another_address_accepts_no_loopback_page() -> None:
    assert DashboardServer(host="192.0.2.7", port=8000).origins == {"http://192.0.2.7:8000"}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--port", "0"], "“0” is not a port: 1 to 65535"),
        (["--visitors", "0"], "“0” is not a number of visitors: 1 to 1000"),
        (["--public-url", "museum.example"], "“museum.example” is not a web address"),
        (["--host", "0.0.0.0"], "--host 0.0.0.0 needs --public-url"),  # noqa: S104
    ],
)
def test_serve_wrong_usage_is_refused(
    run: Callable[..., tuple[int, str, str]], words: list[str], complaint: str
) -> None:
    code, out, err = run("serve", *words)
    assert (code, out) == (2, "")
    assert complaint in err


def test_serve_on_a_port_in_use_is_an_error_and_names_no_page_to_open(run: Callable[..., tuple[int, str, str]]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run("serve", "--port", str(port))
    assert code == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in err
    assert "open http" not in out + err


@pytest.mark.parametrize("host", ["::g", "x" * 100])
def test_serve_on_what_is_no_host_is_one_line(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    def refuse(name: str, *_: object, **__: object) -> None:
        name.encode("idna")  # as the system's function does
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    code, out, err = run("serve", "--host", host)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert "cannot listen on" in err


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_address_that_can_be_listened_on_is_free_after_the_check(host: str) -> None:
    with socket.socket() as free:
        free.bind((host, 0))
        port = free.getsockname()[1]
    assert_can_listen(host, port)
    assert_can_listen(host, port)


def test_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(OSError, match="address"):
        assert_can_listen("192.0.2.7", 8000)


def test_fetching_has_ended_when_the_server_has(tmp_path: Path) -> None:
    started = tmp_path / "started"
    program = f"import os, pathlib, time; pathlib.Path({str(started)!r}).write_text(str(os.getpid())); time.sleep(60)"

    async def start_and_stop() -> None:
        server = DashboardServer(host="127.0.0.1", port=1, updating=(sys.executable, "-c", program))
        application = aiohttp.web.Application()
        await server.on_startup(application)
        async with asyncio.timeout(WAIT_S):
            while not (started.exists() and started.read_text()):
                await asyncio.sleep(0.02)
        await server.on_shutdown(application)
        with pytest.raises(ProcessLookupError):
            os.kill(int(started.read_text()), 0)  # it has ended, and its exit code was read

    asyncio.run(start_and_stop())


def test_serve_on_another_address_warns(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DashboardServer, "serve", lambda _server: None)
    monkeypatch.setattr("tui.cli.web.server.assert_can_listen", lambda _host, _port: None)
    code, _, err = run("serve", "--host", "192.0.2.7")
    assert code == 0
    assert "warning: everybody who reaches 192.0.2.7 can use the dashboard" in err
    _, _, err = run("serve")
    assert "warning" not in err
