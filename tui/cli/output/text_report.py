"""Reports in plain text, for pipes and screen readers. A Chinese character takes two cells."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from sim.language import N_, _, ngettext
from sim.language.lists import clauses, comma_list
from sim.language.names import both_names
from sim.places.nearest import over
from sim.places.timezones import local_time, zone_words
from sim.sanitize import clean
from sim.time import duration_text, iso_z
from tui.wording import durations, quantities
from tui.wording.coverage import coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.chronicle import Chronicle, ChronicleSnapshot, PartialDate
    from sim.chronicle.events import Event
    from sim.chronicle.model import Spacewalk
    from sim.orbit.space_object import SpaceObject
    from sim.places.place import Place
    from sim.status import Status

_STATES = (N_("sunlit"), N_("penumbra"), N_("umbra"))
"""What `LightChange.state` may be, for the catalogue; translated where it is shown."""

LABEL_CELLS = 12
COVERAGE_CELLS = 96


def cells(text: str) -> int:
    """Cells of a terminal that a text takes; without rich, which these commands do not load."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> list[str]:
    """Columns side by side, as wide as their widest cell; the cells of some columns, of numbers, stand at the right."""
    lines = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(cells(line[column]) for line in lines) for column in range(len(header))]
    at_right = set(right)

    def cell(text: str, column: int) -> str:
        blanks = " " * (widths[column] - cells(text))
        return blanks + text if column in at_right else text + blanks

    return ["  ".join(cell(text, column) for column, text in enumerate(line)).rstrip() for line in lines]


def labelled(label: str, text: str) -> str:
    """`crew        three people`; a label of that many cells or more has one blank after it."""
    return f"{label}{' ' * max(LABEL_CELLS - cells(label), 1 if label else 0)}{text}"


def status_lines(status: Status, place: Place | None = None) -> list[str]:
    """The station at one instant."""
    facts = status.facts
    words = [_("LIVE") if status.mode == "live" else _("SIM"), *([_("STALE")] if status.stale else [])]
    about = status.object
    name = _("Tiangong 天宫") if about.is_station else object_text(about)
    lines = [f"{name}  {iso_z(status.unix_s)}  {' '.join(words)}"]
    if place is not None:
        moment = local_time(round(status.unix_s), place)
        clock = f"{moment:%Y-%m-%d %H:%M:%S}{quantities.hour_mark(moment)} {zone_words(place)}"
        lines.append(labelled(_("local time"), clock))
    lines += ["", *_position_lines(status), *_orbit_lines(status)]
    lines.append(labelled(_("elements"), _elements_words(status)))
    lines += [labelled("", text) for text in _caution_words(status)]
    lines += _coverage_lines(status)
    if not about.is_station:
        return lines
    lines += ["", *crew_lines(facts), *ports_lines(facts), *flying_lines(facts), *_walk_lines(facts)]
    return lines + events_around(facts.previous_event, facts.next_event, facts.unix_s)


def events_around(before: Event | None, coming: Event | None, unix_s: float) -> list[str]:
    """What was before an instant, and what comes."""
    return [
        labelled(label, f"{_event_time(event, unix_s)}  {_perhaps_later(event, unix_s)}")
        for label, event in ((_("before"), before), (_("next"), coming))
        if event is not None
    ]


def about_text(time: str, *, certain: bool) -> str:
    """A time as it is stated, and that it is approximate or in doubt where it is."""
    return time if certain else _("{time} (about)").format(time=time)


def _event_time(event: Event, unix_s: float) -> str:
    if event.planned and event.unix_s <= unix_s:  # the span has begun: what is left of it is its end
        return durations.last_day(event.until_s)
    return about_text(event.text, certain=event.certain)


def _perhaps_later(event: Event, unix_s: float) -> str:
    """What happened; within the day of an event without an hour nobody can say whether it has."""
    if event.is_hindsight(unix_s) is not None:
        return _(event.title)
    return _("perhaps later: {event}").format(event=_(event.title))


def _orbit_lines(status: Status) -> list[str]:
    orbit, altitude = status.orbit, status.altitude
    if status.position is None:
        text = _("not known at this instant; inclination of the set {inclination:.2f}°")
        return [labelled(_("orbit"), text.format(inclination=orbit.inclination_deg))]
    shape = _("mean altitude {mean} km, perigee {perigee}, apogee {apogee}, inclination {inclination:.2f}°")
    method = _("({error}; Brouwer's axis less 6378.137 km, by Kozai's mean motion {kozai} km)")
    number = partial(quantities.altitude_number, provenance=status.provenance)
    numbers = shape.format(
        mean=number(altitude.mean_altitude_km),
        perigee=number(altitude.perigee_km),
        apogee=number(altitude.apogee_km),
        inclination=orbit.inclination_deg,
    )
    error = quantities.altitude_error(status.provenance)
    return [
        labelled(_("orbit"), numbers),
        labelled("", method.format(error=error, kozai=number(altitude.kozai_altitude_km))),
        labelled("", clauses((_revolution_words(status), _beta_words(status)))),
    ]


def _coverage_lines(status: Status) -> list[str]:
    sentences = coverage(status)
    if not sentences:
        return []
    from tui.drawing.styled_text import wrapped

    lines = wrapped(sentences, COVERAGE_CELLS)
    return [labelled("" if index else _("coverage"), text) for index, text in enumerate(lines)]


def object_text(about: SpaceObject) -> str:
    """`ISS (ZARYA), object 25544`."""
    name = clean(about.label, limit=40)
    if about.name and about.norad_id:
        return _("{name}, object {number}").format(name=name, number=about.norad_id)
    return name


def _revolution_words(status: Status) -> str:
    period = quantities.period(status.orbit.period_min, status.provenance, decimals=1)
    if status.error.position_known:
        return _("revolution {number} of {period}").format(number=status.orbit.revolution, period=period)
    return _("period {period}").format(period=period)


def _beta_words(status: Status) -> str:
    angle = quantities.beta(status)
    return _("beta {angle}").format(angle=angle) if angle else _("beta not known")


def _position_lines(status: Status) -> list[str]:
    position, light = status.position, status.light
    if position is None:
        return [labelled(_("position"), _("not known: {reason}").format(reason=status.problem))]
    if not status.error.position_known:
        is_early = status.provenance.age_days < 0.0
        place = (
            _("not known yet: the elements are too far away, see below")
            if is_early
            else _("not known any more: the elements are too far away, see below")
        )
        sun = (
            _("not known yet: it depends on the position along the orbit")
            if is_early
            else _("not known any more: it depends on the position along the orbit")
        )
        return [labelled(_("position"), place), labelled(_("light"), sun)]
    where = quantities.coordinates(position.latitude_deg, position.longitude_deg)
    height = _("{height:.1f} km above the ellipsoid, {speed:.3f} km/s")
    lines = [
        labelled(_("position"), clauses((where, over(position.latitude_deg, position.longitude_deg)))),
        labelled(_("height"), height.format(height=position.height_km, speed=position.speed_km_s)),
    ]
    if light is not None:
        text = _(light.state)
        if light.change_unix_s is not None:
            span = quantities.time_left(light.change_unix_s - status.unix_s, status.error)
            text = _("{state}, {next_state} in {span}").format(
                state=text, next_state=_(light.next_state) if light.next_state else "", span=span
            )
        lines.append(labelled(_("light"), text))
    return lines


def _elements_words(status: Status) -> str:
    provenance = status.provenance
    text = (
        _("{source}, epoch {epoch}, {age} old, {error}")
        if provenance.age_days >= 0
        else _("{source}, epoch {epoch}, {age} ahead, {error}")
    )
    return text.format(
        source=_(provenance.source),
        epoch=iso_z(provenance.epoch_unix_s),
        age=durations.age(provenance.age_days),
        error=quantities.error(status.error),
    )


def _caution_words(status: Status) -> list[str]:
    """What the operator states of the error, and what the turning of the Earth adds where it is not measured."""
    from sim.astro.earth_orientation import orientation_at

    words = []
    stated = status.provenance.stated
    if stated is not None:
        radial, along, across = (quantities.small_distance(km) for km in stated.sigma_rtn_km)
        text = _("the operator states (1 sigma, {instant}) {radial} radial, {along} along, {across} across")
        words.append(text.format(instant=iso_z(stated.unix_s), radial=radial, along=along, across=across))
    earth = orientation_at(status.unix_s)
    if not earth.measured and status.known_position is not None:
        text = _(
            "the turning of the Earth (UT1) is not known at this instant: places on the ground are off by up to "
            "{error:.0f} m more"
        )
        words.append(text.format(error=earth.error_m))
    return words


def with_edge(text: str, as_of: str, *, certain: bool) -> str:
    """The text, with the last day for which it is known where the instant is later."""
    return text if certain else _("{fact} (last known on {day})").format(fact=text, day=as_of)


def crew_lines(facts: ChronicleSnapshot) -> list[str]:
    """Who is aboard."""
    count = ngettext("{count} aboard", "{count} aboard", len(facts.aboard)).format(count=len(facts.aboard))
    lines = [labelled(_("crew"), with_edge(count, str(facts.crew_as_of), certain=facts.crew_certain))]
    for members, text in (
        (facts.aboard, _("{name}, {role}, {mission}, {clock}")),
        (facts.in_transit, _("{name}, {role}, {mission}, {clock}, on the way")),
    ):
        for member in members:
            clock = durations.mission_clock(member.mission_seconds(facts.unix_s))
            role = _(member.role) if member.role else _("crew")
            line = text.format(
                name=both_names(member.name, member.name_zh), role=role, mission=_(member.mission), clock=clock
            )
            lines.append(labelled("", line))
    return lines


def movement_lines(book: Chronicle, unix_s: float) -> list[str]:
    """What comes to the station, leaves it or is turned at an instant; nothing at most times."""
    from sim.movements import movements_at
    from tui.model.docking import movements_text

    text = movements_text(movements_at(book, unix_s))
    return [labelled(_("moving"), text)] if text else []


def ports_lines(facts: ChronicleSnapshot) -> list[str]:
    """What is docked."""
    docked = _("{port}: {ship} since {instant}")
    texts = [
        docked.format(port=_(ship.port), ship=_(ship.vehicle), instant=_date_text(ship.since)) for ship in facts.ships
    ] or [_("no ship docked")]
    texts[0] = with_edge(texts[0], str(facts.ports_as_of), certain=facts.ports_certain)
    if facts.free_ports:
        texts.append(_("free: {ports}").format(ports=comma_list(_(port) for port in facts.free_ports)))
    return [labelled("" if index else _("ports"), text) for index, text in enumerate(texts)]


def _date_text(date: PartialDate) -> str:
    return about_text(date.text, certain=not date.approximate)


def flying_lines(facts: ChronicleSnapshot) -> list[str]:
    """Ships in orbit that are not docked; nothing at most times."""
    text = _("{ship} since {instant}")
    return [
        labelled("" if index else _("flying"), text.format(ship=_(ship.vehicle), instant=_date_text(ship.since)))
        for index, ship in enumerate(facts.flying)
    ]


def _walk_lines(facts: ChronicleSnapshot) -> list[str]:
    lines = []
    if facts.spacewalk is not None:
        walk = facts.spacewalk.spacewalk
        text = _("spacewalk {number}: {names}, {span}")
        span = duration_text(facts.spacewalk.elapsed_s)
        lines.append(labelled(_("outside"), text.format(number=walk.number, names=_outside(walk), span=span)))
    longest = facts.records.longest
    if longest is not None:
        template = (
            _("{count} so far; the longest {span} on {day}, {mission}, {names}")
            if facts.records.longest_certain
            else _("{count} so far; the longest of published length {span} on {day}, {mission}, {names}")
        )
        text = template.format(
            count=facts.spacewalks_so_far,
            span=longest.duration.text,
            day=longest.day.date,
            mission=_(longest.mission),
            names=_outside(longest),
        )
        edge = with_edge(text, facts.spacewalks_as_of, certain=facts.spacewalks_certain)
        lines.append(labelled(_("spacewalks"), edge))
    return lines


def _outside(walk: Spacewalk) -> str:
    return comma_list(_(name) for name in walk.outside) or _("names not found")
