"""Plain reasons for connection errors: the libraries wrap the system's message, error number included."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_BY_NUMBER = {
    **dict.fromkeys((errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL), N_("no connection")),
    **dict.fromkeys((errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE), N_("connection reset")),
    errno.ECONNREFUSED: N_("connection refused"),
    errno.ETIMEDOUT: N_("connection timed out"),
    errno.ENOSPC: N_("the disk is full"),
    **dict.fromkeys((errno.EACCES, errno.EPERM), N_("not permitted")),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), N_("too many open files")),
}
_NO_NAME_SERVICE = {socket.EAI_AGAIN, socket.EAI_FAIL}
_NUMBER = re.compile(r"\[(?:Errno|WinError) -?\d+\] |\[SSL[^\]]*\] | \(_ssl\.c:\d+\)")
_DEEPEST = 12


def connection_error_text(error: BaseException) -> str:
    """The reason of the innermost cause that has one; else the first message, without its error number."""
    causes = list(_causes(error))
    known = [reason for cause in causes if (reason := _reason(cause))]
    messages = (clean(_NUMBER.sub("", str(cause)), limit=100) for cause in causes)
    return known[-1] if known else next(filter(None, messages), type(error).__name__)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and its causes, outermost first."""
    cause: BaseException | None = error
    for _depth in range(_DEEPEST):
        if cause is None:
            return
        yield cause
        inner = cause.exceptions[0] if isinstance(cause, BaseExceptionGroup) else None
        cause = inner or cause.__cause__ or cause.__context__


def _reason(cause: BaseException) -> str | None:
    if isinstance(cause, socket.gaierror):
        return _("no connection (name lookup failed)") if cause.errno in _NO_NAME_SERVICE else _("no such host")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _("invalid TLS certificate ({verify_message})").format(
            verify_message=clean(cause.verify_message, limit=60)
        )
    if isinstance(cause, ssl.SSLError):
        return _("TLS handshake failed")
    if isinstance(cause, TimeoutError):
        return _("connection timed out")
    reason = _BY_NUMBER.get(cause.errno or 0) if isinstance(cause, OSError) else None
    return _(reason) if reason else None
