"""Caches for what panels draw: one value for one key and language, with keys that compare large objects by identity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from sim.language import language

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Identity(Generic[T]):
    """A cache key for an object: equal only to the key of the very same object, which it keeps alive.

    For objects that are expensive to compare (tracks, lists of passes), or whose replacement is itself the sign that
    something has changed.
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and self.value is other.value

    def __hash__(self) -> int:
        return object.__hash__(self.value)


class Memo(Generic[T]):
    """The result of the latest computation, kept as long as its key stays equal, and the language of its texts."""

    __slots__ = ("_entry",)

    def __init__(self) -> None:
        self._entry: tuple[object, T] | None = None

    def get(self, key: object, compute: Callable[[], T]) -> T:
        """The value for a key, computed if the key differs from that of the call before."""
        whole = (language(), key)
        if self._entry is None or self._entry[0] != whole:
            self._entry = (whole, compute())
        return self._entry[1]

    @property
    def latest(self) -> T | None:
        """The value as it was last computed; `None` before the first call of `get`."""
        return None if self._entry is None else self._entry[1]
