"""Reports in plain text, for pipes and screen readers. A Chinese character takes two cells."""

from __future__ import annotations

import math
import textwrap
import unicodedata
from typing import TYPE_CHECKING

from sim.orbit.space_object import STATION
from sim.places.nearest import over
from sim.places.timezones import local_time, zone_words
from sim.sanitize import clean
from sim.time import duration_text, iso_z, to_datetime
from tui.wording import burns as burn_text
from tui.wording import durations, quantities
from tui.wording.coverage import coverage
from tui.wording.passes import horizon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from sim.chronicle import Chronicle, ChronicleSnapshot, CrewMember
    from sim.eclipses import Eclipse
    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.closure.burns import Burn
    from sim.orbit.propagation import Provenance
    from sim.orbit.space_object import SpaceObject
    from sim.orbit.uncertainty import ExpectedError
    from sim.passes.model import Pass
    from sim.places.place import Place
    from sim.status import Status

LABEL_CELLS = 12
COVERAGE_CELLS = 96


def cells(text: str) -> int:
    """Cells of a terminal that a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> list[str]:
    """Columns side by side, as wide as their widest cell.

    Args:
        header: Titles.
        rows: Cells.
        right: Columns whose cells stand at the right, for numbers.
    """
    lines = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(cells(line[column]) for line in lines) for column in range(len(header))]
    at_right = set(right)

    def cell(text: str, column: int) -> str:
        blanks = " " * (widths[column] - cells(text))
        return blanks + text if column in at_right else text + blanks

    return ["  ".join(cell(text, column) for column, text in enumerate(line)).rstrip() for line in lines]


def labelled(label: str, text: str) -> str:
    """`crew        three people`."""
    return f"{label:<{LABEL_CELLS}}{text}"


def name_of(member: CrewMember) -> str:
    """Both scripts: `Zhu Yangzhu 朱杨柱`."""
    return f"{member.name} {member.name_zh}".rstrip()


def status_lines(status: Status, place: Place | None = None) -> list[str]:
    """The station at one instant."""
    facts, orbit, altitude = status.facts, status.orbit, status.altitude
    word = {"live": "LIVE", "sim": "SIM"}[status.mode] + (" STALE" if status.stale else "")
    about = status.object
    name = "Tiangong 天宫" if about.is_station else object_text(about)
    lines = [f"{name}  {iso_z(status.unix_s)}  {word}"]
    if place is not None:
        moment = local_time(round(status.unix_s), place)
        clock = f"{moment:%Y-%m-%d %H:%M:%S}{quantities.hour_mark(moment)} {zone_words(place)}"
        lines.append(labelled("local time", clock))
    lines += ["", *_position_lines(status)]
    if status.position is None:
        lines.append(
            labelled("orbit", f"not known at this instant; inclination of the set {orbit.inclination_deg:.2f}°")
        )
    else:
        lines += [
            labelled("orbit", f"mean altitude {altitude.mean_altitude_km:.1f} km, perigee {altitude.perigee_km:.1f}, "
                              f"apogee {altitude.apogee_km:.1f}, inclination {orbit.inclination_deg:.2f}°"),
            labelled("", f"({quantities.altitude_error(status.provenance)}; Brouwer's axis less 6378.137 km, "
                         f"by Kozai's mean motion {altitude.kozai_altitude_km:.1f} km)"),
            labelled("", f"{_revolution_words(status)}, beta {_beta_words(status)}"),
        ]  # fmt: skip
    lines.append(labelled("elements", _elements_words(status)))
    lines += [labelled("", text) for text in _caution_words(status)]
    sentences = textwrap.wrap(coverage(status), COVERAGE_CELLS)
    lines += [labelled("" if index else "coverage", text) for index, text in enumerate(sentences)]
    if not about.is_station:
        return lines
    lines += [
        "",
        *crew_lines(facts),
        *ports_lines(facts),
        *_walk_lines(facts),
    ]
    for label, event in (("before", facts.previous_event), ("next", facts.next_event)):
        if event is not None:
            lines.append(labelled(label, f"{event.text}  {event.title}"))
    return lines


def object_text(about: SpaceObject) -> str:
    """`ISS (ZARYA), object 25544`."""
    name = clean(about.label, limit=40)
    return f"{name}, object {about.norad_id}" if about.name and about.norad_id else name


def _revolution_words(status: Status) -> str:
    period = f"{status.orbit.period_min:.1f} min"
    return f"revolution {status.orbit.revolution} of {period}" if status.error.position_known else f"period {period}"


def _beta_words(status: Status) -> str:
    known = status.error.position_known and math.isfinite(status.orbit.beta_deg)
    return f"{status.orbit.beta_deg:+.1f}°" if known else "not known"


def _position_lines(status: Status) -> list[str]:
    position, light = status.position, status.light
    if position is None:
        return [labelled("position", f"not known: {status.problem}")]
    if not status.error.position_known:
        since = "yet" if status.provenance.age_days < 0.0 else "any more"
        return [
            labelled("position", f"not known {since}: the elements are too far away, see below"),
            labelled("light", f"not known {since}: it depends on the position along the orbit"),
        ]
    where = f"{quantities.latitude(position.latitude_deg)} {quantities.longitude(position.longitude_deg)}"
    lines = [
        labelled("position", f"{where}, {over(position.latitude_deg, position.longitude_deg)}"),
        labelled("height", f"{position.height_km:.1f} km above the ellipsoid, {position.speed_km_s:.3f} km/s"),
    ]
    if light is not None:
        change = ""
        if light.change_unix_s is not None:
            change = f", {light.next_state} in {duration_text(light.change_unix_s - status.unix_s)}"
        lines.append(labelled("light", f"{light.state}{change}"))
    return lines


def _elements_words(status: Status) -> str:
    provenance = status.provenance
    side = "old" if provenance.age_days >= 0 else "ahead"
    return (
        f"{provenance.source}, epoch {iso_z(provenance.epoch_unix_s)}, {durations.age(provenance.age_days)} {side}, "
        f"{quantities.error(status.error)}"
    )


def _caution_words(status: Status) -> list[str]:
    """What the operator states of the error, and what the turning of the Earth adds where it is not measured."""
    from sim.astro.earth_orientation import orientation_at

    words = []
    stated = status.provenance.stated
    if stated is not None:
        radial, along, across = (quantities.small_distance(km) for km in stated.sigma_rtn_km)
        words.append(
            f"the operator states (1 sigma, {iso_z(stated.unix_s)}) {radial} radial, {along} along, {across} across"
        )
    earth = orientation_at(status.unix_s)
    if not earth.measured:
        words.append(
            "the turning of the Earth (UT1) is not known at this instant: places on the ground are off by up to "
            f"{earth.error_m:.0f} m more"
        )
    return words


def crew_lines(facts: ChronicleSnapshot) -> list[str]:
    """Who is aboard."""
    certain = "" if facts.crew_certain else f" (last known on {facts.crew_as_of})"
    lines = [labelled("crew", f"{len(facts.aboard)} aboard{certain}")]
    for members, word in ((facts.aboard, ""), (facts.in_transit, ", on the way")):
        for member in members:
            days = durations.mission_clock(member.mission_seconds(facts.unix_s))
            lines.append(labelled("", f"{name_of(member)}, {member.role or 'crew'}, {member.mission}, {days}{word}"))
    return lines


def movement_lines(book: Chronicle, unix_s: float) -> list[str]:
    """What comes to the station, leaves it or is turned at an instant; nothing at most times."""
    from sim.movements import movements_at
    from tui.model.docking import movements_text

    text = movements_text(movements_at(book, unix_s))
    return [labelled("moving", text)] if text else []


def ports_lines(facts: ChronicleSnapshot) -> list[str]:
    """What is docked."""
    certain = "" if facts.ports_certain else f" (last known on {facts.ports_as_of})"
    lines = [
        labelled("ports" if not index else "", f"{ship.port}: {ship.vehicle} since {ship.since.text}")
        for index, ship in enumerate(facts.ships)
    ]
    lines = lines or [labelled("ports", "no ship docked")]
    lines[0] += certain
    free = ", ".join(facts.free_ports)
    return [*lines, labelled("", f"free: {free}")] if free else lines


def _walk_lines(facts: ChronicleSnapshot) -> list[str]:
    lines = []
    if facts.spacewalk is not None:
        walk = facts.spacewalk.spacewalk
        names = ", ".join(walk.outside) or "names not found"
        lines.append(
            labelled("outside", f"spacewalk {walk.number}: {names}, {duration_text(facts.spacewalk.elapsed_s)}")
        )
    longest = facts.records.longest
    if longest is not None:
        names = ", ".join(longest.outside) or "names not found"
        lines.append(
            labelled("spacewalks", f"{facts.spacewalks_so_far} so far; the longest {longest.duration.text} on "
                                   f"{longest.day.date}, {longest.mission}, {names}")
        )  # fmt: skip
    return lines


def pass_lines(
    passes: Sequence[Pass],
    place: Place,
    *,
    utc: bool = False,
    threshold_deg: float | None = None,
    unknown: int = 0,
    unknown_before: bool = False,
    about: SpaceObject = STATION,
    has_horizon: bool = False,
) -> list[str]:
    """Passes as a table in local time.

    Args:
        passes: The rows.
        place: Whose time is used.
        utc: UTC instead.
        threshold_deg: Elevation of rise and set, for the heading.
        about: Whose they are.
        has_horizon: Whether rise and set are at the place's own horizon where that is higher.
        unknown: How many more there would be if the position along the orbit were known.
        unknown_before: Whether they lie before the elements, not after them.
    """
    zone = "UTC" if utc else zone_words(place)
    at = "" if threshold_deg is None else f", {horizon(threshold_deg)}"
    at += " or at the horizon of the place" if has_horizon else ""
    whose = "Passes" if about.is_station else f"Passes of {object_text(about)}"
    lines = [f"{whose} over {place.title} ({quantities.latitude(place.latitude_deg)} "
             f"{quantities.longitude(place.longitude_deg)}), times in {zone}{at}", ""]  # fmt: skip
    if passes:
        lines += _pass_table(passes, place, utc=utc)
    elif not unknown:
        lines.append("none")
    if any(found.always_up for found in passes):
        lines.append("It is always up here in this time: it neither rises nor sets.")
    if unknown:
        which, age = ("earlier ", "recent") if unknown_before else ("further ", "old")
        reason = f"the elements are too {age}, the position along the orbit is unknown"
        lines.append(f"No {which if passes else ''}pass can be predicted: {reason}.")
    return lines


def _pass_table(passes: Sequence[Pass], place: Place, *, utc: bool) -> list[str]:
    header = ("date", "rise", "", "peak", "", "high", "set", "", "length", "error", "90 %", "light", "mag", "grade")
    rows = []
    for found in passes:
        pattern = quantities.clock_pattern(found.error)
        clock = [_clock(m.unix_s, place, utc=utc, pattern=pattern) for m in (found.rise, found.peak, found.set)]
        if not found.rise_known:
            clock[0] = (clock[0][0], "up")
        if not found.set_known:
            clock[2] = (clock[2][0], "up")
        rows.append((
            clock[0][0], clock[0][1], quantities.compass(found.rise.azimuth_deg),
            clock[1][1], quantities.compass(found.peak.azimuth_deg), f"{found.peak.elevation_deg:.0f}°",
            clock[2][1], quantities.compass(found.set.azimuth_deg),
            f"{round(found.duration_s) // 60}:{round(found.duration_s) % 60:02d}",
            *_pass_errors(found),
            "visible" if found.visible and found.magnitude is not None else found.light.at_peak,
            "" if found.magnitude is None else f"{found.magnitude:+.1f}",
            "*" * found.grade or ("?" if found.windows else "-"),
        ))  # fmt: skip
    return table(header, rows, right=(5, 8, 9, 10, 12))


def _pass_errors(found: Pass) -> tuple[str, str]:
    """What half of such times, and nine in ten, are nearer than."""
    if found.error is None:
        return "", ""
    return quantities.time_error(found.error.median_s), quantities.time_error(found.error.p90_s)


def _clock(unix_s: float, place: Place, *, utc: bool, pattern: str) -> tuple[str, str]:
    """Date and time of day, to the nearest second or about to the minute."""
    if utc:
        moment = to_datetime(round(unix_s))
        return f"{moment:%Y-%m-%d}", moment.strftime(pattern)
    moment = local_time(round(unix_s), place)
    return f"{moment:%a %d %b}", moment.strftime(pattern) + quantities.hour_mark(moment)


def eclipse_lines(eclipses: Sequence[Eclipse], errors: Sequence[ExpectedError], zone: str | None = None) -> list[str]:
    """Eclipses as a table; where the place along the orbit is not known their rhythm and length alone.

    Args:
        eclipses: In order.
        errors: Expected error at the beginning of each.
        zone: Time zone of the times; None is UTC.
    """
    if not eclipses:
        return ["no eclipse in this time"]
    rows = [
        (*(quantities.stamp(unix_s, error, zone) for unix_s in (one.enter, one.leave)), duration_text(one.duration_s),
         *(quantities.time_error(error_s) for error_s in (error.median_s, error.p90_s)),
         "penumbra only" if one.penumbra_only else "")
        for one, error in zip(eclipses, errors, strict=True) if error.position_known
    ]  # fmt: skip
    lines = table(("into the shadow", "out of it", "length", "error", "90 %", ""), rows, right=(3, 4)) if rows else []
    untimed = [one for one, error in zip(eclipses, errors, strict=True) if not error.position_known]
    if untimed:
        longest = max(untimed, key=lambda one: one.duration_s)
        since = f"From {iso_z(untimed[0].enter)[:10]} on at" if rows else "At"
        lines.append(
            f"{since} most {duration_text(longest.duration_s)} in the shadow each revolution; the times are not known: "
            "the elements are too far away, the place along the orbit is not known."
        )
    return lines


def altitude_lines(report: AltitudeReport, provenance: Provenance, latest: int = 10) -> list[str]:
    """Altitude, decay, and the latest burns."""
    lines = [
        f"Mean altitude at {iso_z(report.unix_s)}: {report.mean_altitude_km:.2f} km, "
        f"{quantities.altitude_error(provenance)}, perigee {report.perigee_km:.1f}, apogee {report.apogee_km:.1f}",
        "This is Brouwer's mean semi-major axis less 6378.137 km; by Kozai's mean motion, as many catalogues print it, "
        f"{report.kozai_altitude_km:.2f} km",
    ]
    if report.floor_km is not None:
        lines.append(f"Band {report.floor_km:.0f} to {report.ceiling_km:.0f} km")
    if report.decay:
        off = report.decay.uncertainty_km_day
        spread = " km a day, its error is not known" if off is None else f" ± {off:.3f} km a day"
        lines.append(f"Change {report.decay.km_day:+.3f}{spread}")
    if report.to_floor:
        low, high = report.to_floor.low_days, report.to_floor.high_days
        lines.append(
            f"Without a raise about {report.to_floor.days:.0f} days to the floor (90 %: {low:.0f} to {high:.0f}, as "
            "the activity of the Sun may change the air)"
        )
    windows = [burn_text.date(burn) for burn in report.undated if burn.confidence != "possible"]
    if windows:
        lines += ["", f"The engines ran in {', '.join(windows)}; whether before or after this instant is not known"]
    if report.burns:
        shown = report.burns[-latest:]
        lines += ["", f"The last {len(shown)} of {burn_text.counts(report.burns)} found in the element sets:"]
        lines += _burn_table(shown)
    return lines


def burn_lines(burns: Sequence[Burn], zone: ZoneInfo | None = None) -> list[str]:
    """All burns as a table, by the clocks of a zone (None is UTC)."""
    if not burns:
        return ["no burn found in the element sets"]
    words = f"{burn_text.counts(burns)} found in the element sets, times in {zone.key if zone else 'UTC'}"
    return [words, "", *_burn_table(burns, zone)]


def _burn_table(burns: Sequence[Burn], zone: ZoneInfo | None = None) -> list[str]:
    header = ("date", "set before", "set after", "kind", "size", "", "at least", "de", "e after", "confidence")
    rows = [
        (
            burn_text.date(burn, zone), quantities.instant(burn.after_unix_s, zone, "minutes"),
            quantities.instant(burn.before_unix_s, zone, "minutes"), burn.kind,
            burn_text.size(burn), f"±{burn.uncertainty_km:.2f}", f"{burn.delta_v_m_s:.1f} m/s",
            f"{burn.eccentricity_change:.5f}", f"{burn.eccentricity_after:.5f}", burn.confidence,
        )
        for burn in burns
    ]  # fmt: skip
    return table(header, rows, right=(4, 5, 6, 7, 8))
