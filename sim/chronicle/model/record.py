"""What all records of the chronicle have in common: their sources, the edge of knowledge, the types of their fields.

`msgspec` decodes and checks files by the types of the records, which stand in `sim.chronicle.model` and, where only
some views ask for them, in its modules `occasions`, `programme` and `background`. Fields that a record may lack have
a default; `None` means that no source read gives the value. A date in a file is a text; flags like `date_in_doubt`
beside it mark it as approximate.
"""

# Without `from __future__ import annotations`: of annotations that are text, `msgspec` would compile and evaluate each
# one at the first decoding, before the first picture.

from typing import Annotated, Literal, Self, TypeAlias

import msgspec

from sim.chronicle.dates import Day

Origin: TypeAlias = Literal["embedded", "user"]
Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
"""Not blank either: texts of files are cleaned before they are checked. A pattern would be searched in every one of
them before the first picture."""
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=1_000_000_000)]
Amount: TypeAlias = Annotated[float, msgspec.Meta(gt=-1e12, lt=1e12)]


class Source:
    """Where a fact was read; not a struct, because files name sources by their ids.

    Attributes:
        id: Its key in the file.
        title: What it is.
        address: Where it is.
        published: Its day or month, `YYYY-MM-DD` or `YYYY-MM`, where that is known.
    """

    __slots__ = ("address", "id", "published", "title")

    def __init__(self, id: str, title: str, address: str, published: str | None = None) -> None:
        self.id, self.title, self.address, self.published = id, title, address, published

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and (self.id, self.title, self.address, self.published) == (
            other.id, other.title, other.address, other.published,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.id, self.title, self.address))


class AsOf:
    """The last day for which one table is complete; not a struct, because files hold a text or a pair.

    Attributes:
        date: The last day covered, `YYYY-MM-DD`.
        unix_s: The end of that day, UTC.
        origin: "user" when a person's own file moved it.
    """

    __slots__ = ("date", "origin", "unix_s")

    def __init__(self, date: str, unix_s: float, origin: Origin) -> None:
        self.date, self.unix_s, self.origin = date, unix_s, origin

    @classmethod
    def parse(cls, value: str | list[str]) -> Self:
        """Read `2026-10-10`, or the pair `["2026-10-10", "user"]` of merged facts."""
        date = value if isinstance(value, str) else value[0]
        return cls(date, Day.parse(date).until_s, "embedded" if isinstance(value, str) else "user")


class Proof(msgspec.Struct, frozen=True):
    """Sources of a record, and the doubts and conflicts about it."""

    sources: tuple[Source, ...] = ()
    conflicts: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields common to all records.

    Attributes:
        sources: Where it was read.
        conflicts: Where sources contradict one another.
        unverified: What is doubtful.
        notes: What else to know.
        origin: "user" for a record from a person's own file.
    """

    sources: tuple[Source, ...]
    conflicts: tuple[Text, ...] = ()
    unverified: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    origin: Origin = "embedded"

    @property
    def proof(self) -> Proof:
        """Sources, conflicts, doubts and notes."""
        return Proof(sources=self.sources, conflicts=self.conflicts, unverified=self.unverified, notes=self.notes)


def mark_approximate(record: Record, field: str, approximate: bool) -> None:
    """Mark a date of a record that was just decoded as approximate."""
    date = getattr(record, field)
    if approximate and date is not None:
        msgspec.structs.force_setattr(record, field, date.approximately())
