"""The plain dashboard: every command answers in text; nothing else is printed."""

from __future__ import annotations

import io

import pytest

from sim.chronicle import embedded_chronicle
from sim.time import iso_z, parse_instant
from tests.support.dashboard import RECORD_WALK, make_session
from tui.cli.linear_mode import HELP, PROMPT, PlainDashboard, run
from tui.cli.plain_facts import partner_sentences
from tui.wording import quantities


def answers(*lines: str, at: str = RECORD_WALK) -> tuple[PlainDashboard, str]:
    out = io.StringIO()
    session = make_session(at)
    dashboard = PlainDashboard(session, out)
    for line in lines:
        assert dashboard.answer(line)
    return dashboard, out.getvalue()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "Cai Xuzhe 蔡旭哲"),
        ("status", "2024-12-17T08:00:00Z"),
        ("crew", "Song Lingdong"),
        ("por", "Shenzhou-19"),
        ("walks", "spacewalk 17 is under way for 03:09:00"),
        ("next", "2024-12-17T13:47:00Z"),
        ("passes", "Islamabad"),
        ("passes", "rise and set at 10°"),
        ("go 2022-11-17", "gone to 2022-11-17T00:00:00Z"),
        ("go 2019-01-01", "gone to 2021-04-29T03:23:15Z\nno data before the launch of Tianhe"),
        ("go 2040-01-01", "no data more than one year ahead"),
        ("go never", "is not a date or time"),
        ("place 北京", "Beijing"),
        ("place 95 200", "95"),
        ("place Qwertzuiop", "is not in the list of places"),
        ("story", "record-walk: The longest spacewalk"),
        ("story building", "[1] Wikipedia: Tiangong space station"),
        ("story nothing", "there is no story “nothing”"),
        ("dance", "is not a command"),
        ("pause", "paused at"),
        ("help", "quit"),
        ("orbit", "The mean altitude is 390."),
        ("orbit", "This is revolution"),
        (
            "missions",
            "Shenzhou-19, crewed, launched on 2024-10-29, docked on 2024-10-30. Crew: Cai Xuzhe, Song Lingdong",
        ),
        ("events", "Later: 2024-12-17T13:47:00Z: Spacewalk 17 passes 8:56 of STS-102"),
        ("events", "Spacewalk 17 begins"),
        ("records", "The longest spacewalk was number 15 on 2024-05-28, 8:23 hours"),
        ("records", "by Chen Dong, Cai Xuzhe, as far as lengths are published."),
        ("records", "Most spacewalks at the station: Fei Junlong, Zhang Lu, 4 each.\n"),
        ("records", "Number 2 in time in space: Tang Hongbo, 279.4 days."),
        ("partners", "On 2019-06-12: CMSA and UNOOSA"),
        ("person", "Who has flown so far: "),
        ("person 蔡", "Cai Xuzhe 蔡旭哲, China."),
        ("person wang", "Wang Yaping"),
        ("person Gagarin", "Nobody of the name “Gagarin”"),
    ],
)
def test_plain_dashboard_each_command_answers_in_text(line: str, expected: str) -> None:
    assert expected in answers(line)[1]


@pytest.mark.parametrize(
    ("at", "beta"), [("2024-10-25T09:00:00Z", "+4.5° ±0.1°"), ("2027-01-15", "-14.4° ±2.3°"), ("2027-11-25", "")]
)
def test_plain_dashboard_says_beta_where_the_plane_alone_is_known(at: str, beta: str) -> None:
    dashboard, text = answers("orbit", at=at)
    status = dashboard._session.frame().status
    assert quantities.beta(status) == beta
    degrees, _, error = beta.replace("°", "").partition(" ±")
    side = {"+": "north", "-": "south", "": ""}[degrees[:1]]
    told = f"The Sun stands {degrees[1:]} degrees {side} of the orbital plane, right to {error} degrees."
    assert told in text if beta else "The Sun stands" not in text


@pytest.mark.parametrize(("at", "minutes"), [("2024-12-17T09:00:00Z", "92.3"), ("2027-01-15", "92")])
def test_plain_dashboard_period_has_no_more_digits_than_its_error(at: str, minutes: str) -> None:
    assert f"One revolution takes {minutes} minutes" in answers("orbit", at=at)[1]


def test_plain_dashboard_event_of_the_day_may_be_later() -> None:
    _, text = answers("events", at="2023-02-28T05:00Z")
    assert "Perhaps later: 2023-02-28, about: Spacewalk 9" in text


def test_plain_dashboard_pass_moves_the_clock() -> None:
    out = io.StringIO()
    session = make_session(RECORD_WALK)
    PlainDashboard(session, out).answer("pass")
    assert f"gone to {iso_z(session.clock.now())}" in out.getvalue()


def test_plain_dashboard_session_ends_with_its_input() -> None:
    out = io.StringIO()
    assert run(make_session(RECORD_WALK), io.StringIO("crew\nquit\nstatus\n"), out) == 0
    assert out.getvalue().count(PROMPT) == 2
    assert run(make_session(RECORD_WALK), io.StringIO(""), out) == 0


def test_plain_dashboard_help_names_every_command() -> None:
    dashboard, _ = answers()
    for name in dashboard._commands:
        assert name in HELP


def test_plain_dashboard_unknown_position_names_no_pass() -> None:
    dashboard, said = answers("passes", "pass", at="2026-11-20T00:00:00Z")
    assert said.count("No pass can be predicted: the elements are too old") == 2
    assert "*" not in said
    assert iso_z(dashboard._session.clock.now()) == "2026-11-20T00:00:00Z"


def test_plain_sentences_hold_no_columns_and_no_signs_that_are_read_aloud() -> None:
    for line in ("orbit", "missions", "events", "records", "partners", "person cai"):
        text = answers(line)[1]
        assert text.strip()
        for sentence in text.splitlines():
            assert "  " not in sentence.strip()
            assert not set(sentence) & set("→±★☆│>=")


def test_plain_dashboard_says_how_to_get_help_at_the_start() -> None:
    out = io.StringIO()
    assert run(make_session(RECORD_WALK), io.StringIO(""), out) == 0
    assert "Type help and Enter for the commands" in out.getvalue()


def test_partner_sentences_set_captions_apart_by_a_colon() -> None:
    told = list(partner_sentences(embedded_chronicle(), parse_instant("2026-10-08T12:00:00Z")))
    assert "where: Prime Minister's House/Office, Islamabad, before Prime Minister Shehbaz Sharif." in told
    assert any(line.startswith("who: Muhammad Zeeshan Ali ") for line in told)
    assert any(line.startswith("signed 2025-02-28 ") for line in told)
    assert "The agreement." in told


def test_run_at_an_instant_too_far_ahead_says_why_another_is_shown() -> None:
    out = io.StringIO()
    assert run(make_session("2099-01-01"), io.StringIO(""), out) == 0
    assert out.getvalue().startswith("no data more than one year ahead: the orbit cannot be predicted that far\n")


def test_records_of_one_person_do_not_say_each() -> None:
    assert "Most spacewalks at the station: Chen Dong, 6.\n" in answers("records", at="2025-11-01")[1]
