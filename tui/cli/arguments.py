"""Options that several commands share, their types, and the parser that reports a mistake in one line."""

from __future__ import annotations

import argparse
import math
import re
import shutil
import sys
from copy import copy
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from sim.constants import DAY_S
from sim.errors import PlaceError, TimeError
from sim.language import N_, _
from sim.places.place import HIGHEST_M, LOWEST_M
from sim.sanitize import clean
from sim.time import parse_instant
from tui.config.settings import VIEW_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

MOST_DAYS = 30.0
"""Element sets predict nothing useful further ahead."""

LONGEST_SPAN_DAYS = 36_525.0
"""No calendar holds an alarm so long before an event, nor a film so much."""

FASTEST = 3600.0
"""Largest rate of the simulated clock, either way."""

HELP_COLUMN = 24
"""Where the help of an option begins, as argparse has it."""

LEAST_HELP_CELLS = HELP_COLUMN + 20
"""In a narrower terminal argparse would begin the help of an option further left."""

_SPAN = r"(\d+(?:\.\d+)?)\s*(s|m|min|h|d)?"
_SPAN_S = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": DAY_S}
_VALUES = frozenset((
    "--at", "--place", "--lat", "--lon", "--height", "--horizon", "--zone", "--elements", "--object", "--magnitude",
    "--rate", "--view", "--theme", "--story",
))  # fmt: skip
"""Options before the command that take the next word as their value."""

_TAKES_NEGATIVE = _VALUES | {"--start", "--end", "--from", "--to", "--min-elevation"}

TIMES_HELP = N_(
    "Times are ISO 8601 (2024-12-17, 2024-352, 2024-12-17T08:00:00Z, 2024-12-17T16:00+08:00), dates like 17 Dec 2024, "
    "2024年12月17日 or “tomorrow 20:00”, “now”, or an offset from now such as +90m, -2h or +3d. Without an offset they "
    "are UTC, or with --zone the clocks of that zone; “2024-12-17 16:00 Asia/Shanghai” names its own."
)
END_HELP = N_("As the end of a span, +90m counts from its beginning; now+90m and -90m count from now.")

_MISTAKES = (
    N_("unrecognized arguments: {words}"),
    N_("the following arguments are required: {names}"),
    N_("one of the arguments {names} is required"),
    N_("argument {name}: expected one argument"),
    N_("argument {name}: invalid choice: {value} (choose from {known})"),
    N_("argument {name}: invalid {type} value: {value}"),
    N_("argument {name}: ignored explicit argument {value}"),
    N_("argument {name}: not allowed with argument {other}"),
    N_("argument {name}: {problem}"),
)
"""What argparse itself says; the first that fits is what it means."""

_HEADINGS = (N_("options"), N_("positional arguments"))
"""What argparse calls its own groups of arguments."""


class Formatter(argparse.RawTextHelpFormatter):
    """The help in the language of this process, broken into lines by cells.

    Argparse breaks lines at blanks and counts characters: a Chinese text has few blanks, and its characters take two
    cells.
    """

    def __init__(self, prog: str, **options: Any) -> None:  # noqa: ANN401 - argparse's own
        cells = max(shutil.get_terminal_size().columns - 2, LEAST_HELP_CELLS)
        super().__init__(prog, **{"width": cells, "max_help_position": HELP_COLUMN, **options})
        self._cells = cells

    def start_section(self, heading: str | None) -> None:
        """Begin a group of arguments."""
        super().start_section(_(heading) if heading else heading)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401 - argparse's own
        """Add the line of usage."""
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)

    def add_text(self, text: str | None) -> None:
        """Add a description or notes; lines that begin with a blank are examples and tables, and stay as they are."""
        if text and text != argparse.SUPPRESS:
            text = "\n".join(
                line if line[:1] in {"", " "} else _broken(line, self._cells) for line in text.splitlines()
            )
        super().add_text(text)

    def add_argument(self, action: argparse.Action) -> None:
        """Add an argument; its help is broken where it stands, beside the names of the arguments."""
        if action.help and action.help != argparse.SUPPRESS:
            action = copy(action)  # the parser keeps its own, in one line
            action.help = _broken(action.help or "", self._cells - HELP_COLUMN)
        super().add_argument(action)


def _broken(text: str, cells: int) -> str:
    """A text in lines of so many cells."""
    from tui.drawing.styled_text import wrapped

    return "\n".join(wrapped(text, cells))


class Parser(argparse.ArgumentParser):
    """A parser that reports a mistake in one line."""

    def __init__(self, command: str, description: str, examples: Sequence[str] = (), notes: str = "") -> None:
        self.examples = tuple(examples)
        epilog = "\n".join([_("examples:"), *(f"  {example}" for example in examples)]) if examples else ""
        super().__init__(
            prog=f"tiangong {command}".strip(),
            description=description,
            epilog="\n\n".join(part for part in (notes, epilog) if part),
            formatter_class=Formatter,
            allow_abbrev=False,
            add_help=False,
        )
        self.add_argument("-h", "--help", action="help", help=_("show this help and exit"))

    def print_help(self, file: Any = None) -> None:  # noqa: ANN401 - as argparse has it
        """Print the help. Where it cannot be written that is an error as with any output; argparse keeps silent."""
        print(self.format_help(), end="", file=file)

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and where to read more; exit with 2."""
        text = _("{program}: {problem} (see {program} --help)")
        print(text.format(program=self.prog, problem=clean(in_language(message), limit=300)), file=sys.stderr)
        raise SystemExit(2)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - argparse's own overloads
        """Parse words, also with negative values, and check that the options name one whole place."""
        words = joined(sys.argv[1:] if args is None else args)
        self._refuse_bare_values(words)
        found = super().parse_args(words, namespace)
        if "lat" in found:
            self._check_place(found)
        self._read_instants(found)
        return found

    def _refuse_bare_values(self, words: Sequence[str]) -> None:
        """Refuse `--at=--`: Python 3.11 takes the value for the end of the options, and gives an empty list for it."""
        options = words[: words.index("--")] if "--" in words else words
        for name, _equals, value in (word.partition("=") for word in options):
            if value == "--" and name.startswith("-"):
                self.error(f"argument {name}: expected one argument")

    def _read_instants(self, found: argparse.Namespace) -> None:
        """Replace instants as written by what they are on the clocks of `--zone`."""
        written = {name: value for name, value in vars(found).items() if isinstance(value, Written)}
        if not written:
            return
        zone: tzinfo = UTC
        if getattr(found, "zone", None):
            from zoneinfo import ZoneInfo

            zone = ZoneInfo(found.zone)
        for name, value in written.items():
            try:
                setattr(found, name, value.read(zone))
            except TimeError as problem:
                self.error(str(problem))

    def _check_place(self, found: argparse.Namespace) -> None:
        has_coordinates = found.lat is not None or found.lon is not None
        if has_coordinates and found.place is not None:
            self.error(_("--place and --lat/--lon name two places: give one"))
        if has_coordinates and (found.lat is None or found.lon is None):
            self.error(_("--lat and --lon belong together"))
        if found.height is not None and not has_coordinates and found.place is None:
            self.error(_("--height needs a place: give --place, or --lat and --lon"))


def in_language(message: str) -> str:
    """A message of argparse in the language of this process; as it is where it is no known one."""
    for text in _MISTAKES:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*?)", re.escape(text))
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return _(text).format(**match.groupdict())
    return message


def joined(words: Sequence[str]) -> list[str]:
    """Words with `--at -2h` as `--at=-2h`, which argparse would take for an option. Stops at `--`."""
    result: list[str] = []
    for index, word in enumerate(words):
        if word == "--":
            return [*result, *words[index:]]
        if result and result[-1] in _TAKES_NEGATIVE and re.match(r"-[\d.]", word):
            result[-1] += f"={word}"
        else:
            result.append(word)
    return result


class CommandLine(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a command line, divided at the command.

    Attributes:
        command: The first word that is neither an option nor the value of one; None if there is none.
        before: The words before it: options.
        after: The words after it.
    """

    command: str | None
    before: tuple[str, ...]
    after: tuple[str, ...] = ()


def split_command(words: Sequence[str]) -> CommandLine:
    """Find the command; options may stand before it: `tiangong --offline --view crew status`."""
    is_value = False
    for index, word in enumerate(words):
        if word == "--":
            break
        if not is_value and not word.startswith("-"):
            return CommandLine(command=word, before=tuple(words[:index]), after=tuple(words[index + 1 :]))
        is_value = not is_value and word in _VALUES
    return CommandLine(command=None, before=tuple(words))


class Written(msgspec.Struct, frozen=True):
    """An instant as it was written; which one it is may depend on `--zone`, which may come later on the line.

    Attributes:
        text: As written.
        is_end: It ends a span, from whose beginning `+90m` then counts.
    """

    text: str
    is_end: bool = False

    def read(self, zone: tzinfo = UTC) -> float | Callable[[float], float]:
        """`unix_s`; of the end of a span a function of its beginning.

        Raises:
            TimeError: The text is not an instant, or could mean two.
        """
        fixed = parse_instant(self.text, zone=zone)
        if not self.is_end:
            return fixed
        if self.text.strip()[0] == "+":
            return lambda begin: parse_instant(self.text, now_unix_s=begin)
        return lambda _begin: fixed


def instant(text: str) -> Written:
    """A type for argparse: an instant; `Parser.parse_args` puts `unix_s` in its place."""
    return _readable(Written(text))


def end_of_span(text: str) -> Written:
    """A type for argparse: the end of a span; `Parser.parse_args` puts a function of its beginning in its place."""
    return _readable(Written(text, is_end=True))


def _readable(written: Written) -> Written:
    try:
        written.read()  # what is an instant in no zone is reported at once
    except TimeError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
    return written


def zone_name(text: str) -> str:
    """A type for argparse: the name of a time zone, as the database spells it; `local` is the system's."""
    from sim.places.timezones import zone_named

    try:
        return zone_named(text)
    except PlaceError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def number(low: float, high: float, *, above: bool = False) -> Callable[[str], float]:
    """A type for argparse: a number from `low` (not included with `above`) to `high`."""

    def read(text: str) -> float:
        shown = clean(text, limit=30)
        try:
            value = float(text)
        except ValueError:
            raise argparse.ArgumentTypeError(_("“{text}” is not a number").format(text=shown)) from None
        if not math.isfinite(value) or not low <= value <= high or (above and value == low):
            problem = (
                _("{text} is not above {low:g} and up to {high:g}")
                if above
                else _("{text} is not from {low:g} to {high:g}")
            )
            raise argparse.ArgumentTypeError(problem.format(text=shown, low=low, high=high))
        return value

    return read


def file_path(text: str) -> Path:
    """A type for argparse: the path of a file; without a name it would be the current folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("the name of the file is missing"))
    return Path(text)


def span_s(text: str) -> float:
    """A type for argparse: a span of time in seconds, such as 90s, 10m or 1.5h (minutes if no unit is given)."""
    match = re.fullmatch(_SPAN, text.strip(), re.IGNORECASE)
    if match is None:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a span of time: write it like 90s, 10m or 1h").format(text=clean(text, limit=30))
        )
    seconds = float(match[1]) * _SPAN_S[(match[2] or "m").lower()]
    if seconds > LONGEST_SPAN_DAYS * DAY_S:
        raise argparse.ArgumentTypeError(_("“{text}” is longer than 100 years").format(text=clean(text, limit=30)))
    return seconds


def size(text: str) -> tuple[int, int]:
    """A type for argparse: columns and rows, such as 160x45."""
    match = re.fullmatch(r"(\d{1,4})[x×](\d{1,4})", text.strip())
    if match is None or not (20 <= int(match[1]) <= 500 and 8 <= int(match[2]) <= 200):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a size: write it like 160x45 (20x8 to 500x200)").format(text=clean(text, limit=30))
        )
    return int(match[1]), int(match[2])


def step_count(parser: Callable[[], Parser], span_s: float, step_s: float, most: int, too_many: str) -> int:
    """How many instants a span has in steps, its begin included; more than the most are a wrong usage.

    Args:
        parser: Makes that of the command, which reports it.
        span_s: Length of the span.
        step_s: From one instant to the next.
        most: So many are allowed.
        too_many: What is said of more, with `{count}` and `{most}`.
    """
    count = int(span_s / step_s + 1e-9) + 1
    if count > most:
        parser().error(too_many.format(count=count, most=most))
    return count


def add_common(parser: argparse.ArgumentParser, *, at: str = N_("the instant")) -> None:
    """Add the options that every command takes; `at` says what `--at` is, marked with `N_`."""
    _add_place(parser)
    group = parser.add_argument_group(N_("when, from what"))
    group.add_argument("--at", metavar="T", type=instant, help=_("{instant}; default now").format(instant=_(at)))
    group.add_argument(
        "--elements",
        metavar="FILE",
        type=file_path,
        action="append",
        help=_(
            "use only this file of elements (TLE, OMM or OEM, also packed; - is the standard input); give it again "
            "for several files of one history, or give a folder"
        ),
    )
    group.add_argument("--object", metavar="NAME", help=_("name or number of one object of the files of --elements"))
    group.add_argument(
        "--magnitude",
        metavar="M",
        type=number(-15, 20),
        help=_("standard magnitude of the object (at 1000 km, half lit); that of the station is known"),
    )
    group.add_argument("--offline", action="store_true", help=_("never open a connection"))
    # Every text depends on it, so it is taken from the line before there is a parser; here it stands for the help.
    parser.add_argument(
        "--lang", metavar="CODE", help=_("language: en, zh; default that of the settings or the system")
    )


def _add_place(parser: argparse.ArgumentParser) -> None:
    """Add where the observer stands, and by whose clocks."""
    group = parser.add_argument_group(N_("where"))
    group.add_argument(
        "--place", metavar="NAME", help=_("a city (islamabad, 北京, “London, UK”), coordinates, a saved name")
    )
    group.add_argument("--lat", metavar="D", type=number(-90, 90), help=_("latitude in degrees, north positive"))
    group.add_argument("--lon", metavar="D", type=number(-180, 180), help=_("longitude in degrees, east positive"))
    group.add_argument(
        "--height",
        metavar="M",
        type=number(LOWEST_M, HIGHEST_M),
        help=_("height in metres above the ellipsoid; default 0"),
    )
    group.add_argument(
        "--horizon",
        metavar="FILE",
        type=Path,
        help=_("the place's own horizon: azimuth,elevation in degrees, one a line; what is behind it is not listed"),
    )
    group.add_argument(
        "--zone",
        metavar="ZONE",
        type=zone_name,
        help=_("time zone of local times and of --at: Asia/Shanghai, UTC, local; default the place's, --at in UTC"),
    )


def add_days(parser: argparse.ArgumentParser, default: float, most: float = MOST_DAYS) -> None:
    """Add `--days`, the length of a list from `--at` on."""
    parser.add_argument(
        "--days",
        metavar="N",
        type=number(0, most, above=True),
        default=default,
        help=_("how far ahead, up to {most:g}; default {days:g}").format(most=most, days=default),
    )


def add_format(parser: argparse.ArgumentParser, *choices: str) -> None:
    """Add `--format`; the first choice is the default."""
    parser.add_argument(
        "--format", choices=choices, default=choices[0], help=_("default {choice}").format(choice=choices[0])
    )


def question(command: str, description: str, examples: Sequence[str], notes: str = TIMES_HELP) -> Parser:
    """The parser of a command about one instant, as text or JSON."""
    made = Parser(command, description, examples, _(notes))
    add_format(made, "text", "json")
    add_common(made)
    return made


def add_dashboard_options(parser: argparse.ArgumentParser, *, fastest: float = FASTEST) -> None:
    """Add the options with which the dashboard opens, also for pictures of it; the rate may be so large either way."""
    group = parser.add_argument_group(N_("how the dashboard opens"))
    group.add_argument(
        "--rate",
        metavar="N",
        type=number(-fastest, fastest),
        default=1.0,
        help=_("simulated seconds a second; 0 pauses"),
    )
    group.add_argument("--paused", action="store_true", help=_("open paused"))
    group.add_argument("--view", choices=VIEW_NAMES, help=_("the first view"))
    group.add_argument("--theme", metavar="NAME", help=_("colours; a wrong name lists them"))
    group.add_argument("--plain", action="store_true", help=_("plain text from top to bottom, for screen readers"))
    add_common(parser)
