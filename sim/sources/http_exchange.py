"""One HTTP request in a thread of its own, so that whoever waits for it can stop waiting at any moment.

A name lookup, a connection or a read that blocks cannot be interrupted from Python; what can be done is not to wait
for it. The thread is a daemon: neither the dashboard nor the interpreter waits for it at the end.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx

from sim.errors import SourceError
from sim.language import _
from sim.sources.error_text import connection_error_text
from sim.sources.responses import Download, Outcome, SourceResponseError
from sim.sources.safe_json import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.sources.registry import Source

LARGEST_ERROR_PAGE_BYTES = 20_000
"""As much of an error page as is worth reading."""

_THROTTLED_BYTES = 4096


class TransientError(SourceResponseError):
    """A failure before any part of a response: worth another attempt."""


class Exchange:
    """One request and its response.

    Args:
        http: The connection pool; used by this thread only while the exchange runs.
        source: Whose size limit counts.
        url: The address, already checked.
        kind: Goes into the `Download`.
        silence_s: For the error message of a read timeout.
        wall: UTC seconds since 1970.
    """

    def __init__(
        self,
        http: httpx.Client,
        source: Source,
        url: str,
        kind: str,
        *,
        silence_s: float,
        wall: Callable[[], float],
    ) -> None:
        self._http = http
        self._source = source
        self._url = url
        self._kind = kind
        self._silence_s = silence_s
        self._wall = wall
        self._host = httpx.URL(url).host
        self._answered = False
        self._abandoned = False
        self.received_bytes = 0
        self.response = Future[Download]()
        """A `TransientError` is a failure before any part of it, another `SourceResponseError` any other."""

    def start(self) -> None:
        """Send the request."""
        threading.Thread(target=self._run, name=f"tiangong-{self._source.key}", daemon=True).start()

    def abandon(self) -> None:
        """Stop at the next chunk; nobody waits any more."""
        self._abandoned = True

    def _run(self) -> None:
        try:
            self.response.set_result(self._fetch())
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            self.response.set_exception(error)

    def _fetch(self) -> Download:
        try:
            with self._http.stream("GET", self._url) as response:
                self._answered = True
                return self._read(response)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> SourceResponseError:
        """Which of our errors a library's error is, with a message a person can act on."""
        host = self._host
        if isinstance(error, httpx.ConnectTimeout):
            return TransientError(_("{host}: connection timed out").format(host=host), Outcome.UNREACHABLE)
        if isinstance(error, httpx.ConnectError):
            return TransientError(
                _("{host} cannot be reached: {error}").format(host=host, error=connection_error_text(error)),
                Outcome.UNREACHABLE,
            )
        # A response that broke off counts as a download at the service: it is not requested again at once.
        kind = SourceResponseError if self._answered else TransientError
        if isinstance(error, httpx.TimeoutException):
            return kind(
                _("{host}: no data for {silence_s:.0f} s").format(host=host, silence_s=self._silence_s), Outcome.FAILED
            )
        if isinstance(error, httpx.RemoteProtocolError):
            return kind(
                _("{host}: invalid or incomplete HTTP response: {error}").format(
                    host=host, error=connection_error_text(error)
                ),
                Outcome.FAILED,
            )
        return SourceResponseError(f"{host}: {connection_error_text(error)}", Outcome.FAILED)

    def _read(self, response: httpx.Response) -> Download:
        server_unix_s = _server_unix_s(response.headers)
        received_unix_s = self._wall()
        status = response.status_code
        retry_after_s = _retry_after_s(response.headers, received_unix_s)
        if status >= 500:
            kind = TransientError if retry_after_s is None else SourceResponseError
            raise kind(
                _("{host}: server error ({status})").format(host=self._host, status=status),
                Outcome.FAILED,
                retry_after_s,
            )
        body = self._body(response, status)
        if status == 429:
            wait_s = throttle_wait_s(body) if retry_after_s is None else retry_after_s
            raise SourceResponseError(
                _("{host}: too many requests (429)").format(host=self._host), Outcome.THROTTLED, wait_s
            )
        done_unix_s = self._wall()
        if server_unix_s is not None:
            server_unix_s += done_unix_s - received_unix_s
        return Download(
            kind=self._kind,
            url=self._url,
            fetched_unix_s=done_unix_s,
            status=status,
            body=body,
            server_unix_s=server_unix_s,
        )

    def _body(self, response: httpx.Response, status: int) -> bytes:
        """The body, counted while it arrives; an error page is cut at its limit, data beyond theirs are refused."""
        if response.headers.get("Content-Encoding", "identity").lower() not in {"identity", ""}:
            raise SourceResponseError(
                _("{host}: compressed response although none was accepted").format(host=self._host)
            )
        is_data = status == 200
        limit = self._source.largest_bytes if is_data else LARGEST_ERROR_PAGE_BYTES
        too_large = SourceResponseError(
            _("{host}: the response is larger than {limit} kB").format(host=self._host, limit=limit // 1000)
        )
        announced = response.headers.get("Content-Length", "")
        if is_data and announced.isdecimal() and int(announced[:18]) > limit:
            raise too_large
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            self.received_bytes = len(body)
            if self._abandoned:
                raise SourceResponseError(_("{host}: abandoned").format(host=self._host), Outcome.CANCELLED)
            if len(body) > limit:
                if not is_data:
                    break
                raise too_large
        return bytes(body[:limit])


def throttle_wait_s(body: bytes) -> float | None:
    """The seconds in `{"detail": "... Expected available in N seconds."}`; None if the body has no such number."""
    detail = None
    with suppress(SourceError):
        answer = decode(body, "throttled", largest_bytes=_THROTTLED_BYTES)
        detail = answer.get("detail") if isinstance(answer, dict) else None
    if not isinstance(detail, str):
        return None
    numbers = [word for word in detail.split() if word.isascii() and word.isdecimal() and len(word) < 9]
    return float(numbers[0]) if numbers else None


def _retry_after_s(headers: httpx.Headers, now: float) -> float | None:
    """`Retry-After`, which may be seconds or a date."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    moment = _http_date_unix_s(value)
    return None if moment is None else max(0.0, moment - now)


def _server_unix_s(headers: httpx.Headers) -> float | None:
    """The server's clock; a copy from a cache on the way is older by its `Age`."""
    moment = _http_date_unix_s(headers.get("Date", ""))
    if moment is None:
        return None
    age = headers.get("Age", "").strip()
    # A date counts whole seconds: on average half a second has passed.
    return moment + 0.5 + (float(age) if age.isascii() and age.isdecimal() and len(age) < 9 else 0.0)


def _http_date_unix_s(text: str) -> float | None:
    if not text or len(text) > 60:
        return None
    with suppress(ValueError, OverflowError, TypeError, IndexError):
        return parsedate_to_datetime(text).timestamp()
    return None
