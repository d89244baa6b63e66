"""The file of bookmarks and alarms: bounded, cleaned, written whole, and a damaged one is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from sim.errors import SettingsError
from tui.config.state_file import (
    FILE_NAME,
    LARGEST_BYTES,
    MOST_ALARMS,
    MOST_BOOKMARKS,
    Alarm,
    Bookmark,
    State,
    change_state,
    read_state,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIANGONG_STATE_DIR", str(tmp_path))
    return tmp_path / FILE_NAME


def test_state_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIANGONG_STATE_DIR", str(tmp_path / "folder"))
    assert read_state() == State()
    mark = Bookmark("the record", 1734422400.0, "spacewalks", "17")
    written = change_state(lambda state: msgspec.structs.replace(state, bookmarks=(mark,)))
    assert read_state() == written == State(bookmarks=(mark,))
    change_state(lambda state: msgspec.structs.replace(state, alarms=(Alarm(2.0, "Lahore", "high"),)))
    assert read_state().bookmarks == (mark,)


@pytest.mark.usefixtures("path")
def test_state_keeps_the_newest_bookmarks_and_the_next_alarms() -> None:
    marks = tuple(Bookmark(f"{k}", float(k)) for k in range(MOST_BOOKMARKS + 5))
    alarms = tuple(Alarm(float(k), "here", "") for k in range(MOST_ALARMS + 5))
    kept = change_state(lambda _: State(marks, alarms))
    assert kept.bookmarks == marks[5:]
    assert kept.alarms == alarms[:MOST_ALARMS]


def test_state_texts_cannot_reach_the_terminal_as_commands(path: Path) -> None:
    mark = Bookmark("a\x1b[2Jb\n", 0.0)
    path.write_bytes(msgspec.json.encode(State(bookmarks=(mark,))))
    (read,) = read_state().bookmarks
    assert not any(ord(char) < 32 for char in read.name)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"bookmarks": [{"name": 1}]}', b'{"bookmarks": [{"name": "x", "unix_s": 1e300}]}', b"\xff\xfe",
     b"[" * 50_000, b" " * (LARGEST_BYTES + 1)],
)  # fmt: skip
def test_state_damaged_file_is_told_of_and_set_aside(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"state\.json"):
        read_state()
    mark = Bookmark("x", 1.0)
    assert change_state(lambda state: State((*state.bookmarks, mark))).bookmarks == (mark,)
    assert path.with_name("state.json.unreadable").read_bytes() == content


def test_state_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIANGONG_STATE_DIR", str(tmp_path / "file"))
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError) as error:
        change_state(lambda state: state)
    assert "\n" not in str(error.value)
