"""Only public names of libraries are used: no attribute, import or override of a name that begins with `_`."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.validation

ROOT = Path(__file__).parents[1]
OWN = ("sim", "tui")
MODULES = sorted(path for package in OWN for path in (ROOT / package).rglob("*.py"))

DOCUMENTED = {"os._exit"}
"""The standard library documents it under this name: the only way to end a process whose threads hang."""

OWN_IMPORTS = ("from sim", "from tui", "from tests")

BY_NAME = {"getattr", "setattr", "hasattr", "delattr"}
"""Functions whose second argument names an attribute."""

MEASURE_TEXTUAL = {
    "tests/benchmarks/test_bench_status.py",
    "tests/benchmarks/test_map_speed.py",
    "tests/support/frame_recorder.py",
    "tests/support/map_cases.py",
    "tests/tui/test_budgets.py",
}
"""They count and time what Textual paints and writes, for which it has no public names."""


@cache
def tree_of(path: Path) -> ast.Module:
    """The code of a file; three tests read them all."""
    return ast.parse(path.read_text("utf-8"))


def is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__")) and name.strip("_") != ""


def members_of(cls: ast.ClassDef) -> Iterator[str]:
    """Names of a class: its methods and variables, and the attributes of `self` it uses."""
    for statement in cls.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement.name
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))
    for node in ast.walk(cls):
        if isinstance(node, ast.Attribute) and _is_self(node.value):
            yield node.attr


@cache
def nodes_of(tree: ast.AST) -> tuple[ast.AST, ...]:
    """All nodes of a tree; it is walked for two purposes by two tests."""
    return tuple(ast.walk(tree))


@cache
def assigned_in(tree: ast.AST) -> frozenset[str]:
    """Names that the classes of a module define; an attribute that is only read is none of them."""
    return frozenset(_assigned(tree))


def _assigned(tree: ast.AST) -> Iterator[str]:
    for node in nodes_of(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            flat = [part for target in targets for part in ast.walk(target)]
            yield from (part.id for part in flat if isinstance(part, ast.Name))
            yield from (part.attr for part in flat if isinstance(part, ast.Attribute) and _is_self(part.value))


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def foreign_names(tree: ast.AST, own: set[str]) -> Iterator[str]:
    """Private names in the code of a module that are not its own, as they are written there.

    Of `self`, `cls` and `super()` all `own` names may be used: base classes stand in other modules.
    """
    here = assigned_in(tree)
    for node in nodes_of(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            is_inherited = _is_self(node.value) or ast.unparse(node.value) == "super()"
            if node.attr not in (own if is_inherited else here):
                yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            parts = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            if any(is_private(part) for part in parts):
                yield ast.unparse(node)
        elif isinstance(node, ast.Import):
            if any(is_private(part) for alias in node.names for part in alias.name.split(".")):
                yield ast.unparse(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BY_NAME:
            name = node.args[1].value if isinstance(node.args[1], ast.Constant) else ""
            if is_private(str(name)):
                yield ast.unparse(node)


@pytest.mark.parametrize(
    "code",
    [
        "screen._compositor.render_strips()",
        "from textual._compositor import Compositor",
        "from os import _exit",
        "import textual._xterm_parser",
        "getattr(app, '_driver')",
    ],
)
def test_foreign_names_of_a_private_name_are_found(code: str) -> None:
    assert len([*foreign_names(ast.parse(code), set())]) == 1


def test_modules_use_no_private_name_of_a_library() -> None:
    trees = {path: tree_of(path) for path in MODULES}
    own = {name for tree in trees.values() for name in assigned_in(tree)}
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in trees.items()
        for name in foreign_names(tree, own)
        if name not in DOCUMENTED
    }
    assert found == set()


def test_tests_use_no_private_name_of_a_library() -> None:
    """A private name of the program may be used in a test, one of a library breaks with its next version."""
    tests = sorted((ROOT / "tests").rglob("*.py"))
    own = {name for path in (*MODULES, *tests) for name in assigned_in(tree_of(path))}
    found = {
        str(path.relative_to(ROOT))
        for path in tests
        for name in foreign_names(tree_of(path), own)
        if name.rpartition(".")[2] not in own and not name.startswith(OWN_IMPORTS)
    }
    assert found == MEASURE_TEXTUAL


@cache
def classes_in(path: str) -> list[ast.ClassDef]:
    """Classes of a file."""
    nodes = ast.walk(ast.parse(Path(path).read_text("utf-8")))
    return [node for node in nodes if isinstance(node, ast.ClassDef)]


@cache
def private_members(cls: type) -> frozenset[str]:
    """Private names that a class itself uses: its methods, its variables, attributes of `self`."""
    try:
        source = inspect.getsourcefile(cls)
    except TypeError:  # a class of C
        source = None
    if source is None:
        return frozenset(name for name in vars(cls) if is_private(name))
    named = [node for node in classes_in(source) if node.name == cls.__name__]
    return frozenset(name for node in named for name in members_of(node) if is_private(name))


def overridden(cls: type) -> Iterator[str]:
    """Private names of a class that a base class from a library has too."""
    for base in cls.__mro__:
        if base.__module__.split(".")[0] not in (*OWN, "tests", "builtins"):
            yield from (
                f"{cls.__qualname__}.{name} of {base.__qualname__}"
                for name in private_members(cls) & private_members(base)
            )


def test_overridden_of_a_textual_class_is_found() -> None:
    from textual.app import App

    class Leaving(App[None]):
        def _handle_exception(self, error: Exception) -> None:
            pass

    assert [*overridden(Leaving)] != []


@pytest.mark.parametrize("package", OWN)
def test_classes_override_no_private_name_of_a_library(package: str) -> None:
    found: set[str] = set()
    for info in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
        if info.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(info.name)).values():
            if inspect.isclass(value) and value.__module__ == info.name:
                found.update(overridden(value))
    assert found == set()
