"""Charts: curves, and labels that stay readable."""

from __future__ import annotations

import re

import pytest

from tests.support.dashboard import make_session
from tui.drawing.canvas import BRAILLE, Stroke
from tui.drawing.chart import Chart, line_of, merged
from tui.drawing.styled_text import Run, plain
from tui.views.orbit.altitude_history import SPANS_DAYS, AltitudeHistoryChart


def rows(chart: Chart) -> list[str]:
    return [plain(line) for line in chart.lines()]


def test_chart_labels_keep_a_cell_apart_or_are_left_out() -> None:
    chart = Chart(12, 2, (0.0, 1.0), (0.0, 1.0))
    assert chart.label(3, 0, "+10", "good")
    assert not chart.label(1, 0, "+3", "good")
    assert not chart.label(6, 0, "+3", "good")
    assert chart.label(7, 0, "+3", "good")
    assert chart.label(3, 1, "+4", "good")
    assert [row.replace("⠀", " ").rstrip() for row in rows(chart)] == ["   +10 +3", "   +4"]


def test_chart_label_accents_take_no_cell() -> None:
    chart = Chart(6, 1, (0.0, 1.0), (0.0, 1.0))
    assert chart.label(1, 0, "i\u0307\u0304\u5929\u0304x", "good")
    assert rows(chart) == [" i\u0307\u0304\u5929\u0304x "]


def test_chart_labels_at_edges_are_whole() -> None:
    chart = Chart(10, 1, (0.0, 1.0), (0.0, 1.0))
    assert chart.label(-1, 0, "+10", "good")
    assert chart.label(9, 0, "+7", "good")
    assert rows(chart)[0].replace("⠀", " ") == "+10     +7"
    assert not Chart(2, 1, (0.0, 1.0), (0.0, 1.0)).label(0, 0, "+10", "good")


@pytest.mark.parametrize("span", range(len(SPANS_DAYS)))
@pytest.mark.parametrize("size", [(40, 8), (78, 12), (200, 30)])
def test_altitude_chart_labels_are_detected_raises(span: int, size: tuple[int, int]) -> None:
    session = make_session("2026-10-08T12:00:00Z")
    session.altitude, _ = session.read_altitude()
    frame = session.frame()
    assert frame.altitude is not None
    chart = AltitudeHistoryChart()
    chart.span_index = span
    text = "\n".join(map(plain, chart.draw(frame, *size)))
    assert not re.search(r"\+\+|\+\d+\+", text)
    labels = [int(word) for word in re.findall(r"\+(\d+)", text)]
    assert labels or SPANS_DAYS[span] < 180
    assert set(labels) <= {round(burn.size_km) for burn in frame.altitude.at(frame.unix_s).burns if burn.size_km >= 1}


def test_line_of_dots_and_texts_gives_runs_of_one_style() -> None:
    below, above = (Stroke(6, 1, BRAILLE, wraps=False) for _ in range(2))
    below.line((0, 0), (11, 0))
    above.line((4, 3), (7, 3))
    dots = merged([(below, "faint"), (above, "path")])
    texts = {(4, 0): ("天", "mark"), (5, 0): ("", "mark")}
    assert line_of(0, 6, dots, texts) == (Run("⠉⠉", "faint"), Run("⣉⣉", "path"), Run("天", "mark"))
    assert line_of(0, 2, {}, {}) == (Run("  "),)
