"""What a request ends in: a complete response, or an error that says when to try again."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sim.errors import SourceError
from sim.language import N_


class Outcome(StrEnum):
    """Result of the last request to a source; the values are stored in the cache folder."""

    NEW = "new"
    """Newer data than before."""
    UNCHANGED = "unchanged"
    """The data we had already."""
    OLDER = "kept"
    """Older data than ours; ours are used."""
    NOT_UPDATED = "newest"
    """The service says that nothing newer exists."""
    DISPUTED = "disputed"
    """Data that contradict what is known; kept, but not used until it is confirmed."""
    REFUSED = "refused"
    """The service does not want this request: not repeated for a day."""
    THROTTLED = "throttled"
    """Too many requests; the service may say how long to wait."""
    FAILED = "failed"
    """Server error, timeout, or a response that broke off."""
    UNREACHABLE = "unreachable"
    """No connection."""
    INVALID = "garbled"
    """A response that cannot be trusted; it is set aside."""
    ASKING = "asking"
    """A request is under way, or the program ended while it was."""
    CANCELLED = "cancelled"
    """Stopped by the user."""
    WAITING = "waiting"
    """Not asked: the interval has not passed."""
    OFF = "off"
    """Not asked: switched off."""
    NOT_NEEDED = N_("not needed")
    """Not asked: a fallback whose first choice works."""


SUCCESSES = frozenset({Outcome.NEW, Outcome.UNCHANGED, Outcome.OLDER, Outcome.NOT_UPDATED})
"""The service gave a usable response."""

FAILURES = frozenset(
    {
        Outcome.DISPUTED,
        Outcome.REFUSED,
        Outcome.THROTTLED,
        Outcome.FAILED,
        Outcome.UNREACHABLE,
        Outcome.INVALID,
    }
)
"""No usable response: the fallback may be asked."""


OUTCOME_TEXTS = {
    Outcome.NEW: N_("newer data"),
    Outcome.UNCHANGED: N_("the same data as before"),
    Outcome.OLDER: N_("older data than ours, not used"),
    Outcome.NOT_UPDATED: N_("nothing newer at the service"),
    Outcome.DISPUTED: N_("data that contradict what is known, not used"),
    Outcome.REFUSED: N_("request refused"),
    Outcome.THROTTLED: N_("too many requests"),
    Outcome.FAILED: N_("server error, timeout or incomplete response"),
    Outcome.UNREACHABLE: N_("no connection"),
    Outcome.INVALID: N_("response that cannot be trusted, set aside"),
    Outcome.ASKING: N_("request sent, no response yet"),
    Outcome.CANCELLED: N_("stopped"),
}
"""What can be said of the outcome of a request without its details; translated where it is shown."""


class SourceResponseError(SourceError):
    """A service gave no usable response.

    Args:
        message: One line for the screen.
        outcome: Kind of failure; it decides when to try again.
        retry_after_s: How long the service wants us to wait, if it said so.
    """

    def __init__(self, message: str, outcome: Outcome = Outcome.INVALID, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.retry_after_s = retry_after_s


class RequestCancelledError(Exception):
    """The user stopped the refresh while a request was under way."""


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """One complete response.

    Attributes:
        kind: What it is; names a folder in the store.
        url: Address it came from.
        fetched_unix_s: When the last byte arrived, by this machine's clock.
        status: HTTP status.
        body: The bytes, as received.
        server_unix_s: The server's clock at that moment, if its response has a `Date`.
    """

    kind: str
    url: str
    fetched_unix_s: float
    status: int
    body: bytes
    server_unix_s: float | None = None
