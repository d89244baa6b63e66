"""Spans of time for a timeline: what was in orbit when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from sim.chronicle.dates import PartialDate
    from sim.chronicle.tables import ChronicleTables

SpanKind: TypeAlias = Literal["module", "crewed", "uncrewed", "cargo", "planned"]


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time in orbit.

    Attributes:
        label: The name of the module or mission.
        kind: What it is; `planned` without a launch.
        start: Its launch; `None` for what is planned without a date.
        end: When it came down; `None` while it is in orbit as far as known.
    """

    label: str
    kind: SpanKind
    start: PartialDate | None
    end: PartialDate | None


def flight_spans(tables: ChronicleTables) -> tuple[Span, ...]:
    """Modules, then ships in order of launch, then what is planned."""
    modules = [
        Span(label=module.name, kind="module" if module.launch else "planned", start=module.launch, end=None)
        for module in tables.modules
    ]
    ships = [
        Span(
            label=mission.name,
            kind=mission.kind if mission.launch else "planned",
            start=mission.launch,
            end=mission.end,
        )
        for mission in tables.missions
    ]
    return tuple(sorted((*modules, *ships), key=lambda span: span.kind == "planned"))
