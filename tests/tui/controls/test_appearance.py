"""Theme and characters, without an app."""

from __future__ import annotations

import pytest

from tests.support.host import FakeAppHost
from tui.config.settings import MapStyle, Settings
from tui.controls.appearance import Appearance
from tui.drawing import themes
from tui.session.preferences import Preferences


def appearance(host: FakeAppHost, *, map_style: MapStyle = "earth", ascii_only: bool = False) -> Appearance:
    preferences = Preferences(Settings(map_style=map_style), host.post_message)
    return Appearance(host, preferences, ascii_only=ascii_only)


@pytest.mark.parametrize(
    ("map_style", "ascii_only", "term", "plain"),
    [
        ("earth", False, "xterm-256color", False),
        ("ascii", False, "xterm-256color", True),
        ("earth", True, "xterm-256color", True),
        ("earth", False, "linux", True),
    ],
)
def test_appearance_plain_characters_go_with_map_encoding_and_console(
    monkeypatch: pytest.MonkeyPatch, *, map_style: MapStyle, ascii_only: bool, term: str, plain: bool
) -> None:
    monkeypatch.setenv("TERM", term)
    assert appearance(FakeAppHost(), map_style=map_style, ascii_only=ascii_only).plain_characters is plain


def test_theme_after_walks_through_all() -> None:
    host = FakeAppHost()
    look = appearance(host)
    theme, seen = "unknown", []
    for _ in themes.CYCLE:
        theme = look.theme_after(theme)
        seen.append(theme)
    assert seen == list(themes.CYCLE)
    assert look.theme_after(theme) == themes.CYCLE[0]
