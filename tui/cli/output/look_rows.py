"""Directions to the station as text, JSON and CSV: each row with its own error; what is not known is null."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.language import _
from sim.language.dates import day_of_year
from sim.passes.look_angles import doppler_hz
from sim.places.timezones import local_time, zone_words
from sim.sanitize import clean
from tui.cli.output.json_export import numbers, place_error_shape, rounded, stamp
from tui.cli.output.text_report import table
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.orbit.space_object import SpaceObject
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.look_angles import LookAngles, PointingError
    from sim.passes.model import Pass
    from sim.places.place import Place
    from tui.cli.output.json_export import Shape

LOOK_COLUMNS = (
    "time", "azimuth_deg", "elevation_deg", "apparent_elevation_deg", "range_km", "range_rate_km_s", "doppler_hz",
    "sunlit", "magnitude", "sun_distance_deg", "moon_distance_deg", "azimuth_error_deg_median",
    "azimuth_error_deg_p90", "elevation_error_deg_median", "elevation_error_deg_p90", "error_km_median", "error_km_p90",
    "stale",
)  # fmt: skip


class Sample(msgspec.Struct, frozen=True):
    """One row: the direction, None where it is not known, and how far off it may be."""

    unix_s: float
    angles: LookAngles | None
    error: ExpectedError
    pointing: PointingError | None


def look_shape(sample: Sample, frequency_hz: float | None) -> Shape:
    """One direction."""
    angles, pointing = sample.angles, sample.pointing
    shift = None if angles is None or frequency_hz is None else doppler_hz(frequency_hz, angles.range_rate_km_s)
    return {
        "time": stamp(sample.unix_s),
        **numbers(angles, azimuth_deg=5, elevation_deg=5, apparent_elevation_deg=3, range_km=4, range_rate_km_s=6),
        "doppler_hz": rounded(shift, 2),
        "sunlit": angles.sunlit if angles else None,
        **numbers(angles, magnitude=1, sun_distance_deg=2, moon_distance_deg=2),
        "azimuth_error_deg": {
            "median": rounded(pointing.azimuth_median_deg, 3) if pointing else None,
            "p90": rounded(pointing.azimuth_p90_deg, 3) if pointing else None,
        },
        "elevation_error_deg": {
            "median": rounded(pointing.elevation_median_deg, 3) if pointing else None,
            "p90": rounded(pointing.elevation_p90_deg, 3) if pointing else None,
        },
        **place_error_shape(sample.error),
    }


def look_lines(
    samples: Sequence[Sample], place: Place, found: Pass | None, about: SpaceObject, frequency_hz: float | None
) -> list[str]:
    """Directions as a table in local time; one instant as a sentence more."""
    name = _("The station") if about.is_station else clean(about.label, limit=40)
    template = (
        _("{object} from {place}, times in {zone}")
        if found is None
        else _("{object} from {place}, times in {zone}; a pass up to {elevation:.0f}°")
    )
    head = template.format(
        object=name,
        place=quantities.place_text(place),
        zone=zone_words(place),
        elevation=found.peak.elevation_deg if found else 0.0,
    )
    header = [_("time"), _("azimuth"), "", _("elevation"), _("range"), _("range rate")]
    header += [_("light"), _("mag"), _("Sun at"), _("Moon at"), _("90 % within")]
    if frequency_hz is not None:
        header.insert(6, _("Doppler"))
    rows = [_cells(sample, place, frequency_hz) for sample in samples]
    lines = [head, "", *table(header, rows, right=range(1, len(header)))]
    if found is None and samples[0].angles is not None and samples[0].angles.elevation_deg < 0.0:
        lines.append(_("It is below the horizon."))
    if samples[0].angles is None:
        lines.append(_("The direction is not known: the elements are too far away."))
    return lines


def _cells(sample: Sample, place: Place, frequency_hz: float | None) -> list[str]:
    angles, pointing = sample.angles, sample.pointing
    time = _clock(sample.unix_s, place)
    if angles is None:
        return [time, *["?"] * (10 if frequency_hz is None else 11)]
    cells = [
        time,
        f"{angles.azimuth_deg:.2f}°",
        quantities.compass(angles.azimuth_deg),
        f"{angles.elevation_deg:+.2f}°",
        f"{angles.range_km:.1f} km",
        f"{angles.range_rate_km_s:+.3f} km/s",
        _("sunlit") if angles.sunlit else _("shadow"),
        "" if angles.magnitude is None else f"{angles.magnitude:+.1f}",
        f"{angles.sun_distance_deg:.1f}°",
        f"{angles.moon_distance_deg:.1f}°",
        _error_words(pointing.azimuth_p90_deg, pointing.elevation_p90_deg) if pointing else _("not known"),
    ]
    if frequency_hz is not None:
        cells.insert(6, f"{doppler_hz(frequency_hz, angles.range_rate_km_s):+.0f} Hz")
    return cells


def _error_words(azimuth_deg: float, elevation_deg: float) -> str:
    return _("{azimuth:.2f}° az, {elevation:.2f}° el").format(azimuth=azimuth_deg, elevation=elevation_deg)


def _clock(unix_s: float, place: Place) -> str:
    """`17 Dec 18:42:03.5`, with the offset in the hour that comes twice."""
    moment = local_time(round(unix_s, 1), place)
    tenth = f".{moment.microsecond // 100_000}" if moment.microsecond else ""
    return f"{day_of_year(moment)} {moment:%H:%M:%S}{tenth} {quantities.repeated_hour_mark(unix_s, place)}".rstrip()
