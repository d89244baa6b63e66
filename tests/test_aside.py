"""Work in a process of its own: the same answers, the same errors, and never more than a detour when it goes wrong."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import aside, jobs
from sim.aside import Aside, Asker
from sim.constants import DAY_S, TIANHE_LAUNCH_UNIX_S
from sim.errors import OrbitError
from sim.orbit.composite import CompositeOrbit
from sim.orbit.element_history import ElementHistory, embedded_history
from sim.orbit.supplemental import ForecastOrbit
from sim.time import parse_instant
from tests.support.odd_orbits import SlowElsewhere, Unknown
from tests.support.orbits import PLACES, example_orbit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.orbit.propagation import Orbit

HISTORY = embedded_history()
ISLAMABAD = PLACES[0]
LAST = HISTORY.last_unix_s
START = parse_instant("2024-12-17T08:00:00Z")
END = START + 2 * DAY_S
ROOT = str(Path(__file__).parents[1])


@pytest.fixture(autouse=True)
def _always_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a program that has loaded nothing yet."""
    for name, job in jobs.JOBS.items():
        monkeypatch.setitem(jobs.JOBS, name, job._replace(loads="a module that nobody loads"))


@pytest.fixture
def work() -> Iterator[Aside]:
    made = Aside()
    yield made
    made.close()


def here(orbit: Orbit, start: float, end: float) -> tuple[object, object]:
    return jobs.passes(Asker(), orbit, start, end, ISLAMABAD), jobs.eclipses(Asker(), orbit, start, end)


def elsewhere(work: Aside, orbit: Orbit, start: float, end: float) -> tuple[object, object]:
    """The same from other processes, never from this one."""
    found = work._elsewhere("passes", (orbit, start, end, ISLAMABAD), Asker())
    return found, work._elsewhere("eclipses", (orbit, start, end), Asker())


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits to be missed does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until_gone(process: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while alive(process) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(process)


def noted(note: Path) -> int:
    """The number in a file, once it is there."""
    end = time.monotonic() + 20.0
    while not note.exists():
        assert time.monotonic() < end, "no process began to work"
        time.sleep(0.01)
    return int(note.read_text())


@pytest.mark.parametrize(
    "start",
    [TIANHE_LAUNCH_UNIX_S - 5 * DAY_S, parse_instant("2021-07-20"), START, LAST - DAY_S, LAST + 3 * DAY_S],
    ids=["before the first set", "in a long gap", "between sets", "over the last set", "after the last set"],
)
def test_a_history_gives_the_same_elsewhere(start: float, work: Aside) -> None:
    passes, eclipses = elsewhere(work, HISTORY, start, start + 10 * DAY_S)
    assert (passes, eclipses) == here(HISTORY, start, start + 10 * DAY_S)
    assert passes
    assert eclipses
    assert passes[0].error_s > 0.0


@pytest.mark.parametrize("name", ["one set", "forecast", "eccentric", "short history"])
def test_other_orbits_give_the_same_elsewhere(name: str, work: Aside) -> None:
    pieces = [HISTORY.orbit(len(HISTORY) - count).element_set for count in (1, 2, 3)]
    orbit: Orbit = {
        "one set": HISTORY.orbit(100),
        "forecast": CompositeOrbit(HISTORY, ForecastOrbit(pieces)),
        "eccentric": example_orbit("eccentric"),
        "short history": ElementHistory(pieces),
    }[name]
    start = orbit.elements(LAST).epoch_unix_s
    assert elsewhere(work, orbit, start, start + 3 * DAY_S) == here(orbit, start, start + 3 * DAY_S)


@given(
    st.floats(TIANHE_LAUNCH_UNIX_S - 9 * DAY_S, LAST + 30 * DAY_S),
    st.floats(0.0, 20.0),
    st.lists(st.floats(0.0, 1.0), min_size=1, max_size=5),
)
def test_part_of_a_history_answers_like_the_whole(start: float, days: float, shares: list[float]) -> None:
    part = HISTORY.between(start, start + days * DAY_S)
    sent = pickle.loads(pickle.dumps(part))  # noqa: S301 - our own
    for share in shares:
        unix_s = start + share * days * DAY_S
        assert sent.elements(unix_s) == HISTORY.elements(unix_s)
        assert sent.provenance(unix_s) == HISTORY.provenance(unix_s)
        assert sent.node_count(unix_s) == HISTORY.node_count(unix_s)
        assert sent.state(unix_s) == HISTORY.state(unix_s)


def test_little_is_sent() -> None:
    packed = jobs.JOBS["passes"].packed(HISTORY, START, START + 10 * DAY_S, ISLAMABAD)
    assert len(pickle.dumps(packed)) < 5_000


def test_an_error_comes_through_as_itself(work: Aside) -> None:
    with pytest.raises(OrbitError, match=r"^nothing is known at \d+, process \d+$") as caught:
        work.call(jobs.passes, Unknown(), START, END, ISLAMABAD)
    assert not str(caught.value).endswith(f" {os.getpid()}")


def test_what_is_loaded_already_is_used(work: Aside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs.JOBS, "passes", jobs.JOBS["passes"]._replace(loads="numpy"))
    with pytest.raises(OrbitError, match=rf" {os.getpid()}$"):
        work.call(jobs.passes, Unknown(), START, END, ISLAMABAD)


@pytest.mark.parametrize("executable", ["", "/nonexistent/python", "/dev/null", "/bin/false", "/bin/cat", "/bin/ls"])
def test_without_another_python_it_is_done_here(executable: str, work: Aside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(OrbitError, match=rf" {os.getpid()}$"):
        work.call(jobs.passes, Unknown(), START, END, ISLAMABAD)


def test_inside_a_frozen_program_it_is_done_here(work: Aside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(OrbitError, match=rf" {os.getpid()}$"):
        work.call(jobs.passes, Unknown(), START, END, ISLAMABAD)


def test_an_orbit_that_cannot_be_sent_is_searched_here(work: Aside) -> None:
    orbit = SlowElsewhere(HISTORY, Path("never"), 0.0)
    orbit.kept = threading.Lock()
    assert work.call(jobs.passes, orbit, START, END, ISLAMABAD) == here(HISTORY, START, END)[0]


def test_one_that_is_killed_in_the_middle_is_made_up_for(work: Aside, tmp_path: Path) -> None:
    note = tmp_path / "note"
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(work.call, jobs.passes, SlowElsewhere(HISTORY, note), START, END, ISLAMABAD)
        os.kill(noted(note), signal.SIGKILL)
        assert asked.result(10.0) == here(HISTORY, START, END)[0]


def test_one_that_hangs_is_ended_and_made_up_for(work: Aside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs.JOBS, "passes", jobs.JOBS["passes"]._replace(longest_s=1.0))
    note = tmp_path / "note"
    found = work.call(jobs.passes, SlowElsewhere(HISTORY, note), START, END, ISLAMABAD)
    assert found == here(HISTORY, START, END)[0]
    assert not alive(noted(note))


def test_what_is_printed_there_does_no_harm(work: Aside, tmp_path: Path) -> None:
    orbit = SlowElsewhere(HISTORY, tmp_path / "note", 0.0)
    assert work.call(jobs.passes, orbit, START, END, ISLAMABAD) == here(HISTORY, START, END)[0]
    assert noted(tmp_path / "note") != os.getpid()


def test_closing_ends_what_runs_and_lets_nothing_begin(work: Aside, tmp_path: Path) -> None:
    note = tmp_path / "note"
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(work.call, jobs.passes, SlowElsewhere(HISTORY, note), START, END, ISLAMABAD)
        process = noted(note)
        begun = time.monotonic()
        work.close()
        with pytest.raises(CancelledError):
            asked.result(10.0)
        assert time.monotonic() - begun < 1.0
        assert not alive(process)
    with pytest.raises(CancelledError):
        work.call(jobs.passes, HISTORY, START, END, ISLAMABAD)


PARENT = """
import sys
from pathlib import Path
from tests.support.odd_orbits import SlowElsewhere
from tests.support.orbits import PLACES
from sim import jobs
from sim.aside import Aside
from sim.orbit.element_history import embedded_history
assert "numpy" not in sys.modules
Aside().call(jobs.passes, SlowElsewhere(embedded_history(), Path(sys.argv[1])), 1.7e9, 1.7001e9, PLACES[0])
"""


def test_it_ends_when_whoever_asked_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "note"
    path = ROOT
    command = [sys.executable, "-c", PARENT, str(note)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}) as parent:
        process = noted(note)
        parent.kill()
    assert until_gone(process, 3.0)


def test_nothing_but_the_jobs_can_be_asked_for(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    asked = subprocess.run(
        [sys.executable, "-c", aside._START, *sys.path],
        input=pickle.dumps(("os.mkdir", (str(wrong),))),
        capture_output=True,
        timeout=30.0,
        check=False,
    )
    assert asked.stdout == b""
    assert not wrong.exists()


def test_the_engine_of_this_program_is_found_from_anywhere(work: Aside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    monkeypatch.setenv("PYTHONPATH", "/nonexistent")
    with pytest.raises(OrbitError) as caught:
        work.call(jobs.passes, Unknown(), START, END, ISLAMABAD)
    assert not str(caught.value).endswith(f" {os.getpid()}")


def test_a_wish_to_stop_is_passed_on_also_if_it_came_first() -> None:
    asker, heard = Asker(), []
    asker.when_stopped(lambda: heard.append("first"))
    asker.stop()
    asker.when_stopped(lambda: heard.append("second"))
    assert asker.is_set()
    assert heard == ["first", "second"]
