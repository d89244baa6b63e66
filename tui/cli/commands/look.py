"""`tiangong look`: where to point now, or along a pass, for rotators, cameras and radios."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from sim.constants import DAY_S
from sim.errors import OrbitError
from sim.language import _, ngettext
from sim.sanitize import clean
from tui.cli.arguments import TIMES_HELP, Parser, add_common, add_format, number, step_count
from tui.cli.context import Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.passes.model import Pass
    from tui.cli.output.look_rows import Sample

MOST_SAMPLES = 50_000
DEFAULT_STEP_S = 10.0
_FREQUENCY = r"(\d+(?:\.\d+)?(?:e\d+)?)\s*([kMG]?)(?:Hz)?"
_FACTORS = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9}


def frequency_hz(text: str) -> float:
    """A type for argparse: a frequency such as 145825000, 145.825M or 2.2G."""
    match = re.fullmatch(_FREQUENCY, text.strip())
    value = float(match[1]) * _FACTORS[match[2]] if match else 0.0
    if not 0.0 < value <= 1e15:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a frequency: write it in hertz like 145825000, or like 145.825M").format(
                text=clean(text, limit=30)
            )
        )
    return value


def pass_number(text: str) -> int:
    """A type for argparse: which pass, from 1 on."""
    value = number(1, 200)(text)
    if value != int(value):
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number").format(text=clean(text, limit=30)))
    return int(value)


def parser() -> Parser:
    made = Parser(
        "look",
        _(
            "Where to point: azimuth, elevation, range, range rate, Doppler shift, light, distance of Sun and Moon. "
            "Directions are geometric (the air lifts what is low, see apparent_elevation_deg), without light time."
        ),
        [
            "tiangong look",
            "tiangong look --at 2026-10-08 --pass 1 --step 1 --format csv > pass.csv",
            "tiangong look --pass 2 --frequency 145.825M --place Islamabad",
        ],
        _(TIMES_HELP),
    )
    made.add_argument(
        "--pass", dest="pass_number", metavar="N", type=pass_number, help=_("along the N-th pass from --at on")
    )
    made.add_argument(
        "--step",
        metavar="S",
        type=number(0.01, 3600),
        help=_("seconds between samples; default {default_step:g}").format(default_step=DEFAULT_STEP_S),
    )
    made.add_argument("--min-elevation", metavar="D", type=number(-5, 89), help=_("of passes, degrees; default 10"))
    made.add_argument(
        "--frequency", metavar="HZ", type=frequency_hz, help=_("add the Doppler shift: 145825000, 145.825M")
    )
    add_format(made, "text", "json", "csv")
    add_common(made, at=_("the instant, or where the counting of passes begins"))
    return made


def run(arguments: argparse.Namespace) -> None:
    if arguments.step is not None and arguments.pass_number is None:
        parser().error(_("--step is for --pass: without it there is one instant"))
    query = Query(arguments)
    query.require_flying()
    found = None if arguments.pass_number is None else _pass(query, arguments)
    instants = [query.at_unix_s] if found is None else _instants(found, arguments.step or DEFAULT_STEP_S)
    samples = list(_samples(query, instants))
    query.warn_if_stale(instants[-1])
    if all(sample.angles is None and sample.error.position_known for sample in samples):
        raise OrbitError(_("the elements have no answer for this time"))
    _print(query, samples, found, arguments)


def _pass(query: Query, arguments: argparse.Namespace) -> Pass:
    days = query.settings.pass_days
    end_unix_s = query.at_unix_s + days * DAY_S
    ahead = query.passes(end_unix_s, query.least_elevation_deg(arguments.min_elevation))
    wanted: int = arguments.pass_number
    found = ahead[wanted - 1] if wanted <= len(ahead) else None
    if found is None or not (found.rise_known and found.set_known):
        query.require_covered(end_unix_s)  # says where knowledge begins and ends
    if found is None:
        text = (
            ngettext(
                "there is only one pass over {place} in the next {days:g} days",
                "there are only {count} passes over {place} in the next {days:g} days",
                len(ahead),
            )
            if ahead
            else _("there is no pass over {place} in the next {days:g} days")
        )
        raise OrbitError(text.format(count=len(ahead), place=query.place.name, days=days))
    if not found.time_known:
        raise OrbitError(
            _("pass {wanted} cannot be predicted: the place along the orbit is not known then").format(wanted=wanted)
        )
    return found


def _instants(found: Pass, step_s: float) -> list[float]:
    """From rise to set in whole steps, the set included."""
    too_many = _("{count} samples are too many, {most} is the limit: take a larger --step")
    count = step_count(parser, found.duration_s, step_s, MOST_SAMPLES, too_many)
    instants = [found.rise.unix_s + index * step_s for index in range(count)]
    return instants if found.set.unix_s - instants[-1] < 1e-3 else [*instants, found.set.unix_s]


def _samples(query: Query, instants: Sequence[float]) -> Iterator[Sample]:
    from sim.passes.look_angles import look_angles, pointing_error
    from tui.cli.output.look_rows import Sample

    magnitude_at = query.standard_magnitude_at
    standard = magnitude_at(instants[0]) if magnitude_at else None
    error = query.error_at(instants[len(instants) // 2])  # a pass lasts minutes, errors change over hours
    for unix_s in instants:
        angles = pointing = None
        if error.position_known:
            try:
                angles = look_angles(query.orbit, query.place, unix_s, standard)
                pointing = pointing_error(query.orbit, query.place, unix_s, error)
            except OrbitError:
                angles = None
        yield Sample(unix_s, angles, error, pointing)


def _print(query: Query, samples: Sequence[Sample], found: Pass | None, arguments: argparse.Namespace) -> None:
    frequency = arguments.frequency
    if arguments.format == "text":
        from tui.cli.output.look_rows import look_lines

        print("\n".join(look_lines(samples, query.place, found, query.object, frequency)))
        return
    from tui.cli.output.json_export import csv_text, to_json
    from tui.cli.output.list_rows import pass_shape
    from tui.cli.output.look_rows import LOOK_COLUMNS, look_shape

    shapes = [look_shape(sample, frequency) for sample in samples]
    if arguments.format == "csv":  # which asks for no place where there is no direction
        print(csv_text(LOOK_COLUMNS, shapes), end="")
        return
    along = None if found is None else pass_shape(found, query.error_at(found.peak.unix_s))
    answer = query.answer_shape(
        samples[0].unix_s, observer=query.place, frequency_hz=frequency, **{"pass": along}, samples=shapes
    )
    print(to_json(answer))
