"""The chronicle: all tables of one file, and every question about them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sim.chronicle.events import EventList, merged
from sim.chronicle.tables import ChronicleTables
from sim.chronicle.timeline import Timeline
from sim.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sim.chronicle import statistics
    from sim.chronicle.dates import Duration
    from sim.chronicle.events import Event
    from sim.chronicle.model import Spacewalk
    from sim.chronicle.model.occasions import Plan
    from sim.chronicle.search import SearchHit, SearchIndex
    from sim.chronicle.snapshot import ChronicleSnapshot


class Chronicle(ChronicleTables, frozen=True, kw_only=True, dict=True):
    """The station's whole life: the tables, and what follows from them at any instant (UTC seconds since 1970)."""

    @cached_property
    def events(self) -> EventList:
        """Everything that happened, in order."""
        return EventList(self._record_events)

    def _record_events(self) -> Iterator[Event]:
        from sim.chronicle.record_events import all_events  # where an event is asked for

        return all_events(self)

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self, self.events)

    @cached_property
    def _indexes(self) -> dict[str, SearchIndex]:
        """The search index of each language, made on first use."""
        return {}

    def at(self, unix_s: float) -> ChronicleSnapshot:
        """Everything the chronicle says about an instant."""
        return self._timeline.at(unix_s)

    def astronauts_at(self, unix_s: float) -> tuple[statistics.AstronautTotals, ...]:
        """Everyone who had been launched to the station, with totals as they stood, most time in space first."""
        from sim.chronicle import statistics  # not before the first picture

        return statistics.astronauts_at(self, unix_s)

    def mission_walks_at(self, unix_s: float) -> tuple[statistics.MissionWalks, ...]:
        """Spacewalks of every crew so far, with their sums."""
        from sim.chronicle import statistics  # not before the first picture

        return statistics.mission_walks_at(self, unix_s)

    def time_outside(self, walks: Iterable[Spacewalk]) -> Duration:
        """The time outside in spacewalks that are over, a pair counted once; see `statistics.time_outside`."""
        from sim.chronicle import statistics  # not before the first picture

        return statistics.time_outside(self, walks)

    def records_at(self, unix_s: float) -> tuple[statistics.RecordLine, ...]:
        """Records and firsts as they stood."""
        from sim.chronicle import statistics  # not before the first picture

        return statistics.records_at(self, unix_s)

    def plans_at(self, unix_s: float) -> tuple[Plan, ...]:
        """What was planned, as known then."""
        from sim.chronicle import statistics  # not before the first picture

        return statistics.plans_at(self, unix_s)

    def find(self, text: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """People, ships, spacewalks, events and partners that fit a text, the best first."""
        from sim.chronicle.search import SearchIndex  # not before the first picture

        index = self._indexes.get(language()) or self._indexes.setdefault(language(), SearchIndex(self, self.events))
        return index.find(text, limit)

    def events_with(self, extra: Sequence[Event]) -> EventList:
        """The events with more merged in, such as orbit raises found in the element history."""
        return merged(self.events, extra)
