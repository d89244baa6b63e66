"""`tiangong transits`: when the station crosses the Sun or the Moon, and where one has to stand for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import OrbitError
from sim.language import _, ngettext
from tui.cli.arguments import TIMES_HELP, Parser, add_common, add_days, add_format, number
from tui.cli.context import Query, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sim.passes.transits import BodyName, Transit

FARTHEST_KM = 200.0
DEFAULT_KM = 50.0
BODIES: dict[str, tuple[BodyName, ...]] = {"sun": ("sun",), "moon": ("moon",), "both": ("sun", "moon")}


def parser() -> Parser:
    made = Parser(
        "transits",
        _(
            "When the station crosses the disc of the Sun or the Moon as a place sees it, and where the path of such a "
            "transit runs near it. A path is some 5 km wide and may be off by kilometres: ask again the day before. "
            "Never look at the Sun without a solar filter in front of the eyes, and of any binoculars or telescope."
        ),
        [
            "tiangong transits --place Islamabad --days 10 --at 2026-09-28",
            "tiangong transits --body moon --within 100 --format geojson > paths.geojson",
        ],
        _(TIMES_HELP),
    )
    add_days(made, 10.0)
    made.add_argument("--body", choices=tuple(BODIES), default="both", help=_("default both"))
    made.add_argument(
        "--within",
        metavar="KM",
        type=number(0, FARTHEST_KM),
        default=DEFAULT_KM,
        help=_("also paths whose centre line passes this near, up to {farthest:g}; default {default:g}").format(
            farthest=FARTHEST_KM, default=DEFAULT_KM
        ),
    )
    add_format(made, "text", "json", "csv", "geojson")
    add_common(made, at=_("where the list begins"))
    return made


def run(arguments: argparse.Namespace) -> None:
    query = Query(arguments)
    covered = query.covered_days(arguments.days)
    begin, end = covered.asked
    transits, behind = _found(query, arguments, begin, end)
    query.warn_if_stale(covered.spans[-1][1])
    if behind:
        text = ngettext(
            "left out, as the place's own horizon hides it: {count}",
            "left out, as the place's own horizon hides them: {count}",
            behind,
        )
        say(text.format(count=behind))
    if not transits:
        told = _("no transit within {within:g} km of {name} in these {days:g} days")
        if not all(_known(query, begin, end)):
            told = _(
                "no transit within {within:g} km of {name} is known in these {days:g} days: the place along the orbit "
                "is not known in all of them"
            )
        say(told.format(within=arguments.within, name=query.place.name, days=arguments.days))
    elif arguments.format != "text" and any(transit.body == "sun" for transit in transits):
        from tui.cli.output.transit_rows import SUN_WARNING

        say(_(SUN_WARNING))
    _print(query, transits, arguments.format)


def _known(query: Query, begin: float, end: float) -> list[bool]:
    """Whether the place along the orbit is known, in each quarter of a span."""
    return [query.error_at(begin + share * (end - begin)).position_known for share in (0.0, 0.25, 0.5, 0.75, 1.0)]


def _found(query: Query, arguments: argparse.Namespace, begin: float, end: float) -> tuple[list[Transit], int]:
    """Those whose time is known at all, and how many more the horizon of the place hides.

    Of those that other places see, it is said that this one does not.

    Raises:
        OrbitError: The place along the orbit is not known in all of the span.
    """
    from sim.passes.transits import find_transits

    if not any(_known(query, begin, end)):
        raise OrbitError(_("no transit can be predicted: the place along the orbit is not known at this time"))
    found = find_transits(
        query.orbit,
        query.place,
        begin,
        end,
        error_at=query.error_at,
        bodies=BODIES[arguments.body],
        within_km=arguments.within,
        horizon=query.horizon,
    )
    shown = [one for one in found if not (one.hidden and one.is_transit)]
    return shown, len(found) - len(shown)


def _print(query: Query, transits: Sequence[Transit], form: str) -> None:
    from tui.cli.output import transit_rows

    if form == "text":
        print("\n".join(transit_rows.transit_lines(transits, query.place, query.object)))
        return
    from tui.cli.output.json_export import print_data

    shapes = [transit_rows.transit_shape(transit, is_station=query.object.is_station) for transit in transits]
    head = query.answer_shape(query.at_unix_s, observer=query.place)
    answer = {**head, "transits": shapes}
    if form == "geojson":
        answer = {"type": "FeatureCollection", **head, "features": transit_rows.features(transits, shapes)}
    print_data(form, transit_rows.TRANSIT_COLUMNS, shapes, answer)
