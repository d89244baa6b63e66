"""Two dashboards of one person at once: neither undoes the other's settings, nor what is written by hand meanwhile."""

from __future__ import annotations

import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.support.pty_session import Session, arguments

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")

BY_HAND = """# my settings
theme = "tiangong"   # the blue one

[passes]
days = 5  # enough
"""


def wait_until_written(session: Session, path: Path, *words: str) -> None:
    """Until the settings hold some words."""
    for _ in range(100):
        session.read(0.1)
        if all(word in path.read_text() for word in words):
            return
    raise AssertionError(path.read_text())


def test_settings_of_two_dashboards_and_of_a_hand_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text(BY_HAND)
    with Session(tmp_path, *arguments("--paused")) as one, Session(tmp_path, *arguments("--paused")) as other:
        for session in (one, other):
            session.wait_for("? help")
        one.type("t")
        wait_until_written(one, path, "tiangong-day")
        other.type("z")
        wait_until_written(other, path, "utc = true")
        path.write_text(path.read_text().replace("days = 5", "days = 3"))
        other.type("c")
        wait_until_written(other, path, "[map]")
        one.type("m")
        wait_until_written(one, path, "style")
        for session in (one, other):
            session.type("q")
            assert session.wait_for_end() == 0
    text = path.read_text()
    found = tomllib.loads(text)
    assert found["theme"] == "tiangong-day"
    assert found["passes"]["days"] == 3
    assert "utc = true" in text
    assert "style" in found["map"]
    assert len(found["map"]) >= 2
    for comment in ("# my settings", "# enough"):
        assert comment in text
