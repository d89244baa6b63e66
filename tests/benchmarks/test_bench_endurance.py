"""Hours of use in minutes: memory, threads and open files at 3600x while views change, and a window that is dragged.

    pytest -m benchmark -s -p no:xdist tests/benchmarks/test_bench_endurance.py

`TIANGONG_ENDURANCE_MIN` sets the minutes at 3600x; 10 where it is not set.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.benchmarks.terminal import load_of, waited_s
from tests.support.pty_session import Session, arguments

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.benchmark

MINUTES = float(os.environ.get("TIANGONG_ENDURANCE_MIN", "10"))
LOOK_EVERY_S = 10.0
WARM_UP_S = 120.0
LARGEST_GROWTH_MB = 20.0
"""Of the whole run, over what the warm-up took."""

LARGEST_SLOPE_MB_MIN = 0.3
"""Of the second half of the run: a cache that is full by then does not count."""

VIEW_KEYS = (*"1234567", *"1234567", "w", "f", "\t", "m", "?", "\x1b", "\x1b", "j", "v", "+", "-", "]", "}", "p", "e")
"""Mostly views; beside them what opens, moves and jumps."""

FASTEST = "." * 12
"""From any rate to 3600x."""

DRAG_S = 60.0
SIZE_EVERY_S = 1.0 / 60.0
KEY_EVERY_S = 1.0 / 30.0
ANSWER_S = 1.0
"""After the drag. Seconds of the drag and of the answer are those of a free core, see `free_s`."""

CATCH_UP_S = 240.0
"""On a machine that has other work too, keys wait in the terminal's queue when the drag is over; they are no freeze."""

ESCAPE = "\x1b[27u"
"""Escape as newer terminals send it: it cannot be taken for Alt with the next key of the same read."""

AT_REST_SHARE = 0.1
"""A view that is told two sizes in turn for ever takes a third of a core."""

TYPED = "2031-05-06"
"""Into the prompt for a date: when it is seen there, all keys before it have been handled."""

LATER = "2032-07-08"
"""The same at rest."""

MARKS = "¹²³⁴⁵⁶⁷"
"""In the title of the first panel of each view, as long as the map is not in plain characters."""


class Look(NamedTuple):
    """What a process holds at a moment."""

    seconds: float
    rss_mb: float
    threads: int
    files: int


def look_at(process: int, seconds: float) -> Look:
    """Memory, threads and open files of a process, from /proc."""
    here = Path(f"/proc/{process}")
    rss_mb = load_of(process, seconds).rss_kb / 1024
    return Look(seconds, rss_mb, len(os.listdir(here / "task")), len(os.listdir(here / "fd")))


def slope_mb_min(looks: Sequence[Look]) -> float:
    """The straight line of least squares through the memory."""
    middle_s = sum(look.seconds for look in looks) / len(looks)
    middle_mb = sum(look.rss_mb for look in looks) / len(looks)
    products = sum((look.seconds - middle_s) * (look.rss_mb - middle_mb) for look in looks)
    return 60.0 * products / sum((look.seconds - middle_s) ** 2 for look in looks)


def share_of_a_core(session: Session, seconds: float) -> float:
    """Processor time that the program takes for a while, as a share of that time."""
    begun, before_s = time.monotonic(), load_of(session.pid, 0.0).cpu_s
    session.read(seconds)
    return (load_of(session.pid, 0.0).cpu_s - before_s) / (time.monotonic() - begun)


def close_dialogs(session: Session) -> None:
    """Press Escape until a view is on the screen; together with the next key it would be that key with Alt."""
    for _ in range(3):
        session.type("\x1b")
        session.drain(ANSWER_S / 2.0)


def leave(session: Session) -> None:
    """Close what is open, and quit."""
    close_dialogs(session)
    session.type("q")


def free_s(session: Session) -> float:
    """A clock that stands still while the program waits for a core: seconds as they would be on a free one."""
    return time.monotonic() - waited_s(session.pid)


def answer_s(session: Session, keys: str, text: str) -> float:
    """How long after keys a text is on the screen, by that clock."""
    begun_s = free_s(session)
    session.type(keys)
    session.wait_for(text, seconds=CATCH_UP_S)
    return free_s(session) - begun_s


def test_memory_threads_and_files_at_3600x_with_changing_views_stay_flat(tmp_path: Path) -> None:
    dice = random.Random(13)
    looks: list[Look] = []
    with Session(tmp_path, *arguments("--rate", "3600"), size=(160, 45)) as session:
        session.wait_for("? help")
        begun = time.monotonic()
        while (seconds := time.monotonic() - begun) < 60.0 * MINUTES:
            if seconds >= LOOK_EVERY_S * (len(looks) + 1):
                looks.append(look_at(session.pid, seconds))
                at_s, rss_mb, threads, files = looks[-1]
                print(f"{at_s:6.0f} s  {rss_mb:6.1f} MB  {threads} threads, {files} files")
                session.type(FASTEST)  # some keys set it back to 1x
            session.type(dice.choice(VIEW_KEYS))
            session.drain(1.0)
        leave(session)
        assert session.wait_for_end() == 0
        assert b"Traceback" not in session.output
        assert session.left_clean
    warm = [look for look in looks if look.seconds >= WARM_UP_S]
    late = warm[len(warm) // 2 :]
    growth_mb = max(look.rss_mb for look in late) - warm[0].rss_mb
    slope = slope_mb_min(late)
    print(f"{MINUTES:g} min: {growth_mb:+.1f} MB over the warm-up, {slope:+.2f} MB a minute in the second half")
    assert growth_mb <= LARGEST_GROWTH_MB
    assert slope <= LARGEST_SLOPE_MB_MIN
    assert max(look.threads for look in late) <= max(look.threads for look in warm[: len(warm) // 2])
    assert max(look.files for look in late) <= max(look.files for look in warm[: len(warm) // 2])


def test_drag_at_60_hz_with_keys_at_30_hz_ends_answering(tmp_path: Path) -> None:
    dice = random.Random(60)
    with Session(tmp_path, *arguments(), size=(100, 30)) as session:
        session.wait_for("? help")
        begun_s = free_s(session)
        next_key_s = 0.0
        while (seconds := free_s(session) - begun_s) < DRAG_S:
            session.resize(*dice.choice([(100, 30), (120, 40), (80, 24), (dice.randint(1, 220), dice.randint(1, 70))]))
            if seconds >= next_key_s:
                next_key_s += KEY_EVERY_S
                session.type(dice.choice(["\t", "\x1b[Z", *"1234567", "?", "\x1b", " ", "."]))
            session.drain(SIZE_EVERY_S)
        session.resize(120, 40)
        # A view may be on the screen by a key of the drag that waits; the prompt is by none of them.
        answered_s = answer_s(session, 3 * ESCAPE + "g" + TYPED, TYPED)
        spent_s = load_of(session.pid, 0.0).cpu_s
        print(f"\nthe first keys after the drag are answered after {answered_s:.2f} s")
        print(f"until then the program took {spent_s:.1f} s of processor time for {DRAG_S:g} s")
        assert answered_s <= ANSWER_S
        session.type("\x1b")
        caught_up = time.monotonic()
        while TYPED in session.text:  # Escape and the next digit in one read would be one key, as `¡` for 1
            session.read(0.2)
            assert time.monotonic() - caught_up < CATCH_UP_S, "Escape does not close the prompt"
        control_s = answer_s(session, "g" + LATER, LATER)
        print(f"the same prompt at rest after {control_s:.2f} s")
        session.type(ESCAPE)
        for digit, mark in enumerate(MARKS, start=1):
            session.type(str(digit))
            session.wait_for(mark, seconds=CATCH_UP_S)
        session.type("n")  # at 1x: some of the keys made time run fast
        session.read(3.0)
        share = share_of_a_core(session, 5.0)
        print(f"at rest it takes {100.0 * share:.1f} % of a core")
        assert share <= AT_REST_SHARE
        session.type("q")
        assert session.wait_for_end() == 0
        assert b"Traceback" not in session.output
        assert session.left_clean
