"""`NamedTuple` as in `typing`, made quickly.

At run time `typing` first checks every annotation, and those written as texts are compiled one by one: twice the work
of making the class. The first picture needs some seventy of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - for the type checker it is this one
else:
    from collections import namedtuple

    class _Meta(type):
        """Makes of a class with annotations the named tuple that `collections` makes of their names."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for attribute, value in body.items():
                if attribute != "__module__":
                    setattr(made, attribute, value)
            return made

    class NamedTuple(metaclass=_Meta):
        """The base of named tuples."""
