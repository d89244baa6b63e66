"""`--story`: text where there is no screen, one line for what cannot be told; the greeting of the first start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sim.chronicle import embedded_chronicle
from sim.stories.library import NAMES, embedded_story
from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.cli.main import main
from tui.config.options import DashboardOptions
from tui.config.state_file import FILE_NAME, Bookmark, State, change_state, read_state
from tui.controls.teller import OFFER

if TYPE_CHECKING:
    from pathlib import Path

    from tui.app import TiangongApp


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"TIANGONG_{name}_DIR", str(tmp_path / name.lower()))
    return tmp_path / "state"


@pytest.mark.parametrize("name", NAMES)
def test_plain_story_prints_every_sentence_and_numbers_every_source(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--plain", "--story", name]) == 0
    out = capsys.readouterr().out
    told, _, sources = out.partition("\nSources\n")
    story = embedded_story(name, embedded_chronicle())
    flat = re.sub(r" \[[\d, ]+\]", "", " ".join(told.split()))
    for step in story.steps:
        assert step.text in flat
    numbers = {int(number) for group in re.findall(r"\[([\d, ]+)\]", told) for number in group.split(",")}
    assert numbers == {int(number) for number in re.findall(r"^\[(\d+)\]", sources, re.MULTILINE)}
    assert max(map(len, out.splitlines())) <= 80


def test_story_without_a_terminal_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--story", "building"]) == 0
    found = capsys.readouterr()
    assert found.out.startswith("Building the T\n")
    assert "here is the story as text" in found.err


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("buildings", "tiangong: there is no story “buildings”: did you mean building?\n"),
        ("none.toml", "tiangong: none.toml: cannot be read: No such file or directory\n"),
        ("\x1b[31mred", "tiangong: there is no story “[31mred”: there are first-crew"),
    ],
)
def test_story_that_cannot_be_told_is_one_line(
    wanted: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--plain", "--story", wanted]) == 1
    found = capsys.readouterr()
    assert found.err.startswith(said)
    assert found.err.count("\n") == 1
    assert found.out == ""


@pytest.fixture
def greeting_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.GREETING_S", 0.05)


async def notices_of(app: TiangongApp) -> list[str]:
    async with operating(app, size=(100, 30), notifications=True) as pilot:
        await pilot.pause(0.3)
        return [str(toast.render()) for toast in app.screen.query("Toast")]


@pytest.mark.usefixtures("greeting_at_once")
async def test_first_start_offers_the_stories_in_one_line_and_no_later_one_does(own_folders: Path) -> None:
    options = DashboardOptions(offline=True, greets=True)
    assert any(OFFER in text for text in await notices_of(make_app(options=options)))
    assert read_state().welcomed
    assert not any(OFFER in text for text in await notices_of(make_app(options=options)))


@pytest.mark.usefixtures("greeting_at_once")
async def test_first_start_that_cannot_remember_says_nothing(own_folders: Path) -> None:
    own_folders.write_text("no folder")
    options = DashboardOptions(offline=True, greets=True)
    assert not any(OFFER in text for text in await notices_of(make_app(options=options)))


def test_welcome_is_kept_when_a_bookmark_is(own_folders: Path) -> None:
    change_state(lambda state: State(state.bookmarks, state.alarms, True))
    change_state(lambda state: State((*state.bookmarks, Bookmark("a", 0.0)), state.alarms, state.welcomed))
    assert (own_folders / FILE_NAME).is_file()
    assert read_state().welcomed
