"""Theme and characters, without an app."""

from __future__ import annotations

import pytest

from tests.support.host import FakeAppHost
from tui.config.settings import MapStyle, Settings
from tui.controls.appearance import Appearance
from tui.drawing import themes
from tui.messages import Notice
from tui.session.preferences import Preferences


def appearance(host: FakeAppHost, *, map_style: MapStyle = "earth", ascii_only: bool = False) -> Appearance:
    preferences = Preferences(Settings(map_style=map_style), host.post_message)
    return Appearance(host, preferences, lambda: None, ascii_only=ascii_only)


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


def test_next_theme_walks_through_all_and_keeps_each() -> None:
    host = FakeAppHost()
    host.theme = "unknown"
    look, seen = appearance(host), []
    for _ in themes.CYCLE:
        look.next_theme()
        seen.append(host.theme)
    assert seen == list(themes.CYCLE)
    look.next_theme()
    assert host.theme == themes.CYCLE[0]
    assert [notice.text for notice in host.messages if isinstance(notice, Notice)] == [*seen, seen[0]]
