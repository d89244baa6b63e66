from __future__ import annotations

import pytest

from sim.sources.crew_reports import CrewNews


def news(*names: str) -> CrewNews:
    return CrewNews(source="Launch Library", fetched_unix_s=0.0, names=names)


NEWS = news("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying")


@pytest.mark.parametrize(
    "expected",
    [
        ("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying"),
        ("Lai Kaying", "ZHU Yangzhu", "Zhiyuan Zhang"),
        ("Zhu Yangzhu", "Zhang Zhiyuan", ("Li Jiaying", "Lai Ka-ying")),
    ],
)
def test_crew_news_same_people_do_not_differ(expected: tuple[str | tuple[str, ...], ...]) -> None:
    assert not NEWS.differs(expected)


@pytest.mark.parametrize(
    "expected",
    [
        (),
        ("Zhu Yangzhu", "Zhang Zhiyuan"),
        ("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying", "Zhang Lu"),
        ("Zhu Yangzhu", "Zhang Zhiyuan", "Zhang Lu"),
        ("Zhu Yangzhu", "Zhu Yangzhu", "Lai Ka-ying"),
    ],
)
def test_crew_news_other_people_differ(expected: tuple[str, ...]) -> None:
    assert NEWS.differs(expected)


def test_crew_news_namesakes_count_each() -> None:
    twins = news("Zhang Lu", "Zhang Lu")
    assert not twins.differs(("Zhang Lu", "Zhang Lu"))
    assert twins.differs(("Zhang Lu", "Wu Fei"))
    assert twins.count == 2
