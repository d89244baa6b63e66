"""Structure of the code: no import circles, small folders, short functions."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

pytestmark = pytest.mark.validation

ROOT = Path(__file__).parents[1]
MOST_MODULES = 15
MOST_LINES_OF_THE_APP = 400
LONGEST_FUNCTION, LONG_FUNCTION, MOST_LONG_FUNCTIONS = 60, 40, 10


@pytest.mark.parametrize("package", ["sim", "tui"])
def test_imports_have_no_circles(package: str) -> None:
    """Imports for type checking count too: a circle of them says that two modules do not know which is below."""
    graph = grimp.build_graph(package, exclude_type_checking_imports=False, cache_dir=None)
    sorter = TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(f"circle of imports: {' -> '.join(error.args[1])}")


def test_snapshot_between_two_sets_loads_no_numpy_sgp4_or_httpx() -> None:
    """A script that asks a place pays for what it uses; `tests/benchmarks/test_engine_speed.py` says how much."""
    program = (
        "import sys\n"
        "from sim.chronicle import embedded_chronicle\n"
        "from sim.orbit.element_history import embedded_history\n"
        "from sim.status import status_at\n"
        "now = status_at(embedded_history(), embedded_chronicle(), 1.75e9, now_unix_s=1.75e9)\n"
        "assert now.position and now.orbit and now.light and now.error.is_stated and now.facts.aboard\n"
        "print(*sorted({'numpy', 'sgp4', 'httpx', 'textual'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("package", ["sim", "tui"])
def test_folders_have_few_modules(package: str) -> None:
    """But for the commands: one module each is what a newcomer looks for."""
    folders = [path for path in (ROOT / package).rglob("*") if path.is_dir()] + [ROOT / package]
    counts = {folder.relative_to(ROOT).as_posix(): len(list(folder.glob("[!_]*.py"))) for folder in folders}
    counts.pop("tui/cli/commands", None)
    assert {name: n for name, n in counts.items() if n > MOST_MODULES} == {}


def test_app_is_short() -> None:
    """What keys and messages do is in the collaborators of `tui.controls`, which can be tested without an app."""
    assert len((ROOT / "tui" / "app.py").read_text("utf-8").splitlines()) < MOST_LINES_OF_THE_APP


def test_functions_are_short() -> None:
    lengths: dict[str, int] = {}
    for path in sorted([*(ROOT / "sim").rglob("*.py"), *(ROOT / "tui").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                lengths[f"{path.relative_to(ROOT)}:{node.name}"] = node.end_lineno - node.lineno + 1
    long = {name: length for name, length in lengths.items() if length > LONG_FUNCTION}
    assert {name: length for name, length in long.items() if length > LONGEST_FUNCTION} == {}
    assert len(long) <= MOST_LONG_FUNCTIONS, long
