from __future__ import annotations

import pytest

from sim.sources.crew_reports import CrewNews

NEWS = CrewNews("Launch Library", 0.0, (("Zhu Yangzhu", "SZ-23"), ("Zhang Zhiyuan", "SZ-23"), ("Lai Ka-ying", "SZ-23")))


@pytest.mark.parametrize(
    "expected",
    [
        ("Zhu Yangzhu", "Zhang Zhiyuan", "Lai Ka-ying"),
        ("Lai Kaying", "ZHU Yangzhu", "Zhiyuan Zhang"),
        ("Zhu Yangzhu", "Zhang Zhiyuan", ("Li Jiaying", "Lai Ka-ying")),
    ],
)
def test_the_same_people_are_no_news(expected: tuple[str | tuple[str, ...], ...]) -> None:
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
def test_other_people_are(expected: tuple[str, ...]) -> None:
    assert NEWS.differs(expected)


def test_a_person_counts_once_for_each_namesake() -> None:
    twins = CrewNews("x", 0.0, (("Zhang Lu", "a"), ("Zhang Lu", "b")))
    assert not twins.differs(("Zhang Lu", "Zhang Lu"))
    assert twins.differs(("Zhang Lu", "Wu Fei"))
    assert twins.count == 2
