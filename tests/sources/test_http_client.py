"""The HTTP client against a real server that is slow, wrong, hostile or failing."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from sim.errors import SourceError
from sim.sources.client import Client, checked_url, user_agent
from sim.sources.http_exchange import LARGEST_ERROR_PAGE_BYTES
from sim.sources.registry import CELESTRAK_GP, LAUNCH_LIBRARY, SOURCES, TLE_API
from sim.sources.responses import RequestCancelledError, SourceResponseError
from tests.support.loopback_server import NOW, QUICK, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.sources.registry import Source, SourceSettings
    from sim.sources.responses import Download
    from tests.support.loopback_server import Service

SLOW_BODY = b"[" + b" " * 2000
"""Sent a byte every 0.05 s it takes 100 s: a client that ends before it has ended by itself."""
PATH = "gp.php?GROUP=stations&FORMAT=json"


class HangingLookup:
    """A name lookup that answers only when it is released."""

    def __init__(self) -> None:
        self.asked, self.release = threading.Event(), threading.Event()
        self.answered = False

    def __call__(self, *_positional: object, **_named: object) -> list[object]:
        self.asked.set()
        self.answered = self.release.wait(60.0) or True
        return []


def get(
    settings: SourceSettings,
    path: str = PATH,
    source: Source = CELESTRAK_GP,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Download:
    client = Client(settings, lambda: NOW, lambda _title, _message: None, is_cancelled)
    try:
        return client.get(source, path, source.key)
    finally:
        client.close()


def error_of(service: Service, *replies: Reply | bytes, **limits: Any) -> SourceResponseError:
    """The error that a response ends in."""
    service.on("/celestrak-gp/", *replies)
    with pytest.raises(SourceResponseError) as caught:
        get(service.settings(limits=replace(QUICK, **limits)))
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 250
    return caught.value


def test_client_get_returns_bytes_and_times(service: Service) -> None:
    service.on("/celestrak-gp/", b"[1]")
    found = get(service.settings())
    assert (found.body, found.status, found.kind, found.fetched_unix_s) == (b"[1]", 200, "celestrak-gp", NOW)
    assert found.url == f"http://127.0.0.1:{service.port}/celestrak-gp/{PATH}"
    assert found.server_unix_s is not None
    assert found.server_unix_s == pytest.approx(NOW, abs=2.0)


def test_client_get_sends_user_agent_and_identity_encoding_only(service: Service) -> None:
    get(service.settings())
    _, headers = service.asked[0]
    assert headers["User-Agent"] == user_agent()
    assert headers["User-Agent"].startswith("tiangong-tui/")
    assert headers["Accept-Encoding"] == "identity"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_client_get_redirect_is_not_followed(service: Service, status: int) -> None:
    service.on("/celestrak-gp/", Reply(b"moved", status, {"Location": f"http://127.0.0.1:{service.port}/elsewhere"}))
    assert get(service.settings()).status == status
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_client_get_status_4xx_is_a_response_without_retry(service: Service, status: int) -> None:
    service.on("/celestrak-gp/", Reply(b"no", status))
    assert get(service.settings()).status == status
    assert len(service.asked) == 1


def test_client_get_long_error_page_is_cut(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"x" * 5_000_000, 404))
    assert len(get(service.settings()).body) == LARGEST_ERROR_PAGE_BYTES


@pytest.mark.parametrize("status", [500, 502, 503])
def test_client_get_status_5xx_is_retried_then_fails(service: Service, status: int) -> None:
    assert error_of(service, Reply(b"", status), attempts=3).outcome == "failed"
    assert len(service.asked) == 3


def test_client_get_second_attempt_succeeds(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"", 500), b"[1]")
    assert get(service.settings()).body == b"[1]"
    assert len(service.asked) == 2


def test_client_get_503_with_retry_after_is_not_retried(service: Service) -> None:
    error = error_of(service, Reply(b"", 503, {"Retry-After": "120"}))
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
def test_client_get_429_reports_the_wait(
    service: Service, headers: dict[str, str], said: bytes, wait_s: float | None
) -> None:
    error = error_of(service, Reply(said, 429, headers))
    assert (error.outcome, error.retry_after_s) == ("throttled", wait_s)
    assert len(service.asked) == 1


def test_client_get_dripping_body_ends_at_the_deadline(service: Service) -> None:
    error = error_of(service, Reply(SLOW_BODY, byte_pause_s=0.05), total_s=0.6, silence_s=5.0)
    assert service.finished == 0
    assert (error.outcome, len(service.asked)) == ("failed", 1)
    assert "no complete response" in str(error)


def test_client_get_silent_server_times_out(service: Service) -> None:
    error = error_of(service, Reply(b"[]", silence_s=60.0), silence_s=0.2, total_s=2.0, attempts=2)
    assert service.finished == 0
    assert (error.outcome, len(service.asked)) == ("failed", 2)


def test_client_get_truncated_body_is_not_retried(service: Service) -> None:
    error = error_of(service, Reply(b"[1, 2", length="5000"))
    assert (error.outcome, len(service.asked)) == ("failed", 1)


def test_client_get_short_content_length_cuts_the_body(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"[1, 2, 3]", length="4"))
    assert get(service.settings()).body == b"[1, "


def test_client_get_announced_length_over_limit_is_refused(service: Service) -> None:
    error = error_of(service, Reply(b"[]", length=str(CELESTRAK_GP.largest_bytes + 1)))
    assert error.outcome == "garbled"
    assert "larger than 1000 kB" in str(error)


def test_client_get_body_over_limit_is_refused(service: Service) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    error = error_of(service, Reply(raw=head + b" " * (CELESTRAK_GP.largest_bytes + 1)))
    assert error.outcome == "garbled"


def test_client_get_compressed_body_is_refused_unopened(service: Service) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    error = error_of(service, Reply(bomb, headers={"Content-Encoding": "gzip"}))
    assert "compressed response" in str(error)


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
def test_client_get_invalid_http_fails_with_a_plain_message(service: Service, raw: bytes) -> None:
    assert error_of(service, Reply(raw=raw)).outcome == "failed"


def test_client_get_endless_head_ends_at_the_deadline(service: Service) -> None:
    hung_up = threading.Event()

    def accept(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with suppress(OSError), connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 3)
            while True:
                connection.sendall(b"Z")
                time.sleep(0.05)
        hung_up.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        settings = service.settings(base_urls={CELESTRAK_GP.key: url}, limits=replace(QUICK, total_s=0.5))
        with pytest.raises(SourceResponseError, match="no complete response"):
            get(settings)
        assert hung_up.wait(60.0)  # the server would go on for ever


def test_client_get_connection_refused_is_unreachable(service: Service) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(SourceResponseError) as caught:
        get(service.settings(base_urls={CELESTRAK_GP.key: f"http://127.0.0.1:{port}/"}))
    assert caught.value.outcome == "unreachable"
    assert str(caught.value) == "127.0.0.1 cannot be reached: connection refused"


@pytest.mark.parametrize(
    ("number", "message", "words"),
    [
        (socket.EAI_NONAME, "Name or service not known", "no such host"),
        (
            socket.EAI_AGAIN,
            "Temporary failure in name resolution",
            "no connection (name lookup failed)",
        ),
    ],
)
def test_client_get_unknown_host_is_unreachable(
    number: int, message: str, words: str, monkeypatch: pytest.MonkeyPatch, service: Service
) -> None:
    def unknown(*_args: object, **_named: object) -> None:
        raise socket.gaierror(number, message)

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(SourceResponseError) as caught:
        get(replace(service.settings(), base_urls={}))
    assert caught.value.outcome == "unreachable"
    assert str(caught.value) == f"celestrak.org cannot be reached: {words}"


def test_client_get_hanging_name_lookup_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    lookup = HangingLookup()
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(SourceResponseError):
        get(replace(service.settings(), base_urls={}, limits=replace(QUICK, total_s=0.3)))
    assert not lookup.answered
    lookup.release.set()


def test_client_get_failed_tls_is_unreachable(service: Service) -> None:
    """A server that does not speak TLS where TLS is spoken."""
    settings = service.settings(base_urls={CELESTRAK_GP.key: f"https://127.0.0.1:{service.port}/"})
    with pytest.raises(SourceResponseError) as caught:
        get(settings)
    assert caught.value.outcome == "unreachable"
    assert str(caught.value) == "127.0.0.1 cannot be reached: TLS handshake failed"


# Addresses


@pytest.mark.parametrize("source", SOURCES)
def test_checked_url_of_every_source_is_https_without_www(source: Source) -> None:
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
def test_checked_url_other_host_port_or_scheme_raises(base: str, path: str) -> None:
    with pytest.raises(SourceError):
        checked_url(base, path, CELESTRAK_GP)


def test_checked_url_plain_http_to_loopback_is_allowed() -> None:
    assert checked_url("http://127.0.0.1:99/a/", "b", TLE_API) == "http://127.0.0.1:99/a/b"
    assert checked_url("http://[::1]:99/a/", "b", TLE_API) == "http://[::1]:99/a/b"


def test_client_get_absolute_url_to_other_host_raises(service: Service) -> None:
    assert checked_url(LAUNCH_LIBRARY.base_url, "expeditions/?mode=detailed", LAUNCH_LIBRARY).startswith(
        "https://ll.thespacedevs.com/2.3.0/expeditions/"
    )
    with pytest.raises(SourceError):
        get(service.settings(), "https://elsewhere.example/x")
    assert not service.asked


# Stopping


def test_client_get_cancelled_while_body_drips_ends_at_once(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(SLOW_BODY, byte_pause_s=0.05))
    with pytest.raises(RequestCancelledError):
        get(service.settings(limits=replace(QUICK, total_s=60.0)), is_cancelled=lambda: bool(service.asked))
    assert service.finished == 0


def test_client_get_cancelled_while_name_lookup_hangs_ends_at_once(
    monkeypatch: pytest.MonkeyPatch, service: Service
) -> None:
    lookup = HangingLookup()
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    limits = replace(QUICK, total_s=60.0, silence_s=60.0)
    with pytest.raises(RequestCancelledError):
        get(replace(service.settings(), base_urls={}, limits=limits), is_cancelled=lookup.asked.is_set)
    assert not lookup.answered
    lookup.release.set()


def test_client_get_cancelled_between_attempts_ends_at_once(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"", 500))
    with pytest.raises(RequestCancelledError):
        get(
            service.settings(limits=replace(QUICK, retry_wait_s=30.0, total_s=60.0)),
            is_cancelled=lambda: service.finished > 0,
        )
    assert len(service.asked) == 1


def test_client_get_progress_reports_from_the_calling_thread(service: Service) -> None:
    service.on("/celestrak-gp/", Reply(b"[" + b" " * 30, byte_pause_s=0.05))
    threads: set[int] = set()
    messages: list[str] = []

    def progress(_title: str, message: str) -> None:
        threads.add(threading.get_ident())
        messages.append(message)

    client = Client(service.settings(), lambda: NOW, progress, lambda: False)
    client.get(CELESTRAK_GP, PATH, "celestrak-gp")
    client.close()
    assert threads == {threading.get_ident()}
    assert any("kB received" in message for message in messages)
