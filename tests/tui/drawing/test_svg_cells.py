"""Pictures in SVG: wide characters take two cells."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from tui.drawing.svg_cells import with_cell_widths

CELL = 12.2


def picture(text: str) -> str:
    console = Console(width=40, height=3, file=io.StringIO(), record=True, force_terminal=True)
    console.print(text, highlight=False, markup=False)
    return console.export_svg(title="x")


def places(svg: str) -> dict[str, float]:
    """The middle of each text in cells, by the text."""
    found = {}
    for attributes, text in re.findall(r"<text ([^>]*)>([^<]+)</text>", svg):
        if "clip-path" not in attributes:
            continue
        x = float(re.findall(r' x="([\d.]+)"', " " + attributes)[0])
        length = re.findall(r'textLength="([\d.]+)"', attributes)
        found[text] = (x + float(length[0]) / 2 if length else x) / CELL
    return found


def test_with_cell_widths_wide_characters_stand_in_the_middle_of_two_cells() -> None:
    where = places(with_cell_widths(picture("Zhu 朱杨 SZ")))
    assert where["朱"] == pytest.approx(5.0)
    assert where["杨"] == pytest.approx(7.0)
    assert abs(where["Zhu&#160;"] - 2.0) < 1e-6
    after = next(value for text, value in where.items() if "SZ" in text)
    assert after >= 8.0


def test_with_cell_widths_without_wide_characters_is_unchanged() -> None:
    svg = picture("plain text & <tags> ⠿")
    assert with_cell_widths(svg) == svg


def test_with_cell_widths_escapes_again_what_was_escaped() -> None:
    svg = with_cell_widths(picture("朱 <b> & 'x'"))
    assert "<b>" not in svg
    assert "&lt;b&gt;" in svg
    assert "&amp;" in svg


@pytest.mark.parametrize(
    ("block", "share"),
    [("▀", 1 / 2), ("█", 1.0), ("▌", 1 / 2), ("▂", 1 / 4), ("▊", 3 / 4), ("▚", 1 / 2), ("▜", 3 / 4), ("🬂", 1 / 3),
     ("🬻", 5 / 6), ("\U0001cd00", 1 / 8)],
)  # fmt: skip
def test_with_cell_widths_blocks_fill_their_share_of_the_cell(block: str, share: float) -> None:
    svg = with_cell_widths(picture(f"ab{block}c"))
    paths = re.findall(r'<path class="[^"]+" shape-rendering="crispEdges" d="([^"]+)"', svg)
    assert len(paths) == 1
    areas = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-([\d.]+)z", paths[0])
    assert sum(float(width) * float(height) for _, _, width, height, _ in areas) == pytest.approx(
        share * CELL * 24.65, rel=1e-3
    )
    for left, _, width, _, back in areas:
        assert width == back
        assert 2 * CELL - 0.01 <= float(left) <= float(left) + float(width) <= 3 * CELL + 0.01
    assert block not in svg
    where = places(svg)
    assert where["ab"] == pytest.approx(1.0)
    assert where["c"] == pytest.approx(3.5)


def test_with_cell_widths_upper_half_lies_over_the_lower_half() -> None:
    upper, lower = (float(re.findall(r'd="M[\d.]+ ([\d.]+)h', with_cell_widths(picture(block)))[0]) for block in "▀▄")
    assert lower - upper == pytest.approx(24.65 / 2, abs=0.01)
