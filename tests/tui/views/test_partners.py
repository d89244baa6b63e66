"""View 7: the programme as it was known at an instant, its steps, and the checked facts within three keys."""

from __future__ import annotations

import pytest

from sim.chronicle import embedded_chronicle
from sim.time import parse_instant
from tests.support.dashboard import make_app, panel
from tui.app import TiangongApp

TODAY = "2026-10-04T12:00:00Z"


def flat(app: TiangongApp, name: str) -> str:
    """The text without its line breaks."""
    return " ".join(panel(app, name).text.split())


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (250, 70)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_checked_fact_is_within_three_keys_in_its_corrected_form(size: tuple[int, int]) -> None:
    seen: set[int] = set()
    for third in (None, "pagedown"):
        app = make_app(TODAY)
        async with app.run_test(size=size) as pilot:
            keys = [key for key in ("7", "left", third) if key]
            assert len(keys) <= 3
            await pilot.press(*keys)
            await pilot.pause()
            text = flat(app, "facts")
            seen |= {claim.number for claim in embedded_chronicle().claims if " ".join(claim.corrected.split()) in text}
    assert seen == set(range(1, 14))


async def test_340_km_are_211_miles() -> None:
    app = make_app(TODAY)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.press("7")
        await pilot.pause()
        assert "between 211 and 280 miles (340 to 450 km)" in flat(app, "facts")
        assert "217 and" not in flat(app, "facts").split("how they were checked")[0]


async def test_the_agreement_with_its_people_and_spellings() -> None:
    app = make_app(TODAY)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.press("7")
        await pilot.pause()
        text = flat(app, "story")
        for words in ("2025-02-28 05:45Z", "SUPARCO", "CMSE", "Islamabad", "Lin Xiqiang", "Muhammad Yousuf Khan",
                      "Mohammad Yousuf Khan", "≠", "CCTV evening news, 2025-02-28"):  # fmt: skip
            assert words in text


async def test_stages_candidates_and_what_is_not_known() -> None:
    app = make_app("2026-10-12T00:00:00Z")
    async with app.run_test(size=(250, 70)) as pilot:
        await pilot.press("7")
        await pilot.pause()
        text = flat(app, "story")
        await pilot.press("pagedown")
        await pilot.pause()
        text += flat(app, "story")
        for words in ("Muhammad Zeeshan Ali", "穆罕默德·齐尚·阿里", "Khurram Daud", "payload specialist",
                      "not flown by 2026-10-10", "what came after is not known here", "not known",
                      "Shenzhou-24"):  # fmt: skip
            assert words in text
        assert "last known, as of 2026-10-10" in str(panel(app, "story").border_subtitle)
        await pilot.press("end")
        await pilot.pause()
        text = flat(app, "story")
        for words in ("Hong Kong and Macau", "Lai Ka-ying", "Tianyun", "Macao", "POLAR-2", "Tumors in Space"):
            assert words in text


async def test_in_2022_the_agreement_is_ahead_and_nobody_is_named() -> None:
    app = make_app("2022-01-01T00:00:00Z")
    async with app.run_test(size=(250, 70)) as pilot:
        await pilot.press("7")
        await pilot.pause()
        text = flat(app, "story")
        assert "days ahead at the instant shown" in text
        assert "Zeeshan" not in text
        assert "No flight had been announced" in text
        steps = panel(app, "steps").text.splitlines()
        here = next(y for y, line in enumerate(steps) if "the instant shown" in line)
        assert any("2019-06-12" in line for line in steps[:here])
        assert any("2025-02-28" in line and "later" in line for line in steps[here:])


async def test_steps_have_sources_and_can_be_gone_to() -> None:
    app = make_app(TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "v")
        await pilot.pause()
        assert "CMSA/UNOOSA first-batch selection" in flat(app, "steps")
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        steps = {step.day.unix_s for step in embedded_chronicle().partner_steps}
        assert app.director.clock.now() in steps


async def test_a_fact_opens_the_view_that_shows_it() -> None:
    app = make_app(TODAY)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.press("7", "left", *["down"] * 12, "enter")
        await pilot.pause()
        assert app.current_mode == "spacewalks"
        assert app.director.clock.now() == parse_instant("2024-12-17T13:47:00Z")
