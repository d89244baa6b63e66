"""Keys of the settings: valid ones are used, invalid ones are reported and kept in the file."""

from __future__ import annotations

import string
import subprocess
import sys
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.keys import Keys

from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.config.keymap import MODIFIERS, NAMES, checked, name_of
from tui.config.options import DashboardOptions
from tui.config.settings import Settings
from tui.config.settings_store import read_settings


def test_name_of_characters_equals_textual() -> None:
    for character in string.ascii_letters + string.digits + string.punctuation.replace(",", ""):
        (binding,) = Binding.make_bindings([Binding(character, "bell")])
        assert name_of(character) == binding.key
    assert name_of(",") == "comma"  # which separates the keys of a binding


def test_key_names_include_all_of_textual() -> None:
    for key in Keys:
        *modifiers, name = key.value.split("+")
        if not key.value.startswith("<") and key.value != "ctrl-at":
            assert MODIFIERS.issuperset(modifiers)
            assert name_of(name) if len(name) == 1 else name in NAMES


@pytest.mark.parametrize(
    ("wanted", "keys", "problem"),
    [
        ({"time.pause": "X"}, {"time.pause": "X"}, ""),
        ({"time.pause": " X , ctrl+space,|"}, {"time.pause": "X,ctrl+space,vertical_line"}, ""),
        ({"theme": "§,_"}, {"theme": "section_sign,underscore"}, ""),
        ({"time.paus": "X"}, {}, "there is no action “time.paus”: did you mean time.pause?"),
        ({"zzz": "X"}, {}, "there is no action “zzz”"),
        ({"theme": "Spacebar"}, {}, "“Spacebar” for theme is not a key: did you mean space?"),
        ({"theme": "Ctrl+Y, U"}, {"theme": "U"}, "“Ctrl+Y” for theme is not a key: did you mean ctrl+y?"),
        ({"theme": ""}, {}, "theme has a key without a name (a comma is written comma)"),
        ({"theme": "X", "update": "X,U"}, {"theme": "X", "update": "U"}, "X is the key of theme and of update: theme"),
        ({"theme": "e"}, {"theme": "e"}, "e is the key of theme and of event.next: theme has it"),
        ({"event.next": "p", "pass.next": "e"}, {"event.next": "p", "pass.next": "e"}, ""),
    ],
)
def test_checked_keys_invalid_ones_are_reported(wanted: dict[str, str], keys: dict[str, str], problem: str) -> None:
    found = checked(wanted)
    assert found.keys == keys
    assert len(found.problems) == bool(problem)
    assert problem in "".join(found.problems)


async def test_dashboard_invalid_keys_of_settings_keep_the_usual_ones() -> None:
    keys = {"time.pause": "Spacebar", "view.crew": "e", "view.orbit": "Z", "view.orbits": "X", "theme": "Z"}
    app = make_app(options=DashboardOptions(offline=True, settings=Settings(keys=keys)))
    async with operating(app, size=(80, 24)) as pilot:
        theme, at, paused = app.theme, app.session.clock.now(), app.session.clock.paused
        await pilot.press("space")
        assert app.session.clock.paused is not paused
        await pilot.press("space", "e")
        assert (app.current_mode, app.session.clock.now()) == ("crew", at)
        await pilot.press("Z")
        assert (app.current_mode, app.theme) == ("orbit", theme)
        await pilot.press("t")
        assert app.theme != theme


def test_read_settings_invalid_keys_are_reported_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\n"theme" = "X"\n"teme" = "Z"\n"update" = "Spacebar"\n')
    found = read_settings(path)
    assert found.settings.keys == {"theme": "X", "teme": "Z", "update": "Spacebar"}
    assert found.problems == (
        "settings.toml: keys: there is no action “teme”: did you mean theme?",
        "settings.toml: keys: “Spacebar” for update is not a key: did you mean space?",
    )


def test_keymap_import_does_not_load_textual() -> None:
    code = "import sys, tui.config.keymap; assert not {'textual', 'rich', 'numpy'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=True, timeout=30)
