"""View 7: the partner programme as known at an instant, its steps, and the checked facts."""

from __future__ import annotations

from copy import deepcopy

import pytest
from textual.widgets import Static

from sim.chronicle import Chronicle, embedded_chronicle, embedded_tables
from sim.time import parse_instant
from tests.support.dashboard import make_app, panel, proof_text
from tests.support.operating import operating
from tui.app import TiangongApp
from tui.cli.commands import partners
from tui.views.dialogs.proof import ProofDialog
from tui.views.list_view import ListView
from tui.wording.partners import has_flown

TODAY = "2026-10-04T12:00:00Z"


def flat(app: TiangongApp, name: str) -> str:
    """The text without its line breaks."""
    return " ".join(panel(app, name).text.split())


@pytest.mark.validation
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45), (250, 70)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_partners_view_every_checked_fact_is_within_three_keys(size: tuple[int, int]) -> None:
    seen: set[int] = set()
    for third in (None, "pagedown"):
        app = make_app(TODAY)
        async with operating(app, size=size) as pilot:
            keys = [key for key in ("7", "left", third) if key]
            assert len(keys) <= 3
            await pilot.press(*keys)
            text = flat(app, "facts")
            seen |= {claim.number for claim in embedded_chronicle().claims if " ".join(claim.corrected.split()) in text}
    assert seen == set(range(1, 14))


async def test_partners_view_340_km_are_211_miles() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("7")
        assert "between 211 and 280 miles (340 to 450 km)" in flat(app, "facts")
        assert "217" not in flat(app, "facts")


async def test_partners_view_agreement_has_signatories_and_spellings() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("7")
        text = flat(app, "story")
        for words in ("2025-02-28 05:45Z", "SUPARCO", "CMSE", "Islamabad", "Lin Xiqiang", "Muhammad Yousuf Khan"):
            assert words in text
        await pilot.press("i")
        proof = proof_text(app)
        for words in ("Mohammad Yousuf Khan", "sources differ", "CCTV evening news, 2025-02-28"):
            assert words in proof
            assert words not in text


async def test_partners_view_begins_with_who_flies_and_what_is_unknown() -> None:
    app = make_app("2026-10-12T00:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("7")
        text = flat(app, "story")
        order = [text.index(words) for words in ("Muhammad Zeeshan Ali", "second half of 2026", "The agreement")]
        assert order == sorted(order)
        for words in ("穆罕默德·齐尚·阿里", "Khurram Daud", "which of the two is not known", "Shenzhou-24",
                      "not flown by 2026-10-10; what came after is not known here"):  # fmt: skip
            assert words in text
        assert "last known, as of 2026-10-10" in str(panel(app, "story").border_subtitle)
        for words in ("Hong Kong and Macau", "Lai Ka-ying", "Tianyun", "Macao", "POLAR-2", "Tumors in Space"):
            assert words in text


async def test_partners_view_in_march_2025_names_nobody_and_nothing_later() -> None:
    app = make_app("2025-03-10T00:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("7")
        text = " ".join(flat(app, name) for name in ("story", "steps", "facts"))
        assert "nobody is named yet" in text
        assert "five candidates" in text.casefold()
        assert "Zeeshan" not in text
        assert "April 2026" not in text


async def test_partners_view_in_2022_has_no_announcement_and_links_to_later_steps() -> None:
    app = make_app("2022-01-01T00:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("7")
        text = flat(app, "story")
        assert "No flight of a foreign astronaut is announced" in text
        assert "Only Chinese crews have flown to the station so far." in text
        assert "The agreement" not in text
        steps = panel(app, "steps").text.splitlines()
        here = next(y for y, line in enumerate(steps) if "the instant shown" in line)
        assert any("2019-06-12" in line for line in steps[:here])
        assert any(line.split() == ["○", "2025-02-28", "later"] for line in steps[here:])


async def test_partners_view_step_moves_the_clock_and_has_sources() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(80, 24)) as pilot:
        await pilot.press("7", "v", "i")
        assert "CMSA/UNOOSA first-batch selection" in proof_text(app)
        await pilot.press("i", "down", "down", "enter")
        steps = {step.day.unix_s for step in embedded_chronicle().partner_steps}
        assert app.session.clock.now() in steps


async def test_proof_dialog_opens_by_footer_click_and_closes_by_click_outside() -> None:
    for size in ((120, 36), (250, 70)):
        app = make_app(TODAY)
        async with operating(app, size=size) as pilot:
            await pilot.press("7")
            bar = panel(app, "keybar").text
            await pilot.click("#keybar", offset=(bar.index(" i sources") + 4, 0))
            await pilot.pause()
            assert isinstance(app.screen, ProofDialog)
            await pilot.click(offset=(0, 0))
            await pilot.pause()
            assert isinstance(app.screen, ListView)


async def test_proof_dialog_opens_at_the_fact_under_the_cursor() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("7", "left", *["down"] * 12, "i")
        assert isinstance(app.screen, ProofDialog)
        assert "world record" in str(list(app.screen.query(".head").results(Static))[app.screen.first].content)
        assert "217" in proof_text(app), "what was reported stands beside what is right"


@pytest.mark.validation
async def test_partners_view_text_has_no_research_jargon() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 120)) as pilot:
        await pilot.press("7")
        text = " ".join(flat(app, name) for name in ("story", "steps", "facts")).casefold()
        for words in ("article", "retained", "github", "archived copy", "verdict", "seed", "stored"):
            assert words not in text, words


async def test_partners_view_enter_on_a_fact_opens_its_view() -> None:
    app = make_app(TODAY)
    async with operating(app, size=(160, 45)) as pilot:
        await pilot.press("7", "left", *["down"] * 12, "enter")
        assert app.current_mode == "spacewalks"
        assert app.session.clock.now() == parse_instant("2024-12-17T13:47:00Z")


SECOND = "Khurram Daud"
OTHER_SOURCE = "test:second"


def changed_book(*, flown: bool = False, launch: str | None = None) -> Chronicle:
    """The chronicle with a source of his own for the second candidate, and, if so, his flight."""
    raw = deepcopy(embedded_tables())
    raw["sources"][OTHER_SOURCE] = ["The second candidate's own source", "https://example.org/", "2026-04-22"]
    second = next(row for row in raw["candidates"] if row["name"] == SECOND)
    second["sources"] = [OTHER_SOURCE]
    if flown:
        second |= {"flown": True, "flown_as_of": "2026-11-20"}
    if launch is not None:
        ship = next(row for row in raw["missions"] if row["name"] == "Shenzhou-24")
        ship["launch"] = launch
    return Chronicle.from_raw(raw)


async def test_partners_view_each_candidate_has_its_own_sources() -> None:
    app = make_app(TODAY)
    app.session.chronicle = changed_book()
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("7", "i")
        words = proof_text(app)
        first, second = words.index("Muhammad Zeeshan Ali 穆"), words.index(f"{SECOND} 胡")
        own = words.index("The second candidate's own source")
        assert first < second < own
        assert "CCTV" in words[first:second]
        assert "CCTV" not in words[second:own]


@pytest.mark.parametrize(
    ("launch", "at", "flown"),
    [
        ("2026-10-24T10:00:00Z", "2026-10-24T09:59:00Z", False),
        ("2026-10-24T10:00:00Z", "2026-10-24T10:00:00Z", True),
        (None, "2026-11-19T23:59:59Z", False),
        (None, "2026-11-20T00:00:00Z", True),
    ],
)
def test_candidate_has_flown_from_the_launch_or_from_the_day_it_was_known(
    launch: str | None, at: str, flown: bool
) -> None:
    book = changed_book(flown=True, launch=launch)
    first, second = book.candidates
    assert has_flown(book, second, parse_instant(at)) is flown
    assert not has_flown(book, first, parse_instant(at))


async def test_partners_view_after_the_flight_says_who_has_flown() -> None:
    app = make_app("2026-11-21T00:00:00Z")
    app.session.chronicle = changed_book(flown=True, launch="2026-10-24T10:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("7")
        text = flat(app, "story")
        assert "A Pakistani astronaut has flown to Tiangong" in text
        assert f"who {SECOND}" in text
        assert "flown: Shenzhou-24" in text
        assert "The agreement" in text
        for words in ("is to fly", "which of the two", "not flown", "planned: "):
            assert words not in text.partition("The agreement")[0]


async def test_partners_view_before_a_later_flight_is_as_it_was() -> None:
    app = make_app("2026-10-05T12:00:00Z")
    app.session.chronicle = changed_book(flown=True, launch="2026-10-24T10:00:00Z")
    async with operating(app, size=(250, 70)) as pilot:
        await pilot.press("7")
        text = flat(app, "story")
        assert "is to fly to Tiangong" in text
        assert "so far not yet" in text
        assert "has flown" not in text


def test_partners_json_has_flights_as_of_the_instant_and_each_ones_sources() -> None:
    book = changed_book(flown=True, launch="2026-10-24T10:00:00Z")
    for at, flown in (("2026-10-24T09:00:00Z", [False, False]), ("2026-10-24T11:00:00Z", [False, True])):
        shape = partners.programme_shape(book, parse_instant(at))
        candidates = shape["candidates"]
        assert [one["flown"] for one in candidates] == flown
        assert candidates[1]["sources"] == ["https://example.org/"]
        assert len(candidates[0]["sources"]) > 1
