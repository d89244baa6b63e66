"""Plain reasons for connection errors, without error numbers."""

from __future__ import annotations

import errno
import ssl

import httpx
import pytest

from sim.language import use
from sim.sources.error_text import connection_error_text


def certificate_problem() -> ssl.SSLCertVerificationError:
    problem = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    problem.verify_message = "certificate has expired"
    return problem


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "no connection"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "no connection"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed"), "connection refused"),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "connection reset"),
        (TimeoutError(), "connection timed out"),
        (OSError(errno.ETIMEDOUT, "Connection timed out"), "connection timed out"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (certificate_problem(), "invalid TLS certificate (certificate has expired)"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1000)"),
         "TLS handshake failed"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "All connection attempts failed"),
        (ValueError("\x1b[31mwrong"), "All connection attempts failed"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("grouped", [False, True])
def test_connection_error_text_names_the_innermost_cause(cause: Exception, words: str, grouped: bool) -> None:
    middle = OSError("All connection attempts failed")
    middle.__cause__ = ExceptionGroup("several", [cause]) if grouped else cause
    outer = httpx.ConnectError(str(middle))
    outer.__cause__ = middle
    assert connection_error_text(outer) == words


def test_connection_error_text_is_in_the_language_of_the_process() -> None:
    use("zh_CN")
    assert connection_error_text(ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed")) == "连接被拒绝"


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (httpx.ReadError(""), "ReadError"),
        (httpx.ReadError("[Errno 99] \x1b[31msomething else"), "[31msomething else"),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."),
         "Server disconnected without sending a response."),
    ],
)  # fmt: skip
def test_connection_error_text_unknown_error_keeps_message_without_number(problem: Exception, words: str) -> None:
    assert connection_error_text(problem) == words
