"""What came of asking: the downloads, and the errors that say what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.errors import SourceError

Outcome = Literal[
    "new",  # something newer than what we had
    "unchanged",  # what we had already
    "kept",  # older than what we have: ours is kept
    "newest",  # the service says there is nothing newer
    "refused",  # the service does not want to be asked: stop and tell
    "throttled",  # asked too often, says until when to wait
    "failed",  # the service stumbled: server error, silence, an answer that broke off
    "unreachable",  # no connection at all
    "garbled",  # an answer that cannot be trusted: set aside
    "asking",  # the question is out (or the program died while it was)
    "cancelled",  # the user stopped it
    "waiting",  # not asked: it is too early
    "off",  # not asked: switched off
    "not needed",  # not asked: a fallback whose first choice works
]

GOOD: frozenset[Outcome] = frozenset({"new", "unchanged", "kept", "newest"})
"""The service answered as it should."""

TROUBLE: frozenset[Outcome] = frozenset({"refused", "throttled", "failed", "unreachable", "garbled"})
"""No usable answer: the fallback may be asked."""


class AnswerError(SourceError):
    """A service gave no usable answer.

    Args:
        message: One line for the screen.
        outcome: What kind of trouble, which decides when to try again.
        retry_after_s: How long the service wants to be left alone, if it said so.
    """

    def __init__(self, message: str, outcome: Outcome = "garbled", retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Download:
    """One complete answer.

    Attributes:
        kind: What it is, a folder of its own in the store.
        url: Where it came from.
        fetched_unix_s: When the last byte arrived, by this machine's clock.
        status: HTTP status.
        body: The bytes.
        server_unix_s: The server's clock at that moment, if it told.
    """

    kind: str
    url: str
    fetched_unix_s: float
    status: int
    body: bytes
    server_unix_s: float | None = None
