"""Files that the command line writes: whole or not at all, and devices as they are."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sim.errors import TiangongError
from tests.support.platforms import needs_devices, needs_links, needs_named_pipes
from tui.cli.output_file import write_output

if TYPE_CHECKING:
    from collections.abc import Callable


def test_write_output_replaces_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    for content in (b"first", b"second"):
        write_output(path, content)
        assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["x.svg"]


def test_write_output_on_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.svg"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TiangongError, match=r"x\.svg cannot be written: No space left"):
        write_output(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["x.svg"]


def test_write_output_into_a_folder_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(TiangongError, match="cannot be written"):
        write_output(tmp_path / "nowhere" / "x.svg", b"new")
    assert os.listdir(tmp_path) == []


@needs_links
def test_write_output_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_output(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@needs_named_pipes
def test_write_output_into_a_pipe_writes_into_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append((tmp_path / "pipe").read_bytes()), daemon=True)
    reader.start()
    write_output(tmp_path / "pipe", b"new")
    reader.join(30.0)
    assert found == [b"new"]


@needs_devices
def test_write_output_to_a_full_device_is_one_line() -> None:
    with pytest.raises(TiangongError, match="/dev/full cannot be written: No space left"):
        write_output(Path("/dev/full"), b"new")


def test_update_that_cannot_keep_anything_exits_1_and_asks_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str, str]]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TIANGONG_CACHE_DIR", str(tmp_path / "file" / "cache"))
    monkeypatch.delenv("TIANGONG_OFFLINE", raising=False)

    def connect(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.getaddrinfo", connect)
    code, out, _ = run("update")
    assert code == 1
    assert "not asked: the cache folder" in out
    assert "cannot be written" in out
