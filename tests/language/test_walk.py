"""Every view, dialog and command in Chinese: no English is left in those that are finished.

The lists grow until they hold all; `python -m tests.support.untranslated` prints what is left anywhere.
"""

from __future__ import annotations

import pytest

from sim.language import use
from tests.support.untranslated import (
    DIALOGS,
    SIZES,
    command_texts,
    dialog_texts,
    untranslated,
    view_texts,
)
from tui.cli.commands import COMMANDS
from tui.config.settings import VIEW_NAMES
from tui.widgets import selectable

pytestmark = pytest.mark.validation

FINISHED_VIEWS: tuple[str, ...] = VIEW_NAMES
FINISHED_DIALOGS: tuple[str, ...] = tuple(name for name in DIALOGS if name not in {"bookmarks", "sources"})
"""Bookmarks and titles of sources stand in the language they were written in."""
FINISHED_COMMANDS: tuple[str, ...] = tuple(COMMANDS)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", FINISHED_VIEWS)
async def test_view_has_no_english(name: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectable, "LEAST_PROOF", 1000)  # titles of sources, as above
    use("zh_CN")
    assert untranslated("\n".join(await view_texts(name, size))) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", FINISHED_DIALOGS)
async def test_dialog_has_no_english(name: str, size: tuple[int, int]) -> None:
    use("zh_CN")
    assert untranslated("\n".join(await dialog_texts(name, size))) == []


@pytest.mark.parametrize("name", FINISHED_COMMANDS)
def test_command_has_no_english(name: str) -> None:
    assert untranslated("\n".join(command_texts(name))) == []


def test_lists_name_what_there_is() -> None:
    assert set(FINISHED_VIEWS) <= set(VIEW_NAMES)
    assert set(FINISHED_DIALOGS) <= DIALOGS.keys()
    assert set(FINISHED_COMMANDS) <= COMMANDS.keys()


def test_english_is_found_between_names_and_abbreviations() -> None:
    text = "Shenzhou-19 神舟十九号 docks at the forward port · UTC 12:00 · Cai Xuzhe 指令长 · --at T · see README.toml"
    assert untranslated(text) == ["docks", "the forward port", "see"]
