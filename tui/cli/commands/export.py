"""`tiangong export`: the orbit of an instant or a span for other programs, as TLE, OMM or OEM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import N_, _
from sim.language.lists import joined
from sim.orbit.export import FORMS, FRAMES, MOST_STATES
from sim.time import iso_z
from tui.cli.arguments import (
    END_HELP,
    TIMES_HELP,
    Parser,
    add_common,
    add_format,
    end_of_span,
    instant,
    number,
    step_count,
)
from tui.cli.context import Query, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sim.orbit.elements import ElementSet
    from sim.orbit.export.ephemeris import Ephemeris
    from sim.orbit.export.omm_text import OmmPart

MOST_SETS = 20_000
OEM_STEP_S = 60.0

FORMS_HELP = N_(
    "OMM is XML; OEM is KVN, oem-xml the same in XML. The records of omm-json state ERROR_KM_MEDIAN, ERROR_KM_P90 and "
    "STALE at their EPOCH beside the keywords of CCSDS."
)


def parser() -> Parser:
    made = Parser(
        "export",
        _(
            "The orbit for other programs: mean elements as TLE or OMM, states as OEM. The elements are those of the "
            "very instant, from the history closed between two sets: SGP4 makes of them the state that is shown here "
            "at that instant, and their error grows from there on. Beyond the newest set they are that set. With "
            "--published they are the sets as they were published. An OEM states the expected error as covariances "
            "in RTN, whose 90 % are those that are learnt. Places that are not known are left out."
        ),
        [
            "tiangong export --at 2026-09-01",
            "tiangong export --start 2026-09-01 --end +30d --published --format omm-json > sets.json",
            "tiangong export --start 2026-09-01 --end +1d --step 60 --format oem > tiangong.oem",
        ],
        joined((_(TIMES_HELP), _(END_HELP), _(FORMS_HELP))),
    )
    made.add_argument("--start", metavar="T", type=instant, help=_("first instant of a span; default --at"))
    made.add_argument(
        "--end", metavar="T", type=end_of_span, help=_("last instant; default the first, in OEM a day later")
    )
    made.add_argument("--step", metavar="S", type=number(1, 864000), help=_("seconds; default 86400, of OEM 60"))
    made.add_argument(
        "--published", action="store_true", help=_("the published set nearest to the instant, or all in a span")
    )
    made.add_argument(
        "--frame", choices=FRAMES, default=FRAMES[0], help=_("of OEM; default {frame}").format(frame=FRAMES[0])
    )
    add_format(made, *FORMS)
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> None:
    is_oem = arguments.format in {"oem", "oem-xml"}
    if arguments.published and (is_oem or arguments.step is not None):
        parser().error(_("--published is for TLE and OMM, without --step"))
    if arguments.start is not None:
        arguments.at = arguments.start
    query = Query(arguments)
    start = query.at_unix_s
    end = arguments.end(start) if arguments.end else start + (DAY_S if is_oem else 0.0)
    if end < start:
        parser().error(_("--end lies before --start"))
    step = arguments.step or (OEM_STEP_S if is_oem else DAY_S)
    too_many = _("{count} instants are too many, {most} is the limit: take a larger --step")
    count = step_count(parser, end - start, step, MOST_STATES if is_oem else MOST_SETS, too_many)
    query.require_flying()
    if is_oem:
        _print_oem(query, arguments, start, step, count)
    else:
        sets = _published(query, start, end) if arguments.published else _of_instants(query, start, step, count)
        _print_sets(query, sets, arguments.format, is_published=arguments.published)
    query.warn_if_stale(start if arguments.published else end)


def _published(query: Query, start: float, end: float) -> list[ElementSet]:
    from sim.orbit.export.mean_sets import published_set, published_sets

    return published_sets(query.orbit, start, end) if end > start else [published_set(query.orbit, start)]


def _of_instants(query: Query, start: float, step: float, count: int) -> list[ElementSet]:
    """Mean elements of each instant at which the place is known; sets that come twice are given once."""
    from sim.orbit.export.mean_sets import of_instant

    sets: dict[float, ElementSet] = {}
    unknown = 0
    for unix_s in (start + step * index for index in range(count)):
        if not query.error_at(unix_s).position_known:
            unknown += 1
            continue
        query.orbit.state(unix_s)  # raises where there is no answer
        elements = of_instant(query.orbit, unix_s)
        sets[elements.epoch_unix_s] = elements
    if not sets:
        raise OrbitError(
            _("the place along the orbit is not known at this time; --published gives the nearest set as it is")
        )
    if unknown:
        say(
            _("the place is not known for {unknown} of {count} instants: they are left out").format(
                unknown=unknown, count=count
            )
        )
    return list(sets.values())


def _print_sets(query: Query, sets: Sequence[ElementSet], form: str, *, is_published: bool) -> None:
    from sim.orbit.export import omm_text
    from sim.orbit.export.tle_lines import tle_lines

    if form == "tle":
        label = query.object.label
        print("\n".join(line for elements in sets for line in (label, *tle_lines(elements))))
        return
    parts = [_part(query, elements, is_published=is_published) for elements in sets]
    if form == "omm-json":
        from tui.cli.output.json_export import to_json

        print(to_json(omm_text.omm_records(parts)))
        return
    write = omm_text.omm_kvn if form == "omm-kvn" else omm_text.omm_xml
    print(write(parts, query.now_unix_s), end="")


def _part(query: Query, elements: ElementSet, *, is_published: bool) -> OmmPart:
    """A set with what it is and how far off it is expected to be at its epoch."""
    from sim.orbit.export.omm_text import OmmPart
    from tui.cli.output.json_export import place_error_shape

    error = query.error_at(elements.epoch_unix_s)
    known = error.is_stated and error.position_known
    what = "element set as published" if is_published else _what(query, elements)
    off = (
        f"expected error along the track at EPOCH: median {error.median_km:.1f} km, 90 % {error.p90_km:.1f} km"
        if known
        else "expected error not known"
    )
    shape = place_error_shape(error)
    errors = {f"ERROR_KM_{name.upper()}": km for name, km in shape["error_km"].items()}
    return OmmPart(elements, (what, off), {**errors, "STALE": shape["stale"]})


def _what(query: Query, elements: ElementSet) -> str:
    """In words, for a comment."""
    provenance = query.orbit.provenance(elements.epoch_unix_s)
    if provenance.kind == "oem":
        return "mean elements fitted to the ephemeris at EPOCH, without drag"
    if not provenance.sets_unix_s or provenance.basis == "apart":
        return f"element set as published, of {iso_z(provenance.epoch_unix_s)}"
    before, after = (iso_z(unix_s) for unix_s in provenance.sets_unix_s)
    return f"mean elements of the instant EPOCH, interpolated between the sets of {before} and {after}"


def _print_oem(query: Query, arguments: argparse.Namespace, start: float, step: float, count: int) -> None:
    from sim.orbit.export.ephemeris import sampled_ephemeris
    from sim.orbit.export.oem_text import oem_kvn, oem_message, oem_xml

    covered = query.require_covered(start + step * (count - 1))
    ephemeris = sampled_ephemeris(query.orbit, query.error_at, start, step, count)
    if ephemeris.unknown and covered.is_whole:
        left_out = _("the place is not known for {unknown} of {count} times: they are left out")
        say(left_out.format(unknown=ephemeris.unknown, count=count))
    _say_where_it_misses(ephemeris)
    is_stated = query.error_at(start).is_stated or query.orbit.provenance(start).stated is not None
    comments = (
        "covariances: normal errors with the 90 % that were learnt (along the track) and measured (beside it)"
        if is_stated
        else "the error of these states is not known",
    )
    message = oem_message(
        ephemeris,
        query.orbit,
        query.object,
        query.error_at,
        frame=arguments.frame,
        created_unix_s=query.now_unix_s,
        comments=comments,
    )
    print((oem_xml if arguments.format == "oem-xml" else oem_kvn)(message), end="")


def _say_where_it_misses(ephemeris: Ephemeris) -> None:
    """Name the jumps of the orbit, and how far off a program comes that interpolates between the states."""
    from sim.orbit.export.ephemeris import MOST_MISS_KM

    for unix_s in ephemeris.jumps_unix_s:
        jump = _("the orbit jumps after {instant}, where two sets do not join: the step there is left out")
        say(jump.format(instant=iso_z(unix_s)))
    if ephemeris.worst_km > MOST_MISS_KM:
        miss = _(
            "between its states the ephemeris is up to {worst:.1f} m from the orbit, near {instant}; less with a "
            "smaller step"
        )
        say(miss.format(worst=1000.0 * ephemeris.worst_km, instant=iso_z(ephemeris.worst_unix_s)))
