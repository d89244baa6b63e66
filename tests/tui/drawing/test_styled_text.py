"""Lines of styled text have exact widths in cells, also with Chinese names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.drawing.styled_text import (
    Run,
    bar,
    break_offsets,
    characters,
    choose,
    fit,
    line_width,
    pad,
    plain,
    spread,
    width,
    wrap,
)

TEXTS = st.text(alphabet="ab cdé天宫神舟·★", max_size=40)


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20))
def test_characters_keep_the_text_and_its_width(text: str) -> None:
    found = characters(text)
    head = text[: len(text) - len("".join(character for character, _ in found))]
    assert head + "".join(character for character, _ in found) == text
    assert width(head) == 0
    assert [size for _, size in found] == [width(character[0]) for character, _ in found]


@given(text=TEXTS, cells=st.integers(0, 60))
def test_pad_gives_exactly_the_cells_asked_for(text: str, cells: int) -> None:
    assert width(pad(text, cells)) == cells
    assert width(pad(text, cells, right=True)) == cells


@given(texts=st.lists(TEXTS, max_size=5), cells=st.integers(0, 60))
def test_fit_gives_exactly_the_cells_asked_for(texts: list[str], cells: int) -> None:
    line = tuple(Run(text) for text in texts)
    assert line_width(fit(line, cells)) == cells


def test_fit_long_text_is_cut_at_end_of_word() -> None:
    assert plain(fit((Run("the orbit is raised by ten"),), 16)) == "the orbit is…   "


@given(left=TEXTS, right=TEXTS, cells=st.integers(1, 60))
def test_spread_fills_the_row_and_separates_both(left: str, right: str, cells: int) -> None:
    line = spread((Run(left),), (Run(right),), cells)
    assert line_width(line) == cells
    if width(left) + width(right) < cells:
        assert plain(line).startswith(left)
        assert plain(line).endswith(right)


def test_choose_takes_longest_that_fits() -> None:
    variants = ((Run("everything there is"),), (Run("less"),))
    assert plain(choose(30, *variants)).strip() == "everything there is"
    assert plain(choose(8, *variants)).strip() == "less"


@given(text=TEXTS, cells=st.integers(2, 30))
def test_wrap_keeps_words_and_width(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(line_width(line) <= cells for line in lines)
    joined = "".join(plain(line) for line in lines).replace(" ", "")
    assert joined == "".join(text.split())


@given(share=st.floats(-0.5, 1.5), cells=st.integers(1, 40))
def test_bar_has_exact_width_and_grows_with_share(share: float, cells: int) -> None:
    assert len(bar(share, cells)) == cells
    assert bar(share, cells).rstrip(" ").count("█") <= bar(share + 0.2, cells).count("█")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2021年7月1日，空间站载着三名航天员，避开卫星 Starlink-1095。", 3),
        ("结束，历时 9:06：蔡旭哲、宋令东（神舟十九号）完成“破纪录”的出舱。", 4),
        ("签署人是主席穆罕默德·优素福·汗。", 2),
    ],
)
def test_wrap_breaks_chinese_anywhere_but_before_a_comma(text: str, lines: int) -> None:
    found = [plain(line) for line in wrap(text, 20)]
    assert len(found) == lines
    assert all(width(line) <= 20 for line in found)
    assert all(line[0] not in "，。、：）”·" and line[-1] not in "（“" for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_fit_cuts_chinese_behind_a_character() -> None:
    assert plain(fit((Run("避开卫星 空间站载着三名航天员"),), 18)) == "避开卫星 空间站载…"


@pytest.mark.parametrize("cells", [2, 7, 20, 76])
def test_break_offsets_of_chinese_fit_and_begin_no_line_with_a_comma(cells: int) -> None:
    text = (
        "用 SGP4 外推空间站已公布的轨道根数（TLE、OMM），距离 400 km；“现在”只是其中一个时刻。tests/orbit/test_oem.py"
    )
    edges = (0, *break_offsets(text, cells), len(text))
    lines = [text[start:end] for start, end in pairwise(edges)]
    assert "".join(lines) == text
    assert max(width(line.rstrip()) for line in lines) <= cells
    if cells > 6:
        assert [line for line in lines if line[0] in "，。；：、）”"] == []
        assert [line for line in lines if line.rstrip()[-1] in "（“"] == []
    if cells == 76:
        assert width(lines[0].rstrip()) > cells - 4  # the line is filled although hardly a space stands in it
