"""The HTTP client of a refresh: only the hosts of the registry, bounded in size and time, cancellable.

HTTPS to the hosts of the registry and nowhere else; plain http only to this machine and only where the settings say
so. Redirects are not followed. The body is counted while it arrives, every download has a deadline for all its
attempts together, and only failures before any part of a response are tried again.
"""

from __future__ import annotations

import time
from concurrent.futures import wait
from importlib.metadata import PackageNotFoundError, version
from random import random
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpx

from sim.errors import SourceError
from sim.language import _
from sim.sanitize import clean
from sim.sources.http_exchange import Exchange, TransientError
from sim.sources.responses import Download, Outcome, RequestCancelledError, SourceResponseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.sources.registry import Limits, Source, SourceSettings

PACKAGE = "tiangong-tui"
POLL_S = 0.05
"""How often a waiting request looks at the cancel flag and at its deadline."""

PROGRESS_S = 0.5
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def user_agent() -> str:
    """The `User-Agent`, so that a service can tell this program from others."""
    try:
        number = version(PACKAGE)
    except PackageNotFoundError:
        number = "unpackaged"
    return f"{PACKAGE}/{number} (terminal dashboard of China's space station; httpx {httpx.__version__})"


def checked_url(base_url: str, path: str, source: Source) -> str:
    """The full address of a path below a source's base address.

    Raises:
        SourceError: It is invalid, leads to another host, is not HTTPS, or carries a name and password.
    """
    try:
        base, address = urlsplit(base_url), urljoin(base_url, path)
        target = urlsplit(address)
        host, port = target.hostname or "", target.port
    except ValueError:
        raise SourceError(_("{title}: invalid URL").format(title=source.title)) from None
    is_local = base.hostname in _LOOPBACK and target.scheme == "http"
    expected = base.hostname if base.hostname in _LOOPBACK else source.host
    if host != expected or port != base.port or "@" in target.netloc:
        raise SourceError(
            _("{title}: requests go to {expected} only, not to {host}").format(
                title=source.title, expected=expected, host=clean(host, limit=60)
            )
        )
    if target.scheme != "https" and not is_local:
        raise SourceError(
            _("{title}: only https is allowed, not {scheme}").format(
                title=source.title, scheme=clean(target.scheme, limit=20)
            )
        )
    return address


class Client:
    """All downloads of one refresh, one after the other.

    Args:
        settings: Addresses and limits.
        wall: UTC seconds since 1970.
        progress: Called with the source's title and what happens, always in the thread that calls `get`.
        is_cancelled: Polled while a request is under way.
    """

    def __init__(
        self,
        settings: SourceSettings,
        wall: Callable[[], float],
        progress: Callable[[str, str], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._wall = wall
        self._progress = progress
        self._is_cancelled = is_cancelled
        self._http = httpx.Client(
            follow_redirects=False,
            timeout=httpx.Timeout(settings.limits.silence_s),
            # The size limits count unpacked bytes, so nothing may come compressed.
            headers={"User-Agent": user_agent(), "Accept-Encoding": "identity"},
            trust_env=not settings.base_urls,  # proxies of the system, but not towards this machine
        )

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def get(self, source: Source, path: str, kind: str) -> Download:
        """One complete response of any status below 500 except 429.

        Blocks for at most `limits.total_s`, attempts and pauses included.

        Raises:
            SourceResponseError: No response, one that is too large, or a service that refuses for now.
            SourceError: The address is not allowed.
            RequestCancelledError: `is_cancelled` became true.
        """
        url = checked_url(self._settings.base_url(source), path, source)
        limits = self._settings.limits
        deadline = time.monotonic() + limits.total_s
        for attempt in range(1, limits.attempts + 1):
            again = _(", attempt {attempt}").format(attempt=attempt) if attempt > 1 else ""
            self._progress(
                source.title, _("asking {hostname}{again}").format(hostname=urlsplit(url).hostname, again=again)
            )
            try:
                return self._attempt(source, url, kind, deadline)
            except TransientError:
                if attempt == limits.attempts:
                    raise
            self._pause(_retry_pause_s(limits, attempt), url, deadline)
        raise SourceResponseError(_("{title}: no attempt is allowed").format(title=source.title), Outcome.FAILED)

    def _attempt(self, source: Source, url: str, kind: str, deadline: float) -> Download:
        exchange = Exchange(self._http, source, url, kind, silence_s=self._settings.limits.silence_s, wall=self._wall)
        exchange.start()
        reported = time.monotonic()
        try:
            while not wait([exchange.response], POLL_S).done:
                self._check(url, deadline)
                if exchange.received_bytes and time.monotonic() - reported > PROGRESS_S:
                    reported = time.monotonic()
                    self._progress(
                        source.title,
                        _("{received_bytes:.1f} kB received").format(received_bytes=exchange.received_bytes / 1000),
                    )
        finally:
            exchange.abandon()
        return exchange.response.result()

    def _pause(self, pause_s: float, url: str, deadline: float) -> None:
        end = time.monotonic() + pause_s
        while (left_s := end - time.monotonic()) > 0.0:
            self._check(url, deadline)
            time.sleep(min(left_s, POLL_S))

    def _check(self, url: str, deadline: float) -> None:
        if self._is_cancelled():
            raise RequestCancelledError
        if time.monotonic() > deadline:
            total_s = self._settings.limits.total_s
            raise SourceResponseError(
                _("{hostname}: no complete response within {total_s:.0f} s").format(
                    hostname=urlsplit(url).hostname, total_s=total_s
                ),
                Outcome.FAILED,
            )


def _retry_pause_s(limits: Limits, attempt: int) -> float:
    """Doubles with each attempt, up to eight times the first pause, with up to a second of jitter."""
    return limits.retry_wait_s * 2.0 ** min(attempt - 1, 3) + random() * min(1.0, limits.retry_wait_s)
