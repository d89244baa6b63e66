"""JSON from the network and from the cache folder: decoded into types, bounded in size, with errors people can read.

`msgspec` checks the types, names the path of a wrong field, and refuses NaN, numbers out of range and nesting that is
too deep. What it does not give is added here: a size limit, and a plain reason where something else than JSON came.
"""

from __future__ import annotations

from typing import Any, TypeVar, overload

import msgspec

from sim.errors import SourceError, TimeError
from sim.language import _
from sim.sanitize import clean
from sim.time import parse_iso

LARGEST_BYTES = 8_000_000
_BOM = b"\xef\xbb\xbf"
_SHORTEST_INSTANT = "2021-04-29T03:23Z"

T = TypeVar("T")


@overload
def decode(body: bytes, what: str, *, largest_bytes: int = ...) -> Any: ...  # noqa: ANN401 - JSON without a type
@overload
def decode(body: bytes, what: str, shape: type[T], *, largest_bytes: int = ...) -> T: ...


def decode(body: bytes, what: str, shape: Any = Any, *, largest_bytes: int = LARGEST_BYTES) -> Any:
    """Decode a JSON text.

    Args:
        body: UTF-8 bytes, with or without a byte order mark.
        what: What it should be, for the error message.
        shape: The type to decode into, such as a `msgspec.Struct`.
        largest_bytes: A longer body is refused unread.

    Raises:
        SourceError: Not JSON, too long, nested too deep, or a field of another type than `shape` says; the message
            names the field by its path (`$.results[0].name`).
    """
    if len(body) > largest_bytes:
        raise SourceError(
            _("{what}: {body} bytes exceed the limit of {largest_bytes}").format(
                what=what, body=len(body), largest_bytes=largest_bytes
            )
        )
    try:
        return msgspec.json.decode(body.removeprefix(_BOM), type=shape)
    except UnicodeDecodeError:
        raise SourceError(_("{what}: the text is not UTF-8").format(what=what)) from None
    except RecursionError:
        raise SourceError(_("{what}: nested too deep").format(what=what)) from None
    except msgspec.ValidationError as error:
        raise SourceError(_("{what}: {error}").format(what=what, error=clean(str(error), limit=160))) from None
    except msgspec.DecodeError as error:
        raise SourceError(_("{what}: {body}").format(what=what, body=_reason(body, error))) from None


def _reason(body: bytes, error: msgspec.DecodeError) -> str:
    """Why it is not JSON; a web page and a sentence are the usual cases."""
    head = body[:400].decode("utf-8", "replace").strip()
    if not head:
        return _("the response is empty")
    if head.startswith("<"):
        return _("a web page came instead of data (a log-in page of this network?)")
    if head[0] not in '[{"':
        return _("the response is not JSON: “{head}”").format(head=clean(head, limit=120))
    return clean(str(error), limit=120)


def full_instant_unix_s(text: str | None) -> float | None:
    """A full ISO date and time as UTC seconds since 1970; None for anything else, such as `now` or a date alone."""
    written = clean(text or "", limit=80)
    if len(written) < len(_SHORTEST_INSTANT) or not written[:4].isdigit():
        return None
    try:
        return parse_iso(written)
    except TimeError:
        return None
