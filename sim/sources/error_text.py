"""What is wrong with a connection, in plain words: the libraries' errors wrap what the system said, number and all."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from typing import TYPE_CHECKING

from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_BY_NUMBER = {
    **dict.fromkeys((errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL), "no connection"),
    **dict.fromkeys((errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE), "the connection was broken off"),
    errno.ECONNREFUSED: "the connection is refused",
    errno.ETIMEDOUT: "timed out",
    errno.ENOSPC: "the disk is full",
    **dict.fromkeys((errno.EACCES, errno.EPERM), "not permitted"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "too many open files"),
}
_NO_NAME_SERVICE = {socket.EAI_AGAIN, socket.EAI_FAIL}
_NUMBER = re.compile(r"\[(?:Errno|WinError) -?\d+\] |\[SSL[^\]]*\] | \(_ssl\.c:\d+\)")
_DEEPEST = 12


def trouble_words(problem: BaseException) -> str:
    """What went wrong, by the innermost cause that has a plain name; else the message without its number."""
    causes = list(_causes(problem))
    known = [words for cause in causes if (words := _words(cause))]
    told = (clean(_NUMBER.sub("", str(cause)), limit=100) for cause in causes)
    return known[-1] if known else next(filter(None, told), type(problem).__name__)


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """The exception and what led to it, outermost first."""
    cause: BaseException | None = problem
    for _ in range(_DEEPEST):
        if cause is None:
            return
        yield cause
        inner = cause.exceptions[0] if isinstance(cause, BaseExceptionGroup) else None
        cause = inner or cause.__cause__ or cause.__context__


def _words(cause: BaseException) -> str | None:
    if isinstance(cause, socket.gaierror):
        return "no connection, names are not looked up" if cause.errno in _NO_NAME_SERVICE else "no such host"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({clean(cause.verify_message, limit=60)})"
    if isinstance(cause, ssl.SSLError):
        return "no secure connection can be agreed on"
    if isinstance(cause, TimeoutError):
        return "timed out"
    return _BY_NUMBER.get(cause.errno or 0) if isinstance(cause, OSError) else None
