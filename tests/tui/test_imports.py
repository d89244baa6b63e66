"""Textual comes without what no start needs, and all of it can be had afterwards."""

from __future__ import annotations

import subprocess
import sys

import pytest

START = (
    "import sys; from tui.imports import import_textual; import_textual(); import textual.app; loaded = sys.modules; "
)


def told(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_start_loads_neither_openssl_nor_the_widgets_of_the_types() -> None:
    names = ("ssl", "textual.types", "textual.widgets._directory_tree", "textual.widgets._select")
    assert told(f"{START} print([name for name in {names} if name in loaded])") == "[]"


@pytest.mark.parametrize(
    ("use", "answer"),
    [
        ("import textual.types; print(textual.types.DirEntry.__name__)", "DirEntry"),
        ("from textual.widgets import Select; print(Select.__name__)", "Select"),
        ("import ssl; print(ssl.create_default_context().check_hostname)", "True"),
        ("import httpx; httpx.Client().close(); print('ssl' in loaded)", "True"),
    ],
)
def test_what_was_left_out_can_be_imported_later(use: str, answer: str) -> None:
    assert told(START + use) == answer


def test_another_textual_is_imported_as_usual() -> None:
    """One whose palette asks `types` for what is not in `_types`."""
    missing = "import textual._types as t; del t.IgnoreReturnCallbackType; "
    restore = "import importlib; importlib.reload(t); "
    code = (
        f"import sys; {missing}from tui.imports import import_textual; import_textual(); "
        f"print('textual.types' in sys.modules); {restore}import textual.app; print(textual.app.App.__name__)"
    )
    assert told(code) == "False\nApp"
