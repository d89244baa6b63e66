"""The way back through time: history, its notices, bookmarks; without an app."""

from __future__ import annotations

import pytest

from sim.time import parse_instant
from tests.support.dashboard import RECORD_WALK, StageTime, make_session
from tests.support.host import FakeHost
from tui.config.state_file import read_state
from tui.messages import Notice
from tui.session.memory.travel import MOST_STOPS, Travel, Whereabouts

START = parse_instant(RECORD_WALK)


class Screens:
    """A traveller that shows what it is told to."""

    def __init__(self) -> None:
        self.where = Whereabouts("station")

    def whereabouts(self) -> Whereabouts:
        return self.where

    def show_again(self, where: Whereabouts) -> None:
        self.where = where


def made(*, live: bool = False) -> tuple[Travel, FakeHost, Screens]:
    session = make_session(None if live else RECORD_WALK, time=StageTime(), paused=not live)
    host, screens = FakeHost(), Screens()
    return Travel(session, host, screens), host, screens


def now(travel: Travel) -> float:
    return travel._session.clock.now()


def said(host: FakeHost) -> list[str]:
    return [message.text for message in host.messages if isinstance(message, Notice)]


def test_travel_back_and_forward_give_instant_view_and_selection() -> None:
    travel, _, screens = made()
    screens.where = Whereabouts("crew", "Cai Xuzhe")
    travel.seek(START + 5000.0)
    screens.where = Whereabouts("orbit")
    travel.seek(START + 9000.0)
    travel.back()
    assert (now(travel), screens.where) == (START + 5000.0, Whereabouts("orbit"))
    travel.back()
    assert (now(travel), screens.where) == (START, Whereabouts("crew", "Cai Xuzhe"))
    travel.forward()
    travel.forward()
    assert now(travel) == START + 9000.0
    travel.back()
    travel.seek(START - 100.0)
    travel.forward()
    assert now(travel) == START - 100.0, "a new jump ends the way forward"


def test_travel_back_to_live_is_live() -> None:
    travel, host, _ = made(live=True)
    travel.seek(START)
    assert said(host) == ["Backspace: back to live"]
    travel.back()
    assert travel._session.clock.live


def test_travel_jump_says_where_backspace_leads() -> None:
    travel, host, _ = made()
    travel.seek(START + 86400.0)
    travel.seek(START + 86400.0 * 400.0)
    assert said(host) == ["Backspace: back to 17 Dec 13:00", "Backspace: back to 18 Dec 2024 13:00"]


def test_travel_steps_one_after_the_other_are_one_move() -> None:
    travel, host, _ = made()
    for _ in range(5):
        travel.step(60.0)
    assert len(said(host)) == 1
    travel.back()
    assert now(travel) == START
    travel.step(60.0)
    travel.seek(START + 5000.0)
    travel.back()
    assert now(travel) == START + 60.0


def test_travel_history_is_bounded_and_its_ends_are_told() -> None:
    travel, host, _ = made()
    travel.forward()
    for k in range(MOST_STOPS + 50):
        travel.seek(START + 100.0 * (k + 1))
    for _ in range(MOST_STOPS + 1):
        travel.back()
    assert now(travel) == START + 100.0 * 50
    assert said(host)[0] == "there is nothing to go forward to"
    assert said(host)[-1] == "there is nothing to go back to"


def test_travel_to_the_same_instant_leaves_no_stop() -> None:
    travel, host, _ = made()
    travel.seek(START)
    assert said(host) == []


@pytest.mark.parametrize(("length_s", "rate"), [(32_760.0, 300.0), (400.0, 2.0)])
def test_travel_played_runs_at_a_rate_that_suits_the_length(length_s: float, rate: float) -> None:
    travel, _, _ = made()
    travel.seek(START + 60.0, length_s=length_s)
    assert travel._session.clock.rate == rate
    assert not travel._session.clock.paused


def test_bookmark_kept_is_listed_gone_to_and_forgotten() -> None:
    travel, host, screens = made()
    screens.where = Whereabouts("spacewalks", "17")
    travel.keep("the record")
    travel.keep("the record")
    (mark,) = travel.bookmarks()
    assert (mark.name, mark.unix_s) == ("the record", START)
    assert read_state().bookmarks == (mark,)
    screens.where = Whereabouts("station")
    travel.seek(START + 1e6)
    travel.go_to(mark)
    assert (now(travel), screens.where) == (START, Whereabouts("spacewalks", "17"))
    travel.back()
    assert now(travel) == START + 1e6, "going to a bookmark has a way back"
    travel.forget(mark)
    assert travel.bookmarks() == ()
    assert "bookmark “the record”; B lists them" in said(host)
