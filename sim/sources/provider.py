"""The interface every source implements: fetch its responses, and parse one of them without side effects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from sim.errors import ElementsError, SourceError
from sim.language import _
from sim.orbit.elements import ElementSet
from sim.sanitize import clean
from sim.sources.responses import Download, Outcome, SourceResponseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sim.sources.registry import Source

Record = TypeVar("Record")


class Getter(Protocol):
    """Fetches one path below a source's base address."""

    def __call__(self, path: str, kind: str) -> Download:
        """One complete response of any status below 500; blocks.

        Raises:
            SourceResponseError: There is none.
            RequestCancelledError: The user stopped the refresh.
        """
        ...


class ParsedResponse(msgspec.Struct, frozen=True, kw_only=True):
    """Content of one response.

    Attributes:
        summary: In short, for the screen.
        observed: Element sets of the station fitted to observations, to be kept in the element log.
        predicted: Element sets of the station that predict its orbit, in order of their epochs; not kept in the log.
        is_data: False for a page that only links to the data.
    """

    summary: str
    observed: tuple[ElementSet, ...] = ()
    predicted: tuple[ElementSet, ...] = ()
    is_data: bool = True


class Provider(Protocol):
    """One source."""

    @property
    def source(self) -> Source:
        """Its entry in the registry."""
        ...

    def fetch(self, get: Getter, last_url: str) -> Iterator[Download]:
        """All responses of one round, one after the other; `last_url` is the address of the last good copy."""
        ...

    def parse(self, download: Download) -> ParsedResponse:
        """Content of one response; raises `SourceError` or `ElementsError` if it cannot be trusted."""
        ...


def usable_sets(records: Iterable[Record], read: Callable[[Record], ElementSet]) -> list[ElementSet]:
    """The sets of the records that can be read; the others are left out.

    Raises:
        ElementsError: No record can be used; with the reason of the last one.
    """
    sets: list[ElementSet] = []
    reason = _("the list is empty")
    for record in records:
        try:
            sets.append(read(record))
        except (ElementsError, SourceError) as error:
            reason = str(error)
    if not sets:
        raise ElementsError(_("no element set can be used: {reason}").format(reason=reason))
    return sets


def check_status(download: Download, host: str) -> None:
    """Raise `SourceResponseError` for every status except 200, with what the service says about it."""
    status = download.status
    if status == 200:
        return
    if 300 <= status < 400:
        raise SourceResponseError(
            _("{host} redirects to another address ({status}); not followed").format(host=host, status=status),
            Outcome.REFUSED,
        )
    text = clean(download.body[:400].decode("utf-8", "replace"), limit=100)
    quoted = f": “{text}”" if text and not text.startswith(("<", "{")) else ""
    raise SourceResponseError(
        _("{host}: request refused ({status}){quoted}").format(host=host, status=status, quoted=quoted), Outcome.REFUSED
    )
