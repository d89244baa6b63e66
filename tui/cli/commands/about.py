"""`tiangong about`: versions, propagator, age of the elements, folders and terminal: what a bug report needs."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from typing import TYPE_CHECKING

import msgspec

from sim.sanitize import clean
from sim.time import iso_z
from tui.cli.arguments import Parser, question
from tui.cli.context import Query, answer
from tui.config.settings import FILE_NAME, cache_dir, config_dir

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from tui.cli.output.json_export import Shape

PACKAGES = (
    "textual",
    "rich",
    "numpy",
    "sgp4",
    "httpx",
    "msgspec",
    "platformdirs",
    "astropy-iers-data",
    "tzfpy",
    "tzlocal",
)
TERMINAL_VARIABLES = ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "LANG", "LC_ALL", "TZ")


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about this installation and its surroundings.

    Attributes:
        version: Of this program.
        python: Version and implementation.
        system: Name and release of the operating system, and the machine.
        packages: Version by name; null where it is not installed.
        sgp4_accelerated: Whether sgp4 uses its compiled propagator or the pure Python one.
        elements_source: Source of the element set that answers now.
        elements_epoch: Its epoch.
        elements_age_days: Days since then.
        disputed_sets: Element sets that contradict the others and are not used.
        settings_file: Path, whether or not it exists.
        cache_folder: Folder of downloaded data.
        offline: Whether no connection is ever opened.
        terminal: Environment variables that decide what the screen can show.
        columns: Width of the terminal.
        rows: Height of the terminal.
        encoding: Of the output.
        is_terminal: Whether the output is a terminal.
    """

    version: str
    python: str
    system: str
    packages: dict[str, str | None]
    sgp4_accelerated: bool
    elements_source: str
    elements_epoch: str
    elements_age_days: float
    disputed_sets: int
    settings_file: str
    cache_folder: str
    offline: bool
    terminal: dict[str, str]
    columns: int
    rows: int
    encoding: str
    is_terminal: bool


def parser() -> Parser:
    """The parser of its arguments."""
    return question(
        "about",
        "This installation: versions, propagator, age of the elements, folders, terminal.",
        ["tiangong about", "tiangong about --format json"],
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; returns the exit code."""
    about = gather(Query(arguments))
    return answer(arguments.format, lambda: _lines(about), lambda: _shape(about))


def gather(query: Query) -> About:
    """Collect everything; imports sgp4 and reads the elements."""
    from sgp4.api import accelerated

    from sim.sources.storage.store import Store
    from tui.cli.commands.dashboard import program_version

    provenance = query.orbit.provenance(query.at_unix_s)
    columns, rows = shutil.get_terminal_size()
    return About(
        version=program_version(),
        python=f"{platform.python_version()} ({platform.python_implementation()})",
        system=f"{platform.system()} {platform.release()}, {platform.machine()}",
        packages={name: _version(name) for name in PACKAGES},
        sgp4_accelerated=bool(accelerated),
        elements_source=provenance.source,
        elements_epoch=iso_z(provenance.epoch_unix_s),
        elements_age_days=round(provenance.age_days, 3),
        disputed_sets=len(Store(cache_dir()).disputed_sets()),
        settings_file=str(config_dir() / FILE_NAME),
        cache_folder=str(cache_dir()),
        offline=query.offline,
        terminal={name: clean(os.environ[name], limit=60) for name in TERMINAL_VARIABLES if name in os.environ},
        columns=columns,
        rows=rows,
        encoding=getattr(sys.stdout, "encoding", None) or "unknown",
        is_terminal=sys.stdout is not None and sys.stdout.isatty(),
    )


def _version(package: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _lines(about: About) -> Iterator[str]:
    packages = ", ".join(f"{name} {version or 'not installed'}" for name, version in about.packages.items())
    propagator = "compiled" if about.sgp4_accelerated else "pure Python (slower: no compiled wheel for this system)"
    disputed = f", {about.disputed_sets} disputed sets not used" if about.disputed_sets else ""
    terminal = ", ".join(f"{name}={value}" for name, value in about.terminal.items()) or "no variables set"
    kind = "a terminal" if about.is_terminal else "not a terminal"
    yield f"tiangong    {about.version}"
    yield f"python      {about.python}"
    yield f"system      {about.system}"
    yield f"packages    {packages}"
    yield f"propagator  {propagator}"
    age = f"{about.elements_age_days:.1f} days old{disputed}"
    yield f"elements    {about.elements_source}, {about.elements_epoch}, {age}"
    yield f"network     {'offline' if about.offline else 'allowed'}"
    yield f"settings    {about.settings_file}"
    yield f"cache       {about.cache_folder}"
    yield f"terminal    {terminal}; {about.columns}x{about.rows}, {about.encoding}, output is {kind}"


def _shape(about: About) -> Shape:
    from tui.cli.output.json_export import SCHEMA

    return {"schema": SCHEMA, **msgspec.structs.asdict(about)}
