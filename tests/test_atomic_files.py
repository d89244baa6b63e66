"""Files replaced in one step, also where a reader can be in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import atomic_files


class Refusing:
    """`Path.replace` that is refused a number of times, as on Windows while another program reads the old file."""

    def __init__(self, times: int) -> None:
        self.left, self.tried = times, 0
        self._replace = Path.replace

    def __call__(self, source: Path, target: Path) -> Path:
        self.tried += 1
        if self.left > 0:
            self.left -= 1
            raise PermissionError(13, "Access is denied")
        return self._replace(source, target)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setattr(atomic_files, "REPLACE_WAITS_S", (0.0, 0.0, 0.0))
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_bytes(b"new")
    old.write_bytes(b"old")
    return new, old


def refuse(monkeypatch: pytest.MonkeyPatch, times: int) -> Refusing:
    refusing = Refusing(times)

    def replace(source: Path, target: Path) -> Path:
        return refusing(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    return refusing


def test_replace_file_while_another_copy_reads_is_tried_again_on_windows(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = files
    refusing = refuse(monkeypatch, 3)
    atomic_files.replace_file(new, old, windows=True)
    assert (old.read_bytes(), refusing.tried) == (b"new", 4)


@pytest.mark.parametrize(("windows", "tries"), [(True, 4), (False, 1)])
def test_replace_file_refused_for_good_raises(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, *, windows: bool, tries: int
) -> None:
    new, old = files
    refusing = refuse(monkeypatch, 1000)
    with pytest.raises(PermissionError):
        atomic_files.replace_file(new, old, windows=windows)
    assert (old.read_bytes(), refusing.tried) == (b"old", tries)
