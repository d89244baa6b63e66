"""Runs the command line in its own folders and time zone, without network."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIANGONG_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("TIANGONG_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TIANGONG_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("TIANGONG_OFFLINE", "1")
    monkeypatch.setenv("TZ", "Asia/Karachi")
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "truecolor")  # which `snap` sets for its process, here that of all tests


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the program: exit code, stdout, stderr."""

    def call(*words: str) -> tuple[int, str, str]:
        code = main.main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def shape(run: Callable[..., tuple[int, str, str]]) -> Callable[..., Any]:
    """Run the program and parse its JSON."""

    def call(*words: str) -> Any:
        code, out, _ = run(*words, "--format", "json")
        assert code == 0
        return json.loads(out)

    return call


@pytest.fixture
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test alone, also in the processes it starts."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for variable in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder
