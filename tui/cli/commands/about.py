"""`tiangong about`: versions, propagator, age of the elements, folders and terminal: what a bug report needs."""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import tui
from sim.language import _, language, ngettext, pgettext
from sim.language.lists import clauses, comma_list
from sim.sanitize import clean
from sim.time import iso_z
from tui.cli.arguments import Parser, question
from tui.cli.context import Query
from tui.config.settings import FILE_NAME, cache_dir, config_dir, state_dir
from tui.drawing.styled_text import pad, width
from tui.session.loading import FACTS_FOLDER, load_place

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from tui.cli.output.json_export import Shape

EXTRAS = ("textual-serve",)
"""Packages of optional features, beside those that the program always needs."""

TERMINAL_VARIABLES = (
    "TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "SSH_TTY", "NO_COLOR", "PYTHONUTF8", "TZ",
)  # fmt: skip
LANGUAGE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG")
"""In the order in which they count."""


def parser() -> Parser:
    return question(
        "about",
        _("This installation: versions, propagator, age of the elements, folders, terminal."),
        ["tiangong about", "tiangong about --format json"],
    )


def run(arguments: argparse.Namespace) -> None:
    from tui.cli.output.json_export import SCHEMA, to_json

    about = gather(Query(arguments))
    print("\n".join(_lines(about)) if arguments.format == "text" else to_json({"schema": SCHEMA, **about}))


def gather(query: Query) -> Shape:
    """What is known about this installation and its surroundings, as its JSON has it; reads the elements."""
    from sgp4.api import accelerated

    from sim.sources.storage.store import Store
    from tui.cli.commands.dashboard import program_version

    provenance = query.orbit.provenance(query.at_unix_s)
    place, reason = load_place(query.asked_place, query.settings)
    columns, rows = shutil.get_terminal_size()
    return {
        "version": program_version(),
        "installed_from": str(Path(tui.__file__).parents[1]),
        "python": f"{platform.python_version()} ({platform.python_implementation()})",
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "packages": {name: _version(name) for name in (*_requirements(), *EXTRAS)},
        "sgp4_accelerated": bool(accelerated),
        "elements_source": provenance.source,
        "elements_epoch": iso_z(provenance.epoch_unix_s),
        "elements_age_days": round(provenance.age_days, 3),
        "disputed_sets": len(Store(cache_dir()).disputed_sets()),
        "settings_file": str(config_dir() / FILE_NAME),
        "facts_folder": str(config_dir() / FACTS_FOLDER),
        "cache_folder": str(cache_dir()),
        "state_folder": str(state_dir()),
        "offline": query.offline,
        "language": language(),
        "system_language": _system_language(),
        "timezone": _timezone(),
        "place": reason or place.title,
        "terminal": _variables(TERMINAL_VARIABLES),
        "columns": columns,
        "rows": rows,
        "encoding": getattr(sys.stdout, "encoding", None) or "unknown",
        "is_terminal": sys.stdout is not None and sys.stdout.isatty(),
    }


def _requirements() -> list[str]:
    """The packages that the program needs on this system, as it declares them."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        declared = requires("tiangong-tui") or []
    except PackageNotFoundError:  # a checkout that is not installed
        return ["textual", "rich", "numpy", "sgp4", "httpx", "msgspec"]
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in declared if "extra ==" not in line]


def _variables(names: Iterable[str]) -> dict[str, str]:
    return {name: clean(os.environ[name], limit=60) for name in names if name in os.environ}


def _system_language() -> str:
    """The variables that say it, or what the system has where none does."""
    found = ", ".join(f"{name}={value}" for name, value in _variables(LANGUAGE_VARIABLES).items())
    return found or locale.getlocale()[0] or "not set"


def _timezone() -> str:
    from sim.places.timezones import system_timezone

    zone = system_timezone()
    return f"{zone.name} ({zone.origin})"


def _version(package: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _lines(about: Shape) -> Iterator[str]:
    lines = {
        "tiangong": _("{version}, in {folder}").format(version=about["version"], folder=about["installed_from"]),
        "python": about["python"],
        _("system"): about["system"],
        _("packages"): comma_list(_about_packages(about)),
        _("propagator"): _("compiled")
        if about["sgp4_accelerated"]
        else _("pure Python (slower: no compiled wheel for this system)"),
        _("elements"): clauses(_about_elements(about)),
        _("network"): pgettext("network", "offline") if about["offline"] else pgettext("network", "allowed"),
        _("settings"): about["settings_file"],
        _("own facts"): about["facts_folder"],
        _("cache"): about["cache_folder"],
        _("state"): about["state_folder"],
        _("language"): _("{language}; the system: {asked}").format(
            language=about["language"], asked=about["system_language"]
        ),
        _("time zone"): about["timezone"],
        _("place"): about["place"],
        _("terminal"): _about_terminal(about),
    }
    cells = max(width(label) for label in lines) + 2
    for label, text in lines.items():
        yield f"{pad(label, cells)}{text}"


def _about_packages(about: Shape) -> Iterator[str]:
    missing = _("not installed")
    return (f"{name} {version or missing}" for name, version in about["packages"].items())


def _about_elements(about: Shape) -> Iterator[str]:
    yield _(about["elements_source"])
    yield about["elements_epoch"]
    age = about["elements_age_days"]
    yield (_("{days:.1f} days old") if age >= 0.0 else _("{days:.1f} days ahead")).format(days=abs(age))
    if about["disputed_sets"]:
        yield ngettext(
            "{count} disputed set not used", "{count} disputed sets not used", about["disputed_sets"]
        ).format(count=about["disputed_sets"])


def _about_terminal(about: Shape) -> str:
    variables = comma_list(f"{name}={value}" for name, value in about["terminal"].items()) or _("no variables set")
    size = f"{about['columns']}x{about['rows']}"
    text = (
        _("{variables}; {size}, {encoding}, output is a terminal")
        if about["is_terminal"]
        else _("{variables}; {size}, {encoding}, output is not a terminal")
    )
    return text.format(variables=variables, size=size, encoding=_(about["encoding"]))
