"""ASCII mode: every character on the screen is ASCII, but for letters of names."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len

import tui
from sim.language import use
from tests.support.dashboard import RECORD_WALK, make_app
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.config.actions import VIEWS
from tui.config.options import DashboardOptions
from tui.config.settings import Settings
from tui.drawing.ascii_characters import CHARACTERS


def beyond(text: str) -> set[str]:
    """Signs beyond Latin-1; names keep their letters, also the Chinese ones."""
    signs = {char for char in text if ord(char) > 0xFF and unicodedata.category(char)[0] != "L"}
    return {sign for sign in signs if unicodedata.east_asian_width(sign) not in "WF"}


def plain_app() -> TiangongApp:
    return make_app(
        "2026-10-08T12:00:00Z", options=DashboardOptions(offline=True, settings=Settings(map_style="ascii"))
    )


@pytest.mark.validation
@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=str)
async def test_ascii_mode_every_view_is_ascii(size: tuple[int, int]) -> None:
    app = plain_app()
    async with operating(app, size=size) as pilot:
        for key in [*(str(digit) for digit in range(1, len(VIEWS) + 1)), "w", "question_mark"]:
            await pilot.press(key)
            assert beyond(pilot.text) == set(), key


async def test_map_style_key_switches_ascii_mode_on_and_off() -> None:
    app = make_app(RECORD_WALK)
    async with operating(app, size=(120, 36)) as pilot:
        await pilot.press("m", "m")  # past the Earth and braille to half blocks
        await pilot.pause()
        app.clear_notifications()
        await pilot.pause()
        assert beyond(pilot.text)
        await pilot.press("m")
        assert beyond(pilot.text) == set()
        await pilot.press("right_curly_bracket")
        assert beyond(pilot.text) == set()
        await pilot.press("m")
        assert {"╭", "⠤"} <= beyond(pilot.text)


async def test_linux_console_starts_in_ascii_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    app = make_app(RECORD_WALK)
    async with operating(app, size=(80, 24)) as pilot:
        assert beyond(pilot.text) == set()


@pytest.mark.parametrize(
    ("term", "code", "shown"), [("linux", "en", False), ("linux", "zh_CN", True), ("xterm", "en", True)]
)
async def test_linux_console_leaves_chinese_names_blank_but_for_readers_of_chinese(
    term: str, code: str, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    use(code)
    async with operating(make_app(RECORD_WALK), size=(160, 45)) as pilot:
        assert any("\u4e00" <= character <= "\u9fff" for character in pilot.text) is shown
        assert max(cell_len(line) for line in pilot.text.splitlines()) == 160
        assert "Cai Xuzhe" in pilot.text


def test_characters_of_the_program_all_have_a_replacement() -> None:
    sources = [path.read_text() for path in Path(tui.__file__).parent.rglob("*.py")]
    assert beyond("".join(sources)) <= {chr(code) for code in CHARACTERS}


def test_replacements_are_one_ascii_cell() -> None:
    assert all(len(plain) == 1 and plain.isascii() for plain in CHARACTERS.values())


@pytest.mark.parametrize(
    ("dots", "plain"), [("⠉", "'"), ("⠤", "-"), ("⣀", "_"), ("⡇", "|"), ("⢸", "|"), ("⠔", "/"), ("⠢", "\\"), ("⣿", "#"),
                        ("⠁", "'"), ("⢀", "."), ("⠑", "\\"), ("⠊", "/")]
)  # fmt: skip
def test_braille_is_replaced_by_similar_stroke(dots: str, plain: str) -> None:
    assert dots.translate(CHARACTERS) == plain
