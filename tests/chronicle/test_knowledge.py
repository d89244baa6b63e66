"""The instant from which a fact, a text or a source is known."""

from __future__ import annotations

import pytest

from sim.chronicle import embedded_chronicle
from sim.chronicle.dates import PartialDate
from sim.chronicle.knowledge import is_known, known_s, source_is_later, text_known_s
from sim.chronicle.model.record import Source
from sim.time import parse_instant


@pytest.mark.parametrize(
    ("text", "known"),
    [
        # A day on which a ship flew or a crew worked outside: not before that was over.
        ("crew landed on 2025-11-14 after 204 days", "2025-11-14T08:40:00Z"),
        ("record spacewalk of 2024-12-17", "2024-12-17T13:57:00Z"),
        # A spacewalk that began on that day and ended on the next.
        ("first repair outside, 1 March 2024", "2024-03-02T05:32:00Z"),
        # Any other day: its end; but what was said on it counts from its start, as the source of it does.
        ("planned for 5 November 2025", "2025-11-06T00:00:00Z"),
        ("extended by a month (announced 2026-04-17)", "2026-04-17T00:00:00Z"),
        ("210 days (CCTV 2026-05-30)", "2026-05-30T00:00:00Z"),
        ("released on 2 March 2023", "2023-03-02T00:00:00Z"),
        ("January 2022: arm test", "2022-02-01T00:00:00Z"),
        ("from 2021-09-18 to 2022-01-05", "2022-01-05T22:59:00Z"),
        ("no date at all", "2021-06-17T00:00:00Z"),
        ("archived copy 20250101999, 2025-99-99", "2021-06-17T00:00:00Z"),
    ],
)
def test_text_known_s_is_when_its_latest_date_was_over(text: str, known: str) -> None:
    over = embedded_chronicle().events.day_over_s
    assert text_known_s(text, parse_instant("2021-06-17T00:00:00Z"), over) == parse_instant(known)


def test_known_s_of_a_month_is_its_end_and_of_a_day_its_beginning() -> None:
    assert known_s(PartialDate.parse("2026-04")) == parse_instant("2026-05-01T00:00:00Z")
    assert known_s(PartialDate.parse("2026-04-22")) == parse_instant("2026-04-22T00:00:00Z")
    assert is_known(None, 0.0)


def test_source_is_later_without_a_date_is_false() -> None:
    dated = Source(id="a", title="A", address="a.example", published="2026-04-22")
    undated = Source(id="b", title="B", address="b.example")
    assert source_is_later(dated, parse_instant("2026-04-21T23:59:59Z"))
    assert not source_is_later(dated, parse_instant("2026-04-22T00:00:00Z"))
    assert not source_is_later(undated, 0.0)


def test_embedded_sources_of_evening_news_have_their_date() -> None:
    news = [source for source in embedded_chronicle().sources.values() if source.id.startswith("cctv:")]
    assert len(news) > 80
    assert all(source.published == f"{source.id[5:9]}-{source.id[9:11]}-{source.id[11:]}" for source in news)


def test_embedded_facts_are_never_known_before_all_their_sources() -> None:
    for fact in embedded_chronicle().facts:
        assert any(not source_is_later(source, known_s(fact.known_from)) for source in fact.proof.sources), fact.title


def test_embedded_lessons_are_events_with_those_aboard() -> None:
    lessons = [event for event in embedded_chronicle().events.events if event.kind == "lesson"]
    assert [event.text for event in lessons] == [
        "2021-12-09T07:55:00Z", "2022-03-23", "2022-10-12T08:01:00Z", "2023-09-21T07:48:00Z"
    ]  # fmt: skip
    assert [event.missions for event in lessons] == [
        ("Shenzhou-13",), ("Shenzhou-13",), ("Shenzhou-14",), ("Shenzhou-16",)
    ]  # fmt: skip


def test_embedded_values_not_published_differ_from_not_found() -> None:
    walks = {walk.number: walk for walk in embedded_chronicle().spacewalks}
    assert {number for number, walk in walks.items() if walk.not_published} == {9, 10, 11}
    assert walks[25].start is None
    assert walks[25].not_published == ()
    assert (walks[27].outside, walks[27].end and walks[27].end.text) == (
        ("Zhu Yangzhu", "Zhang Zhiyuan"),
        "2026-08-28T05:59:00Z",
    )
