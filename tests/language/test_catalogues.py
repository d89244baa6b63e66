"""The catalogues against the source: nothing missing, nothing unused, every field in its place, compiled as it stands.

`FINISHED` holds the rooms whose every text is marked in the source and translated; it grows until it holds all.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from seeds.makers.languages import (
    FOLDER,
    ROOMS,
    ROOT,
    catalogue_files,
    compiled,
    is_translated,
    problems,
    read,
    room_of,
    template,
    text_of,
)

pytestmark = pytest.mark.validation

FILES = dict.fromkeys(catalogue_files())
FINISHED: tuple[str, ...] = tuple(ROOMS)

SOURCES = sorted(path for top in ("sim", "tui") for path in (ROOT / top).rglob("*.py"))
MARKS = {"_", "N_", "ngettext", "pgettext"}


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def identity(message: Message) -> tuple[object, object]:
    return message.id, message.context


each_file = pytest.mark.parametrize(("code", "path"), FILES, ids=[name_of(path) for _code, path in FILES])


@each_file
def test_compiled_catalogue_is_that_of_its_texts(code: str, path: Path) -> None:
    """`python -m seeds.makers.languages --compile` makes it."""
    assert path.with_suffix(".mo").read_bytes() == compiled(read(path, code), code)


@each_file
def test_catalogue_is_written_as_its_maker_writes_it(code: str, path: Path) -> None:
    assert path.read_bytes() == text_of(read(path, code), code)


@each_file
def test_translations_have_the_fields_of_their_messages(code: str, path: Path) -> None:
    assert [problem for problem in problems(read(path, code)) if problem.startswith("fields")] == []


@pytest.mark.parametrize("code", sorted({code for code, _path in FILES}))
def test_message_of_several_rooms_is_translated_alike(code: str) -> None:
    found: defaultdict[tuple[object, object], set[object]] = defaultdict(set)
    for _code, path in catalogue_files(code):
        for message in read(path, code):
            if message.id and is_translated(message):
                found[identity(message)].add(message.string)
    assert {message: texts for message, texts in found.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("room", FINISHED)
@pytest.mark.parametrize("code", sorted({code for code, _path in FILES}))
def test_finished_room_has_every_message_of_the_source_and_no_other(code: str, room: str) -> None:
    """`python -m seeds.makers.languages` takes new messages in and unused ones out."""
    files = [path for _code, path in catalogue_files(code) if path.stem == room or path.parent == FOLDER]
    held = {identity(message) for path in files for message in read(path, code) if message.id}
    wanted = {identity(message) for message in template(room) if message.id}
    assert wanted - held == set()
    if FOLDER not in {path.parent for path in files}:
        assert held - wanted == set()
    assert [problem for path in files for problem in problems(read(path, code))] == []


def test_every_source_file_is_in_a_room() -> None:
    assert {room_of(path.relative_to(ROOT).as_posix()) for path in SOURCES} <= ROOMS.keys()


# ── how texts are marked ──────────────────────────────────────────────────────────────────────


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def marked_calls(tree: ast.AST) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in MARKS]


def test_marked_texts_are_no_f_strings() -> None:
    """An f-string is complete before the catalogue is asked, and is never in it."""
    wrong = []
    for path in SOURCES:
        for call in marked_calls(tree_of(path)):
            glued = [argument for argument in call.args if isinstance(argument, ast.JoinedStr | ast.BinOp)]
            wrong += [f"{path.relative_to(ROOT)}:{argument.lineno}" for argument in glued]
    assert wrong == []


def test_marked_texts_stand_in_no_f_string() -> None:
    """Babel does not look into f-strings: a text that is marked there is in no catalogue."""
    wrong = []
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.JoinedStr):
                texts = [call for call in marked_calls(node) if call.args and isinstance(call.args[0], ast.Constant)]
                wrong += [f"{path.relative_to(ROOT)}:{call.lineno}" for call in texts]
    assert wrong == []


def test_underscore_is_no_variable_where_texts_are_marked() -> None:
    """In a function that assigns `_`, the `_` that translates cannot be reached."""
    wrong = []
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names = [one for one in ast.walk(node) if isinstance(one, ast.Name) and one.id == "_"]
                names_of_arguments = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
                stored = any(isinstance(one.ctx, ast.Store) for one in names) or "_" in names_of_arguments
                if stored and any(isinstance(one.ctx, ast.Load) for one in names):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert wrong == []


def test_marked_texts_are_translated_when_they_are_shown() -> None:
    """At the top of a module or of a class a text is marked by `N_`: `_` would keep the language of the import."""
    wrong = []
    for path in SOURCES:
        tree = tree_of(path)
        functions = [
            node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        ]
        inside = {id(call) for function in functions for call in marked_calls(function)}
        wrong += [
            f"{path.relative_to(ROOT)}:{call.lineno}"
            for call in marked_calls(tree)
            if id(call) not in inside and isinstance(call.func, ast.Name) and call.func.id != "N_"
        ]
    assert wrong == []
