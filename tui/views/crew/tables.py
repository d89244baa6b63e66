"""Two tables: those in space at the instant, and everyone who has flown to the station until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.language import N_, _
from sim.language.names import leading_name, second_name, short_ship_name
from tui.drawing.styled_text import Line, Run
from tui.widgets.table import Column, Table
from tui.wording import durations
from tui.wording.facts import as_of_text, table_as_of_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.chronicle import CrewMember
    from sim.chronicle.statistics import AstronautTotals
    from tui.session.frame import Frame

_CLOCK_CELLS = 15
"""Room for `209 d 10:20:30?`."""


class Aboard(Table["CrewMember"]):
    """The crew of the station and of ships on the way to or from it, with running clocks."""

    station_only = True
    empty_text = N_("nobody is aboard at this instant")
    hint = ""
    columns = (
        Column("name", N_("name"), sortable=False),
        Column("name_zh", N_("中文"), drop=2, sortable=False),
        Column("role", N_("role"), drop=4, sortable=False),
        Column("nationality", N_("nationality"), drop=9, sortable=False),
        Column("flight", N_("flight"), right=True, drop=7, sortable=False),
        Column("up", N_("up"), drop=3, sortable=False),
        Column("down", N_("down"), drop=8, sortable=False),
        Column("mission", N_("this flight"), right=True, minimum=_CLOCK_CELLS, sortable=False),
        Column("career", N_("career"), right=True, drop=5, minimum=_CLOCK_CELLS, sortable=False),
        Column("walks", N_("spacewalks"), right=True, drop=6, sortable=False),
    )

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """The number aboard, and until when that is known."""
        facts = frame.status.facts
        aboard = _("²aboard {count}") if facts.crew_certain else _("²last known crew {count}")
        return aboard.format(count=len(facts.aboard)), as_of_text(facts.crew_as_of, certain=facts.crew_certain)

    def rows(self, frame: Frame) -> Sequence[CrewMember]:
        facts = frame.status.facts
        self._totals = {total.person.name: total for total in frame.chronicle.astronauts_at(frame.unix_s)}
        return (*facts.aboard, *facts.in_transit)

    def row_key(self, row: CrewMember) -> str:
        return row.name

    def search_text(self, row: CrewMember) -> str:
        """Names and ship."""
        return f"{row.name} {row.name_zh} {row.mission}"

    def ticks(self, frame: Frame, row: CrewMember) -> bool:
        """Always: each row has two clocks."""
        return True

    def row_cells(self, frame: Frame, row: CrewMember, width: int) -> dict[str, Line]:
        certain, total = frame.status.facts.crew_certain, self._totals.get(row.name)
        return {
            "name": (Run(leading_name(row.name, row.name_zh), "accent"),),
            "name_zh": (Run(second_name(row.name, row.name_zh)),),
            "role": (_role_run(frame, row),),
            "nationality": (Run(_(row.nationality), "dim"),),
            "flight": (Run("?" if row.flight_number is None else str(row.flight_number)),),
            "up": (Run(short_ship_name(row.ship_up)),),
            "down": (Run(return_ship_text(frame, row), "" if row.ship_down else "dim"),),
            "mission": (clock_run(row.mission_seconds(frame.unix_s), certain=certain),),
            "career": (clock_run(row.career_seconds(frame.unix_s), certain=certain, style=""),),
            "walks": (walk_run(total) if total is not None else Run("0"),),
        }


def _role_run(frame: Frame, member: CrewMember) -> Run:
    leg = member.leg(frame.unix_s)
    if leg in {N_("going up"), N_("coming home")}:
        return Run(_(leg), "caution")
    return Run(_(member.role) + (" ?" if member.role_unverified else ""))


def clock_run(seconds: float, *, certain: bool, style: str = "value") -> Run:
    """A running clock; with `?` where it is not known whether the person is still in space."""
    clock = durations.mission_clock(seconds)
    return Run(clock, style) if certain else Run(f"{clock}?", "caution")


def return_ship_text(frame: Frame, member: CrewMember) -> str:
    """The return ship. Before undocking it is marked `later`: that it may be another ship was not known yet."""
    if member.ship_down is None:
        return _("not yet")
    if member.undock is not None and frame.unix_s >= member.undock.unix_s:
        return short_ship_name(member.ship_down)
    return _("later {ship}").format(ship=short_ship_name(member.ship_down))


def walk_run(total: AstronautTotals) -> Run:
    """`5 · 33:21`: number and total time of spacewalks, with `~` or `>=` where they are not exact."""
    if not total.spacewalks and not total.spacewalks_at_least:
        return Run("–", "dim")
    bound = ">=" if total.spacewalks_at_least else ""
    return Run(f"{bound}{total.spacewalks} · {outside_run(total).text}", outside_run(total).style)


def outside_run(total: AstronautTotals) -> Run:
    """Total time outside: `33:21`, `~36:47`, `>=27:00`; `?` if a spacewalk is unconfirmed, `–` if there was none."""
    if not total.spacewalks:
        return Run("?", "caution") if total.spacewalks_at_least else Run("–", "dim")
    exact = total.spacewalk_time.is_exact and not total.spacewalks_at_least
    return Run(total.spacewalk_time.text, "" if exact else "caution")


class Everyone(Table["AstronautTotals"]):
    """Everyone launched to the station until the instant, with totals as of then."""

    station_only = True
    first_sort = "days"
    empty_text = N_("nobody has flown to the station yet")
    columns = (
        Column("name", N_("name")),
        Column("name_zh", N_("中文"), drop=3, sortable=False),
        Column("days", N_("time in space"), right=True, descending=True, minimum=_CLOCK_CELLS),
        Column("flights", N_("flights"), right=True, descending=True, drop=1),
        Column("walks", N_("walks"), right=True, descending=True, drop=1),
        Column("outside", N_("outside"), right=True, descending=True, drop=1, minimum=8),
        Column("where", N_("where"), drop=2),
        Column("missions", N_("missions"), drop=4),
        Column("nationality", N_("nationality"), drop=5),
    )

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """The number of people, and until when the table is known."""
        edge = table_as_of_text(frame.chronicle, "people", frame.unix_s)
        return _("everyone so far {count}").format(count=len(self._all_rows)), edge

    def rows(self, frame: Frame) -> Sequence[AstronautTotals]:
        return frame.chronicle.astronauts_at(frame.unix_s)

    def row_key(self, row: AstronautTotals) -> str:
        return row.person.name

    def search_text(self, row: AstronautTotals) -> str:
        """Name, ships, nationality and whereabouts."""
        person = row.person
        return f"{person.name} {person.name_zh} {' '.join(row.missions)} {person.nationality} {row.whereabouts}"

    def ticks(self, frame: Frame, row: AstronautTotals) -> bool:
        """Whether the person is in space."""
        return row.whereabouts != "on Earth"

    def sort_values(self, frame: Frame, row: AstronautTotals) -> dict[str, Any]:
        """The value of the column, then time in space (s) or the name."""
        name, seconds, minutes = row.person.name, row.last.career_seconds(frame.unix_s), row.spacewalk_time.minutes or 0
        return {
            "name": name,
            "days": seconds,
            "flights": (row.flights, seconds),
            "walks": (row.spacewalks, minutes, seconds),
            "outside": (minutes, row.spacewalks, seconds),
            "where": (row.whereabouts == "on Earth", row.whereabouts, -seconds),
            "missions": (row.last.launch.unix_s, name),
            "nationality": (row.person.nationality, name),
        }

    def row_cells(self, frame: Frame, row: AstronautTotals, width: int) -> dict[str, Line]:
        person, in_space = row.person, row.whereabouts != "on Earth"
        clock = clock_run(row.last.career_seconds(frame.unix_s), certain=row.certain, style="value" if in_space else "")
        bound = ">=" if row.spacewalks_at_least else ""
        return {
            "name": (Run(leading_name(person.name, person.name_zh), "accent"),),
            "name_zh": (Run(second_name(person.name, person.name_zh)),),
            "days": (clock,),
            "flights": (Run(str(row.flights)),),
            "walks": (Run(f"{bound}{row.spacewalks}", "" if row.spacewalks or bound else "dim"),),
            "outside": (outside_run(row),),
            "where": (where_run(row),),
            "missions": (Run(" ".join(short_ship_name(mission) for mission in row.missions), "dim"),),
            "nationality": (Run(_(person.nationality), "dim"),),
        }


def where_run(total: AstronautTotals) -> Run:
    """Where the person is, or was last known to be."""
    if total.whereabouts == "on Earth":
        return Run(_("on Earth"), "dim")
    where = _(total.whereabouts)
    return Run(where, "good") if total.certain else Run(_("last {place}").format(place=where), "caution")
