"""Troubles of a connection in words that anyone understands, without numbers."""

from __future__ import annotations

import errno
import ssl

import httpx
import pytest

from sim.sources.error_text import trouble_words


def certificate_problem() -> ssl.SSLCertVerificationError:
    problem = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    problem.verify_message = "certificate has expired"
    return problem


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "no connection"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "no connection"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed"), "the connection is refused"),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "the connection was broken off"),
        (TimeoutError(), "timed out"),
        (OSError(errno.ETIMEDOUT, "Connection timed out"), "timed out"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (certificate_problem(), "its certificate is not valid (certificate has expired)"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1000)"),
         "no secure connection can be agreed on"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "All connection attempts failed"),
        (ValueError("\x1b[31mwrong"), "All connection attempts failed"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("grouped", [False, True])
def test_the_innermost_cause_is_told(cause: Exception, words: str, grouped: bool) -> None:
    middle = OSError("All connection attempts failed")
    middle.__cause__ = ExceptionGroup("several", [cause]) if grouped else cause
    outer = httpx.ConnectError(str(middle))
    outer.__cause__ = middle
    assert trouble_words(outer) == words


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (httpx.ReadError(""), "ReadError"),
        (httpx.ReadError("[Errno 99] \x1b[31msomething else"), "[31msomething else"),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."),
         "Server disconnected without sending a response."),
    ],
)  # fmt: skip
def test_what_has_no_plain_name_is_told_without_its_number(problem: Exception, words: str) -> None:
    assert trouble_words(problem) == words
