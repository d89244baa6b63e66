"""Contact plan: when ground stations have the station in view, and how much of the time any of them has.

In view is geometric: above the least elevation of the station. Whether it is listening is not published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.passes.finder import find_pass_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.propagation import Orbit
    from sim.orbit.uncertainty import ErrorAt, ExpectedError
    from sim.passes.model import PassTimes
    from sim.passes.plans.stations import Station

DEFAULT_ELEVATION_DEG = 5.0
"""What stations without their own see from on: lower, hills and the air are in the way."""


class Contact(msgspec.Struct, frozen=True):
    """One station with the space station in view.

    Attributes:
        station: Which.
        min_elevation_deg: At which it rises and sets.
        times: Rise, greatest elevation, set.
        error: Expected error of the orbit at the greatest elevation.
    """

    station: Station
    min_elevation_deg: float
    times: PassTimes
    error: ExpectedError


class Share(msgspec.Struct, frozen=True):
    """How much of a span any station has it in view.

    Attributes:
        in_view_s: Together, overlaps counted once.
        longest_gap_s: Longest time without.
        share: Of the whole span, 0 to 1.
    """

    in_view_s: float
    longest_gap_s: float
    share: float


def find_contacts(
    orbit: Orbit,
    stations: Sequence[Station],
    start_unix_s: float,
    end_unix_s: float,
    *,
    error_at: ErrorAt,
    min_elevation_deg: float = DEFAULT_ELEVATION_DEG,
) -> list[Contact]:
    """All contacts of which any part lies in the span, in order of their rises.

    `min_elevation_deg` is that of stations that have none of their own.
    """
    found = []
    for station in stations:
        least_deg = min_elevation_deg if station.min_elevation_deg is None else station.min_elevation_deg
        passes = find_pass_times(orbit, station.place, start_unix_s, end_unix_s, min_elevation_deg=least_deg)
        found += [Contact(station, least_deg, times, error_at(times.peak.unix_s)) for times in passes]
    return sorted(found, key=lambda contact: contact.times.rise.unix_s)


def share_in_view(contacts: Sequence[Contact], start_unix_s: float, end_unix_s: float) -> Share | None:
    """How much of a span is covered; None where the times of a contact are not known."""
    if not end_unix_s > start_unix_s or not all(contact.error.position_known for contact in contacts):
        return None
    in_view_s, longest_gap_s, reached = 0.0, 0.0, start_unix_s
    for begin, end in sorted(
        (max(contact.times.rise.unix_s, start_unix_s), min(contact.times.set.unix_s, end_unix_s))
        for contact in contacts
    ):
        longest_gap_s = max(longest_gap_s, begin - reached)
        in_view_s += max(0.0, end - max(begin, reached))
        reached = max(reached, end)
    longest_gap_s = max(longest_gap_s, end_unix_s - reached)
    return Share(in_view_s, longest_gap_s, in_view_s / (end_unix_s - start_unix_s))
