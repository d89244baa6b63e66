"""No view and no command says at an instant what was known only later, unless it says that it is later or planned."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from sim.chronicle import Proof, embedded_chronicle
from sim.time import iso_z, parse_instant
from tests.support.dashboard import make_app, make_session
from tests.support.later import entries, is_marked, later_mentions, unmarked
from tests.support.operating import operating
from tui.cli.main import main
from tui.config.actions import VIEWS
from tui.drawing.styled_text import plain
from tui.views.crew.person import PersonDetail
from tui.views.crew.records import CrewRecords
from tui.views.missions.mission import MissionDetail
from tui.views.missions.timeline import MissionTimeline
from tui.views.missions.timeline_rows import ABOARD, HANDOVERS, PLAN, PORT, STATION, WALKS
from tui.views.partners.claims import PartnerFacts
from tui.views.partners.steps import PartnerSteps
from tui.views.partners.story import PartnerStory
from tui.views.spacewalks.spacewalk import SpacewalkDetail
from tui.views.spacewalks.totals import SpacewalkTotals
from tui.widgets.panel import Panel
from tui.wording.proof import note_lines, proof_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.session.frame import Frame
    from tui.widgets.selectable import ScrollingText

pytestmark = pytest.mark.validation

BEGIN, END = parse_instant("2021-04-29T04:00:00Z"), parse_instant("2026-11-20T00:00:00Z")
WIDTH = 64


def _instants(count: int) -> list[float]:
    """Spread over the whole time, one a stretch, the same in every run; and a few that were wrong once."""
    chance = random.Random(11)
    stretch = (END - BEGIN) / count
    return [BEGIN + (number + chance.random()) * stretch for number in range(count)] + [
        parse_instant(text)
        for text in ("2025-03-10T00:00:00Z", "2024-12-17T08:00:00Z", "2025-11-10T00:00:00Z", "2026-04-22T12:00:00Z")
    ]


NOT_FACTS = ("local time", "elements", "orbit", "sun")
"""Lines of `status` that hold no facts of the chronicle: the date elsewhere, element sets, and computed times."""

INSTANTS = _instants(200)


def _pages(frame: Frame, number: int) -> Iterator[ScrollingText]:
    """Every text of the views; of the people some, so that all are seen many times."""
    book = frame.chronicle
    yield from (PartnerStory(), PartnerSteps(), PartnerFacts(), CrewRecords(), SpacewalkTotals())
    subjects = [STATION, ABOARD, HANDOVERS, WALKS, *(f"{PORT}{port}" for port in ("forward", "nadir", "aft"))]
    subjects += [mission.name for mission in book.missions] + [module.name for module in book.modules]
    subjects += [f"{PLAN}{plan.what}" for plan in book.plans_at(frame.unix_s)]
    for subject in subjects:
        mission = MissionDetail()
        mission.subject = subject
        yield mission
    for offset in range(6):
        person = PersonDetail()
        person.subject = book.people[(6 * number + offset) % len(book.people)].name
        yield person
        walk = SpacewalkDetail()
        walk.subject = str((6 * number + offset) % len(book.spacewalks) + 1)
        yield walk


@pytest.mark.parametrize("part", range(4))
def test_texts_and_sources_mention_nothing_later_unmarked(part: int) -> None:
    session = make_session("2025-03-10T00:00:00Z")
    wrong = []
    for number, unix_s in enumerate(INSTANTS[part::4]):
        session.clock.seek(unix_s)
        frame = session.frame()
        for page in _pages(frame, number):
            name = f"{type(page).__name__} {getattr(page, 'subject', '')} at {iso_z(unix_s)}"
            wrong += [(name, *found) for found in unmarked(map(plain, page.content(frame, WIDTH)), unix_s)]
            for fact in page.explained(frame):
                text = [fact.title, *map(plain, proof_page(fact, unix_s, frame.chronicle.events, WIDTH))]
                wrong += [(f"proof, {name}", *found) for found in unmarked(text, unix_s)]
    assert wrong == [], "\n".join(map(str, wrong[:30]))


def test_timeline_rows_of_later_are_marked() -> None:
    session = make_session("2025-03-10T00:00:00Z")
    for unix_s in INSTANTS[::4]:
        session.clock.seek(unix_s)
        lines = [plain(line) for line in MissionTimeline().draw(session.frame(), 120, 60)]
        found = unmarked(lines[1:], unix_s)  # the first line is the axis
        # In the first weeks there is no room for the word before the bar: the bar itself is beyond the instant.
        assert not found or unix_s < BEGIN + 150 * 86400.0, found


def _values(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a JSON answer but the edges of what is known, such as the end of the span that a burn lies in.

    Within that span `later` is null, which also marks the time at which the burn is expected.
    """
    if isinstance(value, dict):
        if value.get("later") or value.get("planned") or path.endswith("plans"):
            return
        for key, item in value.items():
            is_edge = key == "as_of" or key.endswith("_as_of") or (key == "until" and value["certain"] is False)
            is_edge = is_edge or (key == "time" and value.get("later", False) is None)
            if not is_edge and key not in {"plans", "assignment", "elements", "light"}:
                yield from _values(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from _values(item, path)
    elif isinstance(value, str):
        yield path, value


@pytest.mark.parametrize(
    "command", ["crew", "crew --all", "ports", "missions", "spacewalks", "events", "partners", "status"]
)
def test_commands_mention_nothing_later_unmarked(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    edge_s = embedded_chronicle().as_of["crew"].unix_s
    for unix_s in INSTANTS:
        at = ["--at", iso_z(unix_s), "--offline"]
        assert main([*command.split(), *at]) == 0
        lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(NOT_FACTS)]
        assert unmarked(lines, unix_s) == [] or unix_s >= edge_s, (command, at)
        assert main([*command.split(), "--format", "json", *at]) == 0
        shape = json.loads(capsys.readouterr().out)
        found = [(path, text) for path, text in _values(shape) if not is_marked(text) and later_mentions(text, unix_s)]
        assert found == [], (command, at)


async def test_views_mention_nothing_later_unmarked() -> None:
    """But for passes, which are predicted from what is known."""
    app = make_app("2025-03-10T00:00:00Z")
    async with operating(app, size=(160, 45)) as pilot:
        for unix_s in INSTANTS[::16]:
            for digit, view in enumerate(VIEWS, start=1):
                app.seek(unix_s)
                await pilot.press(str(digit))
                for panel in app.screen.query(Panel):
                    if panel.id in {"header", "keybar", "timeline", "tonight", "pass"} or view in {"passes", "orbit"}:
                        continue
                    texts = [str(panel.border_title or ""), str(panel.border_subtitle or ""), *panel.text.splitlines()]
                    found = unmarked(texts, unix_s)
                    assert found == [], (view, panel.id, iso_z(unix_s))


@pytest.mark.parametrize(
    ("number", "done"),
    [(10, "2022-11-03T01:32:00Z"), (12, "2021-06-17T01:22:27Z"), (13, "2024-12-17T13:57:00Z")],
)
def test_checked_facts_of_what_happened_are_not_told_before_its_end(number: int, done: str) -> None:
    session = make_session("2025-03-10T00:00:00Z")
    panel = PartnerFacts()
    claim = next(claim for claim in session.chronicle.claims if claim.number == number)
    told = []
    keys = set()
    for unix_s in (parse_instant(f"{done[:10]}T00:00:30Z"), parse_instant(done) - 1.0, parse_instant(done)):
        session.clock.seek(unix_s)
        frame = session.frame()
        told.append(any(one.title == claim.corrected for one in panel.explained(frame)))
        keys.add(panel.content_key(frame))
    assert told == [False, False, True]
    assert len(keys) == 2  # and the panel is drawn anew when it becomes known


def test_note_about_a_spacewalk_is_not_told_before_its_end() -> None:
    """The note names the day alone: at half past midnight the walk was four hours from its beginning."""
    session = make_session("2024-12-17T00:30:00Z")
    book = session.chronicle
    note = next(text for text in book.missions_by_name["Shenzhou-19"].notes if "2024-12-17" in text)
    shown = []
    for text in ("2024-12-17T00:30:00Z", "2024-12-17T13:56:59Z", "2024-12-17T13:57:00Z"):
        lines = note_lines(Proof(notes=(note,)), 0.0, parse_instant(text), book.events, 200)
        shown.append(any("2024-12-17" in plain(line) for line in lines))
    assert shown == [False, False, True]


def test_entries_join_continued_lines() -> None:
    assert list(entries(["a", "  b", "│ c", "d"])) == ["a b c", "d"]


@pytest.mark.parametrize(
    ("entry", "mentions"),
    [
        ("landed 2025-11-14", ["2025-11-14"]),
        ("on 14 November 2025", ["14 November 2025"]),
        ("known to 2026", ["2026"]),
        ("SZ-20 undocks", ["Shenzhou-20"]),
        ("with Wu Fei", ["Wu Fei"]),
        ("Khurram Daud", ["Khurram Daud"]),
        ("spacewalk 20", ["spacewalk 20"]),
        ("Shenzhou-19 since 2024-10-29, Cai Xuzhe", []),
    ],
)
def test_later_mentions_finds_dates_ships_and_people(entry: str, mentions: list[str]) -> None:
    assert later_mentions(entry, parse_instant("2025-03-10T00:00:00Z")) == mentions
