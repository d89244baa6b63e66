"""`NamedTuple` as in `typing`, made quickly: the first picture needs some seventy of them.

At run time `typing` checks every annotation (those written as texts are compiled one by one) and `collections`
compiles a constructor for every class. Here all classes of one size share what `collections` makes for the first.
A class may have a `__post_init__`, as data classes have, which refuses values that cannot be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - for the type checker it is this one
    from typing import Self
else:
    from collections import namedtuple
    from functools import cache
    from types import FunctionType

    @cache
    def _model(count: int) -> type:
        """A named tuple of that many fields: its constructor takes other names, its fields are reused."""
        return namedtuple("model", [f"field{number}" for number in range(count)])

    class _Fields(tuple):
        """What is the same for all named tuples."""

        __slots__ = ()
        _fields = ()

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Self:
            return cls(*values)

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, /, **changes: Any) -> Self:  # noqa: ANN401 - values of any fields
            return type(self)(**{**self._asdict(), **changes})

        def __repr__(self) -> str:
            values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    def _checked(make: Callable[..., Any]) -> Callable[..., Any]:
        def __new__(cls: type, *values: Any, **fields: Any) -> Any:  # noqa: ANN401, N807 - values of any fields
            made = make(cls, *values, **fields)
            made.__post_init__()
            return made

        return __new__

    class _Meta(type):
        """Makes a named tuple of a class body with annotations."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            if "__annotations__" not in body:  # from Python 3.14 on they are put off, but for those written as texts
                raise TypeError(f"{name}: its module needs `from __future__ import annotations`, or it has no fields")
            fields = tuple(body["__annotations__"])
            defaults = {field: body[field] for field in fields if field in body}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one with a default")
            model = _model(len(fields))
            made = model.__new__
            body["__new__"] = FunctionType(
                made.__code__.replace(co_varnames=("_cls", *fields)),
                made.__globals__,
                "__new__",
                tuple(defaults.values()),
            )
            for number, field in enumerate(fields):
                body[field] = model.__dict__[f"field{number}"]
            if "__post_init__" in body:
                body["__new__"] = _checked(body["__new__"])
            body["_fields"] = body["__match_args__"] = fields
            body["_field_defaults"] = defaults
            body["__slots__"] = ()
            return type(name, (_Fields,), body)

    class NamedTuple(metaclass=_Meta):
        """The base of named tuples."""
