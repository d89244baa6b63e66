"""Stories on the screen: each is played to its end, and leaves clock, view and selection where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sim.language import _, use
from sim.stories.library import NAMES, embedded_story
from sim.time import parse_instant
from tests.support.dashboard import StageTime, make_app, panel, proof_text
from tests.support.operating import operating
from tui.config.options import DashboardOptions
from tui.views.base import View
from tui.views.dialogs.stories import StoryList
from tui.widgets.caption_bar import CaptionBar

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from sim.stories.model import Step
    from tui.app import TiangongApp

BEGIN = "2023-07-20T09:00:00Z"


def telling(name: str, at: str | None = BEGIN, *, time: StageTime | None = None, paused: bool = True) -> TiangongApp:
    return make_app(at, time=time, paused=paused, options=DashboardOptions(offline=True, story=name))


def caption(app: TiangongApp) -> CaptionBar:
    return app.screen.query_one(CaptionBar)


def caption_text(app: TiangongApp) -> str:
    return " ".join(caption(app).text.split())


def blanks_left_out(text: str) -> str:
    """A text without blanks: lines of Chinese break between any two characters."""
    return "".join(text.split())


async def check_step(app: TiangongApp, step: Step, stage: StageTime, pilot: Pilot[int]) -> None:
    view = app.screen
    assert isinstance(view, View)
    assert app.current_mode == step.view
    told = "".join(_(sentence.text) for sentence in step.sentences)
    assert blanks_left_out(told) in blanks_left_out(caption_text(app))
    bar, keys = caption(app).region, view.query_one("#keybar").region
    assert bar.bottom == keys.y, "the caption does not stand right above the keys"
    assert bar.width == app.size.width
    if step.select:
        assert view.selection == step.select
    clock = app.session.clock
    if step.unix_s is not None:
        assert clock.now() == pytest.approx(step.unix_s, abs=1e-6)
        assert clock.paused == (step.rate == 0.0)
    if step.until_s is not None and step.unix_s is not None:
        stage.pass_by((step.until_s - step.unix_s) / step.rate + 5.0)
        app.draw()
        assert (clock.now(), clock.paused) == (step.until_s, True)
        await pilot.pause()
        assert _("back to the story") not in caption_text(app)


@pytest.mark.parametrize(
    ("language", "size"),
    [
        ("en", (80, 24)),
        pytest.param("zh_CN", (80, 24), marks=pytest.mark.validation),
        pytest.param("en", (160, 45), marks=pytest.mark.validation),
    ],
)
@pytest.mark.parametrize("name", NAMES)
async def test_story_played_to_its_end_comes_back_to_where_it_began(
    name: str, language: str, size: tuple[int, int]
) -> None:
    use(language)
    stage = StageTime()
    app = telling(name, time=stage)
    async with operating(app, size=size) as pilot:
        story = embedded_story(name, app.session.chronicle)
        for step in story.steps:
            await pilot.pause()
            await check_step(app, step, stage, pilot)
            await pilot.press("space")
        assert not app.screen.query(CaptionBar)
        assert app.session.clock.now() == parse_instant(BEGIN)
        assert app.session.clock.paused
        assert app.current_mode == "station"


async def test_story_left_in_the_middle_gives_back_rate_view_and_selection() -> None:
    stage = StageTime()
    app = make_app(BEGIN, time=stage, paused=False)
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("2")
        view = app.screen
        assert isinstance(view, View)
        await pilot.press("down", "down", "down")
        app.session.clock.set_rate(60.0)
        chosen, begin_s = view.selection, app.session.clock.now()
        await pilot.press("S")
        assert isinstance(app.screen, StoryList)
        await pilot.press("down", "enter")
        assert app.current_mode == "orbit"
        await pilot.press("space", "space", "escape")
        assert app.current_mode == "crew"
        assert isinstance(app.screen, View)
        assert app.screen.selection == chosen
        clock = app.session.clock
        assert (clock.now(), clock.rate, clock.paused) == (begin_s, 60.0, False)


async def test_story_begun_live_ends_live() -> None:
    app = telling("record-walk", None, time=StageTime(), paused=False)
    async with operating(app, size=(100, 30)) as pilot:
        assert not app.session.clock.live
        await pilot.press("escape")
        assert app.session.clock.live


async def test_look_around_in_a_story_is_offered_the_way_back() -> None:
    app = telling("record-walk")
    async with operating(app, size=(120, 30)) as pilot:
        assert "S back to the story" not in caption_text(app)
        await pilot.press("2", "g")
        await pilot.press(*"now", "enter")
        app.draw()
        await pilot.pause()
        assert app.current_mode == "crew"
        assert "S back to the story" in caption_text(app)
        await pilot.press("S")
        assert app.current_mode == "spacewalks"
        assert app.session.clock.now() == parse_instant("2024-12-17T04:51:00Z")
        assert "S back to the story" not in caption_text(app)


async def test_sources_of_a_story_are_those_of_each_sentence() -> None:
    app = telling("way-home")
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("space", "i")
        text = proof_text(app)
        assert "Their successors dock on 31 October 2025" in text
        assert "CCTV evening news, 2025-11-01" in text
        assert "Wikipedia: Shenzhou 20" in text
        assert "later:" not in text
        await pilot.press("escape")
        assert caption(app).caption.number == 2


async def test_filter_typed_during_a_story_takes_its_letters() -> None:
    app = telling("first-crew")
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("2", "slash", *"nie h", "space", "escape")
        assert caption(app).caption.number == 1


async def test_step_before_is_shown_again_by_backspace() -> None:
    app = telling("building")
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("space", "space", "backspace")
        assert (caption(app).caption.number, app.current_mode) == (2, "model")


async def test_keys_of_the_caption_can_be_clicked() -> None:
    app = telling("building")
    async with operating(app, size=(80, 24)) as pilot:
        bar = caption(app)
        x = bar.text.splitlines()[0].index("Space") + 2
        await pilot.click(CaptionBar, offset=(x, 1))
        await pilot.pause()
        assert caption(app).caption.number == 2


async def test_now_in_a_story_that_is_not_known_is_the_last_known_instant_and_says_so() -> None:
    app = telling("tonight", time=StageTime("2026-11-20T12:00:00Z"))
    async with operating(app, size=(80, 24)) as pilot:
        assert "Where it is now is not known" in caption_text(app)
        assert app.session.clock.now() < parse_instant("2026-10-12")
        await pilot.press("escape")
        assert app.session.clock.now() == parse_instant(BEGIN)


async def test_story_on_a_known_now_is_live() -> None:
    app = telling("tonight", time=StageTime())
    async with operating(app, size=(80, 24)):
        assert app.session.clock.live
        assert "not known" not in caption_text(app)


async def test_theatre_opened_in_a_story_has_its_own_keys() -> None:
    app = telling("tonight", time=StageTime())
    async with operating(app, size=(100, 30)) as pilot:
        await pilot.press("w")
        await pilot.until(lambda: app.controls.theatre.theatre is not None)
        assert app.controls.theatre.theatre is not None
        await pilot.press("escape")
        assert app.controls.theatre.theatre is None
        assert caption(app).caption.number == 1


async def test_notice_in_a_story_covers_no_caption() -> None:
    app = telling("tonight", time=StageTime())
    async with operating(app, size=(80, 24), notifications=True) as pilot:
        app.notify("two lines of a notice, as long as they come", timeout=30)
        await pilot.until(lambda: app.screen.query("Toast"))
        await pilot.pause()
        toasts = list(app.screen.query("Toast"))
        assert toasts
        assert all(toast.region.bottom <= caption(app).region.y for toast in toasts)
        await pilot.press("escape")
        assert max(toast.region.bottom for toast in app.screen.query("Toast")) == 23


async def test_story_that_does_not_exist_is_told_in_one_line() -> None:
    app = telling("nothing")
    async with operating(app, size=(80, 24), notifications=True) as pilot:
        await pilot.until(lambda: app.screen.query("Toast"))
        assert not app.screen.query(CaptionBar)
        assert any("there is no story" in str(toast.render()) for toast in app.screen.query("Toast"))


async def test_palette_finds_a_story_and_tells_it() -> None:
    app = make_app(BEGIN)
    async with operating(app, size=(120, 40)) as pilot:
        await pilot.press("ctrl+p", *"building the t")
        await pilot.until(lambda: "Building the T" in pilot.text)
        await pilot.press("down", "enter")
        assert caption(app).caption.title == "Building the T"


async def test_caption_in_a_new_size_takes_the_rows_it_needs() -> None:
    app = telling("tonight", time=StageTime())
    async with operating(app, size=(160, 45)) as pilot:
        before = caption(app).region.height
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        bar = caption(app)
        assert bar.region.height > before
        assert "type your town." in caption_text(app)
        assert bar.region.bottom == 23


async def test_footer_in_a_story_offers_no_key_that_the_story_has() -> None:
    app = make_app(BEGIN)
    async with operating(app, size=(250, 70)) as pilot:
        assert "Space pause" in panel(app, "keybar").text
        assert "S story" in panel(app, "keybar").text
        app.controls.stories.tell("record-walk")
        await pilot.pause()
        app.draw()
        await pilot.pause()
        assert "Space pause" not in panel(app, "keybar").text
        assert "faster" in panel(app, "keybar").text
        await pilot.press("escape")
        assert "Space pause" in panel(app, "keybar").text


@pytest.mark.parametrize("size", [(160, 45), (250, 70)])
async def test_panels_beside_the_map_end_above_the_caption(size: tuple[int, int]) -> None:
    app = telling("tonight", time=StageTime())
    async with operating(app, size=size):
        top = caption(app).region.y
        assert [name for name in ("telemetry", "crew", "ports", "events", "pass", "band", "walks")
                if (part := panel(app, name)).display and part.region.bottom > top] == []  # fmt: skip
        below = panel(app, "walks").region.y
        beside = [
            part for name in ("telemetry", "crew", "ports", "events", "pass") if (part := panel(app, name)).display
        ]
        assert all(part.region.bottom <= below for part in beside)


async def test_caption_in_a_tiny_terminal_leaves_room_for_the_view() -> None:
    app = telling("tonight", time=StageTime())
    async with operating(app, size=(30, 12)) as pilot:
        assert caption(app).region.height == 2 + 12 // 3
        assert caption_text(app).endswith("…")
        await pilot.press("space", "space", "space", "space")
        assert not app.screen.query(CaptionBar)
