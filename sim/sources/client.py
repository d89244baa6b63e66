"""The one door to the network: a careful client.

HTTPS to the hosts of the catalogue and nowhere else; plain http only to this machine and only where the settings
say so. Redirects are answers, not orders. The body is counted while it arrives, every download has a deadline that a
byte a second cannot stretch, and only stumbles before the answer are tried again.
"""

from __future__ import annotations

import asyncio
import time
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpx
import stamina
import stamina.instrumentation

from sim.errors import SourceError
from sim.sanitize import clean
from sim.sources.error_text import trouble_words
from sim.sources.responses import AnswerError, Download
from sim.sources.safe_json import loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.sources.registry import Limits, Source, SourceSettings

PACKAGE = "tiangong-tui"
LARGEST_REFUSAL_BYTES = 20_000
"""As much of an error page as is worth reading."""

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}

# Retries are told by the report; without this they would be logged to the terminal that the dashboard draws on.
stamina.instrumentation.set_on_retry_hooks([])


class _StumbledError(AnswerError):
    """Trouble before any part of an answer: worth another attempt."""


def user_agent() -> str:
    """Who is asking, so that a service can tell us from others."""
    try:
        number = version(PACKAGE)
    except PackageNotFoundError:
        number = "unpackaged"
    return f"{PACKAGE}/{number} (terminal dashboard of China's space station; httpx {httpx.__version__})"


def checked_url(base_url: str, path: str, source: Source) -> str:
    """The full address of a path below a source's base address.

    Raises:
        SourceError: It leads to another host, is not HTTPS, or carries a name and password.
    """
    try:
        base, address = urlsplit(base_url), urljoin(base_url, path)
        target = urlsplit(address)
        host, port = target.hostname or "", target.port
    except ValueError:
        raise SourceError(f"{source.title}: an address that is none") from None
    here = base.hostname in _LOOPBACK and target.scheme == "http"
    expected = base.hostname if base.hostname in _LOOPBACK else source.host
    if host != expected or port != base.port or "@" in target.netloc:
        raise SourceError(f"{source.title}: {clean(host, limit=60)} is not asked, only {expected}")
    if target.scheme != "https" and not here:
        raise SourceError(f"{source.title}: only https is spoken, not {clean(target.scheme, limit=20)}")
    return address


class Client:
    """All downloads of one refresh.

    Args:
        settings: Addresses and limits.
        wall: UTC seconds since 1970.
        progress: Told the source's title and what happens, while it happens.
    """

    def __init__(
        self, settings: SourceSettings, wall: Callable[[], float], progress: Callable[[str, str], None]
    ) -> None:
        self._settings = settings
        self._wall = wall
        self._progress = progress
        self._http = httpx.AsyncClient(
            follow_redirects=False,
            timeout=httpx.Timeout(settings.limits.silence_s),
            # Unpacked size is what the bounds count, so nothing comes packed.
            headers={"User-Agent": user_agent(), "Accept-Encoding": "identity"},
            trust_env=not settings.base_urls,  # proxies of the system, but not towards this machine
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def get(self, source: Source, path: str, kind: str) -> Download:
        """One complete answer of any status below 500 but 429.

        Raises:
            AnswerError: There is none, or it is too large, or the service is overrun.
            SourceError: The address is not allowed.
        """
        url = checked_url(self._settings.base_url(source), path, source)
        limits = self._settings.limits
        try:
            async with asyncio.timeout(limits.total_s):
                return await self._attempts(source, url, kind, limits)
        except TimeoutError:
            raise AnswerError(
                f"{urlsplit(url).hostname}: no complete answer within {limits.total_s:.0f} s", "failed"
            ) from None

    async def _attempts(self, source: Source, url: str, kind: str, limits: Limits) -> Download:
        async for attempt in stamina.retry_context(
            on=_StumbledError,
            attempts=limits.attempts,
            timeout=None,
            wait_initial=limits.retry_wait_s,
            wait_jitter=min(1.0, limits.retry_wait_s),
            wait_max=8 * limits.retry_wait_s,
        ):
            with attempt:
                again = f", attempt {attempt.num}" if attempt.num > 1 else ""
                self._progress(source.title, f"asking {urlsplit(url).hostname}{again}")
                return await self._once(source, url, kind)
        raise AssertionError("stamina ends with an answer or an exception")

    async def _once(self, source: Source, url: str, kind: str) -> Download:
        host = urlsplit(url).hostname
        answered = False
        try:
            async with self._http.stream("GET", url) as response:
                answered = True
                server_unix_s = _server_time(response.headers)
                received_unix_s = self._wall()
                status = response.status_code
                if status >= 500:
                    wait_s = _retry_after_s(response.headers, received_unix_s)
                    kind_of_error = _StumbledError if wait_s is None else AnswerError
                    raise kind_of_error(f"{host} has trouble of its own ({status})", "failed", wait_s)
                bound = source.largest_bytes if status == 200 else LARGEST_REFUSAL_BYTES
                body = await self._body(source, response, bound, cut=status != 200)
        except httpx.ConnectTimeout:
            raise _StumbledError(f"{host} does not take the call", "unreachable") from None
        except httpx.ConnectError as problem:
            raise _StumbledError(f"{host} cannot be reached: {trouble_words(problem)}", "unreachable") from None
        except httpx.TimeoutException:
            message = f"{host} fell silent for {self._settings.limits.silence_s:.0f} s"
            # Half an answer counts as a download over there: asking again at once would be rude.
            raise (AnswerError if answered else _StumbledError)(message, "failed") from None
        except httpx.RemoteProtocolError as problem:
            message = f"{host} broke off or does not speak HTTP: {trouble_words(problem)}"
            raise (AnswerError if answered else _StumbledError)(message, "failed") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as problem:
            raise AnswerError(f"{host}: {trouble_words(problem)}", "failed") from None
        if status == 429:
            wait_s = _retry_after_s(response.headers, received_unix_s)
            wait_s = throttle_wait_s(body) if wait_s is None else wait_s
            raise AnswerError(f"{host} has been asked too often (429)", "throttled", wait_s)
        done_unix_s = self._wall()
        if server_unix_s is not None:
            server_unix_s += done_unix_s - received_unix_s
        return Download(kind, url, done_unix_s, status, body, server_unix_s)

    async def _body(self, source: Source, response: httpx.Response, bound: int, *, cut: bool) -> bytes:
        """The body, counted while it arrives; an error page is cut at the bound, data are refused beyond it."""
        if response.headers.get("Content-Encoding", "identity").lower() not in {"identity", ""}:
            raise AnswerError(f"{source.host} packs its answer although asked not to")
        too_large = AnswerError(f"{source.host}: the answer is larger than {bound // 1000} kB")
        announced = response.headers.get("Content-Length", "")
        if not cut and announced.isdecimal() and int(announced[:18]) > bound:
            raise too_large
        body = bytearray()
        told = time.monotonic()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > bound:
                if cut:
                    break
                raise too_large
            if time.monotonic() - told > 0.5:
                told = time.monotonic()
                self._progress(source.title, f"{len(body) / 1000:.1f} kB received")
        return bytes(body[:bound])


def throttle_wait_s(body: bytes) -> float | None:
    """The seconds in `{"detail": "... Expected available in N seconds."}`."""
    try:
        answer = loads(body, "throttled", largest_bytes=4096)
    except SourceError:
        return None
    detail = answer.get("detail") if isinstance(answer, dict) else None
    if not isinstance(detail, str):
        return None
    numbers = [word for word in detail.split() if word.isascii() and word.isdecimal() and len(word) < 9]
    return float(numbers[0]) if numbers else None


def _retry_after_s(headers: httpx.Headers, now: float) -> float | None:
    """`Retry-After`, as seconds or as a date."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    moment = _http_date(value)
    return None if moment is None else max(0.0, moment - now)


def _server_time(headers: httpx.Headers) -> float | None:
    """The server's clock; what a cache on the way kept is older by its `Age`."""
    moment = _http_date(headers.get("Date", ""))
    if moment is None:
        return None
    age = headers.get("Age", "").strip()
    # A date counts whole seconds: on average half a second has passed.
    return moment + 0.5 + (float(age) if age.isascii() and age.isdecimal() and len(age) < 9 else 0.0)


def _http_date(text: str) -> float | None:
    if not text or len(text) > 60:
        return None
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
