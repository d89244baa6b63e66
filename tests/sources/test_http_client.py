"""The careful client against a real server that is slow, lying, garbled, or just unwell."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sim.errors import SourceError
from sim.sources.client import LARGEST_REFUSAL_BYTES, Client, checked_url, user_agent
from sim.sources.event_loop import run
from sim.sources.registry import CELESTRAK_GP, LAUNCH_LIBRARY, SOURCES, TLE_API
from sim.sources.responses import AnswerError
from tests.support.loopback_server import NOW, QUICK, Reply

if TYPE_CHECKING:
    from sim.sources.registry import Source, SourceSettings
    from sim.sources.responses import Download
    from tests.support.loopback_server import Service

PATH = "gp.php?GROUP=stations&FORMAT=json"


def get(settings: SourceSettings, path: str = PATH, source: Source = CELESTRAK_GP) -> Download:
    async def main() -> Download:
        client = Client(settings, lambda: NOW, lambda _title, _words: None)
        try:
            return await client.get(source, path, source.key)
        finally:
            await client.close()

    return run(main())


def trouble(service: Service, *replies: Reply | bytes, **limits: Any) -> AnswerError:
    """The error that an answer ends in."""
    service.on("/celestrak-gp/", *replies)
    with pytest.raises(AnswerError) as caught:
        get(service.settings(limits=replace(QUICK, **limits)))
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 250
    return caught.value


def test_an_answer_comes_through_with_its_bytes_and_times(service: Service) -> None:
    service.on("/celestrak-gp/", b"[1]")
    found = get(service.settings())
    assert (found.body, found.status, found.kind, found.fetched_unix_s) == (b"[1]", 200, "celestrak-gp", NOW)
    assert found.url == f"http://127.0.0.1:{service.port}/celestrak-gp/{PATH}"
    assert found.server_unix_s is not None
    assert found.server_unix_s == pytest.approx(NOW, abs=2.0)


def test_the_client_says_who_it_is_and_asks_for_nothing_packed(service: Service) -> None:
    get(service.settings())
    _, headers = service.asked[0]
    assert headers["User-Agent"] == user_agent()
    assert headers["User-Agent"].startswith("tiangong-tui/")
    assert headers["Accept-Encoding"] == "identity"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(service: Service, status: int) -> None:
    service.on("/celestrak-gp/", Reply(b"moved", status, {"Location": f"http://127.0.0.1:{service.port}/elsewhere"}))
    assert get(service.settings()).status == status
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_refusal_is_an_answer_asked_for_once(service: Service, status: int) -> None:
    service.on("/celestrak-gp/", Reply(b"no", status))
    assert get(service.settings()).status == status
    assert len(service.asked) == 1


def test_a_long_error_page_is_cut(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"x" * 5_000_000, 404))
    assert len(get(service.settings()).body) == LARGEST_REFUSAL_BYTES


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_stumbling_server_is_asked_again_and_then_left_alone(service: Service, status: int) -> None:
    assert trouble(service, Reply(b"", status), attempts=3).outcome == "failed"
    assert len(service.asked) == 3


def test_a_second_attempt_may_work(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"", 500), b"[1]")
    assert get(service.settings()).body == b"[1]"
    assert len(service.asked) == 2


def test_a_server_that_says_when_is_not_pressed(service: Service) -> None:
    error = trouble(service, Reply(b"", 503, {"Retry-After": "120"}))
    assert (error.outcome, error.retry_after_s, len(service.asked)) == ("failed", 120.0, 1)


@pytest.mark.parametrize(
    ("headers", "said", "wait_s"),
    [
        ({"Retry-After": "90"}, b"", 90.0),
        ({"Retry-After": "Sat, 22 Aug 2026 20:10:00 GMT"}, b"", 600.0),
        ({"Retry-After": "soon"}, b'{"detail":"Request was throttled. Expected available in 1543 seconds."}', 1543.0),
        ({}, b'{"detail":"Request was throttled. Expected available in 17 seconds."}', 17.0),
        ({}, b"slow down", None),
        ({"Retry-After": "9" * 5000}, b"", 999_999_999.0),
    ],
)
def test_too_often_is_obeyed(service: Service, headers: dict[str, str], said: bytes, wait_s: float | None) -> None:
    error = trouble(service, Reply(said, 429, headers))
    assert (error.outcome, error.retry_after_s) == ("throttled", wait_s)
    assert len(service.asked) == 1


def test_a_byte_at_a_time_does_not_stretch_the_deadline(service: Service) -> None:
    began = time.monotonic()
    error = trouble(service, Reply(b"[" + b" " * 500, byte_pause_s=0.05), total_s=0.6, silence_s=5.0)
    assert time.monotonic() - began < 1.5
    assert (error.outcome, len(service.asked)) == ("failed", 1)
    assert "no complete answer" in str(error)


def test_silence_ends(service: Service) -> None:
    began = time.monotonic()
    error = trouble(service, Reply(b"[]", silence_s=3.0), silence_s=0.2, total_s=2.0, attempts=2)
    assert time.monotonic() - began < 1.5
    assert (error.outcome, len(service.asked)) == ("failed", 2)


def test_an_answer_that_breaks_off_is_not_asked_for_again_at_once(service: Service) -> None:
    error = trouble(service, Reply(b"[1, 2", length="5000"))
    assert (error.outcome, len(service.asked)) == ("failed", 1)


def test_a_length_that_is_too_small_cuts_and_the_reader_notices(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"[1, 2, 3]", length="4"))
    assert get(service.settings()).body == b"[1, "


def test_too_large_is_refused_by_its_announcement(service: Service) -> None:
    error = trouble(service, Reply(b"[]", length=str(CELESTRAK_GP.largest_bytes + 1)))
    assert error.outcome == "garbled"
    assert "larger than 1000 kB" in str(error)


def test_too_large_is_refused_without_an_announcement(service: Service) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    error = trouble(service, Reply(raw=head + b" " * (CELESTRAK_GP.largest_bytes + 1)))
    assert error.outcome == "garbled"


def test_a_packed_answer_is_refused_unopened(service: Service) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    error = trouble(service, Reply(bomb, headers={"Content-Encoding": "gzip"}))
    assert "packs its answer" in str(error)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 400,
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/9.9 banana\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]",
        b"HTTP/1.1 99999999 OK\r\n\r\n",
    ],
)
def test_what_is_no_http_is_a_failure_in_plain_words(service: Service, raw: bytes) -> None:
    assert trouble(service, Reply(raw=raw)).outcome == "failed"


def test_an_endless_head_meets_the_deadline(service: Service) -> None:
    drip = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 3
    began = time.monotonic()

    def accept(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        try:
            while True:
                connection.sendall(drip if time.monotonic() - began < 0.05 else b"Z")
                time.sleep(0.05)
        except OSError:
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        settings = service.settings(base_urls={CELESTRAK_GP.key: url}, limits=replace(QUICK, total_s=0.5))
        with pytest.raises(AnswerError, match="no complete answer"):
            get(settings)
    assert time.monotonic() - began < 2.0


def test_nobody_there_is_told_apart(service: Service) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(AnswerError) as caught:
        get(service.settings(base_urls={CELESTRAK_GP.key: f"http://127.0.0.1:{port}/"}))
    assert caught.value.outcome == "unreachable"
    assert str(caught.value) == "127.0.0.1 cannot be reached: the connection is refused"


@pytest.mark.parametrize(
    ("number", "message", "words"),
    [
        (socket.EAI_NONAME, "Name or service not known", "no such host"),
        (
            socket.EAI_AGAIN,
            "Temporary failure in name resolution",
            "no connection, names are not looked up",
        ),
    ],
)
def test_a_name_that_is_not_found_is_told_apart(
    number: int, message: str, words: str, monkeypatch: pytest.MonkeyPatch, service: Service
) -> None:
    def unknown(*_args: object, **_named: object) -> None:
        raise socket.gaierror(number, message)

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(AnswerError) as caught:
        get(replace(service.settings(), base_urls={}))
    assert caught.value.outcome == "unreachable"
    assert str(caught.value) == f"celestrak.org cannot be reached: {words}"


def test_a_dead_name_server_does_not_hold_the_program(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_n: time.sleep(20))
    began = time.monotonic()
    with pytest.raises(AnswerError):
        get(replace(service.settings(), base_urls={}, limits=replace(QUICK, total_s=0.3)))
    assert time.monotonic() - began < 1.5


def test_a_false_certificate_is_no_connection(service: Service) -> None:
    """A server that does not speak TLS where TLS is spoken."""
    settings = service.settings(base_urls={CELESTRAK_GP.key: f"https://127.0.0.1:{service.port}/"})
    with pytest.raises(AnswerError) as caught:
        get(settings)
    assert caught.value.outcome == "unreachable"
    assert str(caught.value) == "127.0.0.1 cannot be reached: no secure connection can be agreed on"


# Addresses


@pytest.mark.parametrize("source", SOURCES)
def test_every_address_of_the_catalogue_is_https_and_without_www(source: Source) -> None:
    url = checked_url(source.base_url, "x?y=z", source)
    assert url.startswith("https://")
    assert source.host == "www.cmse.gov.cn" or not source.host.startswith("www.")


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("http://celestrak.org/", "x"),
        ("https://www.celestrak.org/", "x"),
        ("https://celestrak.com/", "x"),
        ("https://celestrak.org:8443/", "https://celestrak.org/x"),
        ("https://celestrak.org/", "//evil.example/x"),
        ("https://celestrak.org/", "http://celestrak.org/x"),
        ("https://celestrak.org/", "https://me:word@celestrak.org/x"),
        ("https://celestrak.org/", "file:///etc/passwd"),
        ("https://celestrak.org/", "ftp://celestrak.org/x"),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/x"),
        ("http://127.0.0.1:1/", "http://169.254.169.254/x"),
        ("http://192.168.1.1/", "x"),
        ("http://127.0.0.1.evil.example/", "x"),
        ("https://[bad/", "x"),
    ],
)
def test_no_other_address_is_ever_asked(base: str, path: str) -> None:
    with pytest.raises(SourceError):
        checked_url(base, path, CELESTRAK_GP)


def test_plain_http_only_to_this_machine() -> None:
    assert checked_url("http://127.0.0.1:99/a/", "b", TLE_API) == "http://127.0.0.1:99/a/b"
    assert checked_url("http://[::1]:99/a/", "b", TLE_API) == "http://[::1]:99/a/b"


def test_no_question_contains_another_host(service: Service) -> None:
    assert checked_url(LAUNCH_LIBRARY.base_url, "expeditions/?mode=detailed", LAUNCH_LIBRARY).startswith(
        "https://ll.thespacedevs.com/2.3.0/expeditions/"
    )
    with pytest.raises(SourceError):
        get(service.settings(), "https://elsewhere.example/x")
    assert not service.asked


# The loop


def test_a_result_and_an_exception_come_through() -> None:
    async def fine() -> int:
        await asyncio.sleep(0)
        return 7

    async def broken() -> None:
        await asyncio.to_thread(int, "x")

    assert run(fine()) == 7
    with pytest.raises(ValueError, match="invalid literal"):
        run(broken())
