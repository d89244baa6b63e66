"""`tiangong record`: the file is an asciicast of the view, and the same each time."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pyte
import pytest
from rich.style import Style

from sim.time import parse_instant
from tests.support.dashboard import make_app
from tests.support.operating import operating
from tui.cli.commands import record
from tui.cli.main import main
from tui.cli.output.asciicast import Cast, Rows, seen_parts
from tui.config.options import DashboardOptions

if TYPE_CHECKING:
    from pathlib import Path

SIZE = (80, 24)


def recorded(count: int = 4, *, view: str = "station") -> str:
    options = DashboardOptions(
        offline=True, at_unix_s=parse_instant("2024-12-17T13:46:00Z"), rate=300.0, view=view, greets=False
    )
    return asyncio.run(record.film(options, SIZE, count, 10.0))


def played(text: str) -> list[list[str]]:
    """What a terminal shows after each event."""
    head, *events = map(json.loads, text.splitlines())
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.Stream(screen)
    shown = []
    for _at_s, kind, data in events:
        assert kind == "o"
        stream.feed(data)
        shown.append(list(screen.display))
    return shown


def test_recording_is_an_asciicast_that_moves_with_its_rate() -> None:
    text = recorded()
    head, *events = map(json.loads, text.splitlines())
    assert (head["version"], head["width"], head["height"]) == (2, *SIZE)
    assert [at_s for at_s, _, _ in events] == [0.0, 0.1, 0.2, 0.3, 1.3]
    screens = played(text)
    assert "2024-12-17 13:46:00Z" in screens[0][0]
    assert "2024-12-17 13:47:30Z" in screens[-1][0]  # 0.3 s at 300x
    assert "1map" in screens[-1][-1]
    assert len(events[1][2]) < len(events[0][2]) / 3  # only what changed


@pytest.mark.validation
@pytest.mark.parametrize("size", [(60, 16), (120, 40)])
async def test_seen_parts_are_the_widgets_of_each_cell(size: tuple[int, int]) -> None:
    """With dialogs over the view, lists that scroll, and notifications."""
    app = make_app()
    async with operating(app, size, notifications=True) as pilot:
        app.notify("over all")
        for keys in (("pause",), ("2",), ("3",), ("4", "i"), ("escape", "question_mark", "down"), ("escape", "ctrl+p")):
            await pilot.press(*keys)
            screen = app.screen
            for y, parts in enumerate(seen_parts(screen)):
                cells = [(widget, part.x + x, part.y) for widget, part in parts for x in range(part.width)]
                at = [screen.get_widget_at(x, y) for x in range(screen.size.width)]
                assert cells == [(widget, x - region.x, y - region.y) for x, (widget, region) in enumerate(at)]


def test_recording_made_twice_is_the_same() -> None:
    assert recorded(3, view="crew") == recorded(3, view="crew")


def test_cast_writes_the_changed_cells_and_never_half_a_wide_character() -> None:
    plain = Style()

    def row(text: str) -> Rows:
        cells = []
        for char in text:
            cells.append((char, plain))
            if not char.isascii():
                cells.append(("", plain))
        return (tuple(cells),)

    cast = Cast(6, 1, "")
    cast.take(0.0, row("ab天cd"))
    cast.take(0.1, row("ab天cd"))
    cast.take(0.2, row("ab宫ce"))
    assert len(cast.text.splitlines()) == 3
    assert [line[0].rstrip() for line in played(cast.text)] == ["ab天cd", "ab宫ce"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--output", "x.svg"], "must end in .cast"),
        (["--output", "x.cast", "--rate", "-60"], "runs forwards"),
        (["--output", "x.cast", "--at", "2024-12-17", "--end", "2024-12-16"], "--end lies before"),
        (["--output", "x.cast", "--duration", "20h"], "use --rate 120"),
        (["--output", "x.cast", "--duration", "601s"], "use --rate 1.01"),
    ],
)
def test_record_mistake_is_one_line(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", *words]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--at", "2024-12-17"], ["--duration", "601s", "--rate", "1.01"]])
def test_record_without_a_span_or_with_the_rate_it_advises_is_taken(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []

    async def film(_options: DashboardOptions, _size: tuple[int, int], count: int, _fps: float) -> str:
        counts.append(count)
        return ""

    monkeypatch.setattr(record, "film", film)
    assert main(["record", *words, "--output", str(tmp_path / "x.cast")]) == 0
    assert 5900 < counts[0] <= record.MOST_FRAMES


def test_record_writes_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "walk.cast"
    words = ["--at", "2024-12-17T13:46:00Z", "--duration", "2s", "--rate", "10", "--size", "80x24", "--offline"]
    assert main(["record", *words, "--place", "Islamabad", "--output", str(path)]) == 0
    assert "3 frames" in capsys.readouterr().err
    assert len(played(path.read_text())) >= 3
