"""Mutated files and argument lists, run in-process: each gives an answer or one clear line, in bounded time.

A seed makes a case, so that one that fails can be run again. The long run has five thousand (`-m long`).
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[bytearray, random.Random], None]

DATA = Path(__file__).parents[2] / "data"
CORPUS = sorted([*(DATA / "cases").glob("[a-z]*"), *(DATA / "sources").glob("*")])
MOST_S = 20.0
"""Processor time of one run; the slowest takes a second."""

COMMANDS = (
    "status",
    "status",
    "passes",
    "eclipses",
    "track",
    "look",
    "transits",
    "altitude",
    "burns",
    "events",
    "crew",
    "export",
    "contacts",
    "beta",
    "opportunities",
)
WORDS = (
    b"nan",
    b"1e999",
    b"-",
    b"\0",
    b"\xff\xfe",
    b"<",
    b"{",
    b'"',
    b"\r",
    b"=",
    b"META_START\n",
    b"1 48274U",
    b"\n\n",
)
OPTIONS = {
    "--at": (
        "2026-08-22T16:01:00Z",
        "2026-08-22",
        "2021-04-30",
        "2099-12-31",
        "1957-10-04",
        "now",
        "tomorrow",
        "x",
        "",
    ),
    "--place": ("Berlin", "Quito", "no such place", "33.7, 73.1", "", "\x1b[31m"),
    "--lat": ("90", "-33.5", "nan", "91"),
    "--lon": ("180", "-70.2", "inf"),
    "--days": ("0.5", "3", "30", "0", "-1", "1e9"),
    "--format": ("json", "text", "csv", "ics", "geojson", "yaml"),
    "--min-elevation": ("0", "-5", "89", "90"),
    "--object": ("48274", "iss", "ISS (ZARYA)", "2021-035A", "", "99999999999999999999", "\u202e"),
    "--magnitude": ("-1.5", "20", "nan"),
    "--zone": ("UTC", "Europe/Berlin", "Nowhere/City"),
    "--step": ("30", "3600", "0", "-5"),
    "--end": ("+3h", "2026-08-23", "now"),
    "--offline": (),
    "--visible": (),
}


def cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def drop(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    del content[at : at + chance.randrange(1, 200)]


def double(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    content[at:at] = content[at : at + chance.randrange(1, 3000)]


def replace(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] = chance.randrange(256)


def digit(content: bytearray, chance: random.Random) -> None:
    """Another digit in place of one: the likeliest mistake that no form notices."""
    places = [at for at, byte in enumerate(content[:5000]) if 48 <= byte <= 57]
    if places:
        content[chance.choice(places)] = chance.randrange(48, 58)


def insert(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    content[at:at] = chance.choice(WORDS)


CHANGES: tuple[Change, ...] = (cut, drop, double, replace, digit, digit, insert)


def mutated(chance: random.Random) -> bytes:
    content = bytearray(chance.choice(CORPUS).read_bytes())
    for _ in range(chance.randrange(4)):
        if content:
            chance.choice(CHANGES)(content, chance)
    return bytes(content)


KNOWN_TO = {
    "--days": ("passes", "eclipses", "transits"),
    "--format": COMMANDS,
    "--min-elevation": ("passes",),
    "--step": ("track",),
    "--end": ("track",),
    "--visible": ("passes",),
}
"""Options that only some commands have; others get them now and then, which is wrong usage."""


def arguments(chance: random.Random, paths: list[Path]) -> list[str]:
    words: list[str] = []
    command = chance.choice(COMMANDS)
    names = [name for name in sorted(OPTIONS) if command in KNOWN_TO.get(name, (command,)) or chance.random() < 0.02]
    for name in chance.sample(names, min(chance.randrange(4), len(names))):
        values = OPTIONS[name][:2] if chance.random() < 0.6 else OPTIONS[name]
        words += [name, chance.choice(values)] if values else [name]
    for path in paths:
        words += ["--elements", str(path)]
    words.insert(chance.choice((0, len(words))), command)
    if chance.random() < 0.7:  # most of the time the instant is one that the files are about
        words += ["--at", "2026-08-22T16:01:00Z"]
    return words


def check(seed: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(seed)
    paths = [folder / f"{seed}-{number}" for number in range(chance.choice((1, 1, 1, 2)))]
    for path in paths:
        path.write_bytes(mutated(chance))
    words = arguments(chance, paths)
    began_s = time.thread_time()
    try:
        code = main.main(words)
    except Exception as problem:
        raise AssertionError(f"seed {seed}: {words} raised {problem!r}") from problem
    spent_s = time.thread_time() - began_s
    out, err = capsys.readouterr()
    assert code in {0, 1, 2}, f"seed {seed}: {words} gave {code}"
    assert "Traceback" not in err, f"seed {seed}: {words}"
    assert spent_s < MOST_S, f"seed {seed}: {words} took {spent_s:.1f} s"
    if code:
        assert out == "", f"seed {seed}: {words} answered and failed"
        assert err.splitlines()[-1].startswith("tiangong"), f"seed {seed}: {words} said {err!r}"
    assert "\x1b" not in err, f"seed {seed}: {words} let a control character through"
    assert "\x1b" not in out, f"seed {seed}: {words} let a control character through"
    for path in paths:
        path.unlink()


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_mutated_files_and_arguments_give_an_answer_or_one_line(
    first: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in range(first, first + 50):
        check(seed, tmp_path, capsys)


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 6000, 500))
def test_five_thousand_mutated_files_and_arguments_give_an_answer_or_one_line(
    first: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in range(first, first + 500):
        check(seed, tmp_path, capsys)
