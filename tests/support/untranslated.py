"""English words on a screen that should be Chinese.

python -m tests.support.untranslated            what is left in every view, dialog and command
python -m tests.support.untranslated crew help  only in these
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import sys
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

from rich.cells import set_cell_size
from rich.table import Table
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from sim.astro.stars import bright_stars
from sim.chronicle import embedded_chronicle
from sim.language import use
from sim.places.gazetteer import find_place
from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.cli.commands import COMMANDS
from tui.cli.commands.snap import screen_text
from tui.cli.main import main as run_command
from tui.config.settings import VIEW_NAMES
from tui.views.dialogs.place import first_offers

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = "2024-12-17T08:00:00Z"
SIZES = ((80, 24), (160, 45))

WORD = re.compile(r"[A-Za-z][A-Za-z'’]{2,}")
FOREIGN = re.compile(
    r"""
    https?://\S+ | \S+@\S+              # addresses
    | "[\w-]*" | '[\w-]+' | “[\x20-\x7e\n]+” | 默认\s[a-z-]+ | \b[A-Z_]+=\S+   # values
    | \b\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\b  # dates as somebody types them
    | --?[a-z][\w-]*(=\S+|\s[A-Z]+\b)?  # options and what stands for their values
    | (\bman\s)?\btiangong([\s-][\w-]+)+(\s\|\sman)?  # commands
    | \{[\w-]+([,|][\w-]+)*\}          # choices
    | ([A-Za-z_-]+)?(、\s*[A-Za-z_-]+)+(\s*[与和或]\s*[A-Za-z_-]+)?  # lists of names
    | [A-Za-z_-]+\s*[与和或]\s*[A-Za-z_-]+ | [a-z_-]+(?=、)
    | \b[\w-]+(\.[\w-]+)+\b             # hosts, settings
    | \b[a-z]+(_[a-z]+)+\b | \b[a-z_]+(,[a-z_]+)+\b  # keys, columns
    | \bx[\d.-]+                        # rates
    | [\w.~*-]*/[\w./*+-]+              # paths
    | \w*\.(toml|json|tle|csv|oem|svg|txt|ics|cast)\b
    """,
    re.VERBOSE,
)
"""Addresses, options, paths and files are the same in every language."""

ALLOWED = frozenset(
    " ".join(
        (
            "UTC TAI UT1 GPS SGP SGP4 TLE OMM OEM OPM GP CSV JSON XML KVN ISO SVG CSS NORAD COSPAR WGS84 TEME",
            "ITRF ITRS EME2000 ICRF GMST Kozai Brouwer TCA AOS LOS BSTAR RAAN Celestrak CelesTrak Launch Library CMSA",
            "ESA NASA ISS SUPARCO UNOOSA BACC TDRS Enter Esc Tab Shift Ctrl Space Backspace PgUp PgDn Home End Fn",
            "now hidden MHz SSTV CSSARC RTN GCRF oem omm asciicast asciinema agg GIF",
            "SZ TZ CZ STS EVA AZ EL LIVE SIM km min hPa deg mag Tiangong tiangong Python Textual numpy sgp httpx tmux",
            "fg TOML CMSE CCSDS UTF ASCII WGS STALE RFC HTTPS GeoJSON iCalendar QGIS Leaflet Linux Vallado English",
            "astropy skyfield bash zsh fish shell cron waybar nginx notify Home Assistant gzip bzip zip tar wheel",
            "null true false Schema draft json man python CPython xterm STS TIANHE POLAR Gonbad",
        )
    ).split()
)
"""Abbreviations, keys, names of programs and catalogues."""


@cache
def names() -> frozenset[str]:
    """Every word of the Latin names of people, ships, modules, stars and of the places that are offered first."""
    book = embedded_chronicle()
    latin = [person.name for person in book.people] + [ship.name for ship in book.missions]
    latin += [module.name for module in book.modules] + [star.name for star in bright_stars()]
    latin += [place.name for place in first_offers(find_place("Islamabad"), ())]
    return frozenset(word for name in latin for word in WORD.findall(name))


def untranslated(text: str) -> list[str]:
    """Runs of English words of three letters and more that are no names: each once, in their order."""
    found: dict[str, None] = {}
    for line in FOREIGN.sub(" · ", text).splitlines():
        run: list[str] = []
        end = 0
        for match in WORD.finditer(line):
            if match[0] in ALLOWED or match[0] in names():
                continue
            if run and line[end : match.start()].strip(" ,'’-"):
                found[" ".join(run)] = None
                run = []
            run.append(match[0])
            end = match.end()
        if run:
            found[" ".join(run)] = None
    return list(found)


# ── what is walked ────────────────────────────────────────────────────────────────────────────


DIALOGS: dict[str, tuple[str, ...]] = {
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "goto": ("g",),
    "place": ("o",),
    "layers": ("L",),
    "bookmarks": ("B",),
    "bookmark": ("b",),
    "stories": ("S",),
    "sources": ("2", "i"),
    "theatre": ("w",),
    "filter": ("2", "slash"),
    "river": ("R",),
    "legend": ("K",),
    "rates": ("f7",),
}
"""What is opened above a view, by the keys that open it."""


async def view_texts(name: str, size: tuple[int, int]) -> list[str]:
    """What stands on a view, with each of its parts in front."""
    return await _texts((str(VIEW_NAMES.index(name) + 1),) if name != "model" else ("3", "enter"), size, parts=4)


async def dialog_texts(name: str, size: tuple[int, int]) -> list[str]:
    """What stands on the screen after the keys of a dialog."""
    return await _texts(DIALOGS[name], size, parts=0)


async def _texts(keys: tuple[str, ...], size: tuple[int, int], *, parts: int) -> list[str]:
    app = make_app(AT)
    async with operating(app, size) as pilot:
        await pilot.press(*keys)
        texts = [front_text(app.screen)]
        for _part in range(parts):
            await pilot.press("v")
            texts.append(pilot.text)
        texts += [str(note.message) for note in app.notification_limit.standing]
        texts += [str(page.content) for page in app.screen.query(Static) if not isinstance(page.content, Table)]
    return texts


def front_text(screen: Screen[object]) -> str:
    """What stands on a screen; of a dialog only its own box, as the view behind it is walked by itself."""
    lines = screen_text(screen).split("\n")
    if not isinstance(screen, ModalScreen):
        return "\n".join(lines)
    regions = [child.region for child in screen.children if child.region]
    box = Region.from_union(regions) if regions else screen.region
    after = (line[len(set_cell_size(line, box.x)) :] for line in lines[box.y : box.bottom])
    return "\n".join(set_cell_size(line, box.width) for line in after)


HELP_NAMES = re.compile(
    r"""
    \A用法：.*?\n\n                                  # usage
    | ^[ ]{2}(tiangong[ ][^\n]* | [-\w{][^\n]*?(?=[ ]{2}|$))  # examples, and the names of arguments
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
"""In the help of a command, what is typed."""


def command_texts(name: str) -> list[str]:
    """The help of a command, and what it prints."""
    texts = [HELP_NAMES.sub(" · ", _printed(name, "--help"))]
    if name not in {"update", "serve", "record", "snap", "export", "facts", "track"}:
        texts.append(_printed(name, "--offline", "--at", AT, "--place", "北京"))
    return texts


def _printed(*words: str) -> str:
    """On wide lines, so that the path of a folder stays in one piece."""
    out = io.StringIO()
    wide = patch.dict(os.environ, COLUMNS="300")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.suppress(SystemExit), wide:
        run_command(["--lang", "zh", *words])
    return out.getvalue()


def everything(only: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Each view, dialog and command with the English that is left in it."""
    use("zh_CN")
    for name in VIEW_NAMES:
        if not only or name in only:
            yield name, [text for size in SIZES for text in asyncio.run(view_texts(name, size))]
    for name in DIALOGS:
        if not only or name in only:
            yield name, [text for size in SIZES for text in asyncio.run(dialog_texts(name, size))]
    for name in COMMANDS:
        if not only or name in only:
            yield f"{name} (command)", command_texts(name)


if __name__ == "__main__":
    for room, texts in everything(set(sys.argv[1:])):
        left = untranslated("\n".join(texts))
        print(f"{room}: {len(left)}", *(f"    {text}" for text in left), sep="\n")
