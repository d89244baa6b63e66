"""Settings of every test: own settings and cache folders, connections to this machine only, true colours."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from sim.language import ENGLISH, use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xdist.scheduler.protocol import Scheduling

# A run starts some three hundred programs. Where the environment forbids compiled modules, as many containers do, each
# of them, and every worker, would compile the whole package anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Python searches the objects of all modules and tests for garbage again and again, which takes a sixth of the time of
# tests that open the dashboard.
gc.set_threshold(50_000, 20, 20)

# Textual decides on colours when it is first imported, so this stands before any test module.
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
os.environ.pop("NO_COLOR", None)
_UNUSED = tempfile.mkdtemp(prefix="tiangong-tests-")
os.environ["TIANGONG_CONFIG_DIR"] = os.path.join(_UNUSED, "config")
os.environ["TIANGONG_CACHE_DIR"] = os.path.join(_UNUSED, "cache")
os.environ["TIANGONG_STATE_DIR"] = os.path.join(_UNUSED, "state")

# How many seconds an example takes says how busy the machine is, and nothing about the program.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("unit", settings.get_profile("any machine"), max_examples=25)
settings.load_profile("any machine")


NOT_UNIT = (
    "benchmarks/", "snapshots/", "sources/", "terminal/",
    "language/test_cost.py", "language/test_switching.py", "test_examples.py", "test_packaging.py",
    "test_project_files.py",
    "tui/cli/test_cli_process.py", "tui/cli/test_facts_fuzz.py", "tui/cli/test_help_command.py",
    "tui/cli/test_pure_python_sgp4.py", "tui/cli/test_serve", "tui/session/test_exit_signals.py", "tui/test_alerts.py",
    "tui/test_budgets.py", "tui/test_live_sources.py", "tui/test_monkey.py", "tui/test_random_events.py",
    "tui/test_resize_storm.py", "tui/views/",
)  # fmt: skip
"""Where tests start programs, open sockets or a terminal, compare pictures, press keys at random, or go through whole
views as a person does."""


def pytest_configure(config: pytest.Config) -> None:
    """With `-m unit`: fewer examples where a test does not say how many, as that suite is run many times."""
    if config.getoption("markexpr") == "unit":
        settings.load_profile("unit")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the unit tests: all but those, single ones that start a program, validations and long ones."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).as_posix().startswith(NOT_UNIT):
            continue
        if any(map(item.get_closest_marker, ("benchmark", "long", "validation"))):
            continue
        if isinstance(item, pytest.Function) and "subprocess" not in item.function.__code__.co_names:
            item.add_marker(pytest.mark.unit)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """`-n auto`: half as many workers again as processors, as many tests wait for programs they started, and timers."""
    if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS"):
        return None
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, 3 * processors // 2)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    """Neighbouring tests in one process, so that what a module makes once is made once; idle workers take over others.

    xdist's own choice deals tests out two by two in the end: fixtures of modules are then made in every worker.
    """
    if config.getoption("dist") != "load":  # somebody has asked for another one
        return None
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own empty settings and cache."""
    monkeypatch.setenv("TIANGONG_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("TIANGONG_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TIANGONG_STATE_DIR", str(tmp_path / "state"))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Texts are English, whatever the system's language is, and also after a test of another one."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    use(ENGLISH)
    yield
    use(ENGLISH)


@pytest.fixture(autouse=True)
def _unit_tests_stay_in_the_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `-m unit`: a test that starts a program or listens at a socket is to be named in `NOT_UNIT`."""
    if request.config.getoption("markexpr") != "unit":
        return

    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise AssertionError("a unit test started a program, or listens at a socket")

    monkeypatch.setattr(subprocess.Popen, "__init__", refuse)
    monkeypatch.setattr(socket.socket, "bind", refuse)
    if hasattr(os, "fork"):
        monkeypatch.setattr(os, "fork", refuse)


@pytest.fixture
def new_objects_alone() -> Iterator[None]:
    """Older objects are not searched for garbage, where new ones are counted or the time of two programs is taken."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def brief_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a dashboard that fails on purpose: Textual pictures the variables of every function, which takes seconds."""
    monkeypatch.setattr("rich.traceback.Traceback", lambda **_options: "failed")


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere else is a mistake of the test or of the program."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in {socket.AF_INET, socket.AF_INET6} and host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to connect to {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
