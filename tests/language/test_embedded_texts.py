"""Chronicle, stories and places in Chinese: names and figures of the English text stand in the translation."""

from __future__ import annotations

import re

import pytest

from seeds.makers.embedded_texts import embedded_texts, known_names
from seeds.makers.languages import ROOMS
from sim.chronicle import embedded_chronicle
from sim.language import _, languages, use
from sim.language.names import both_names, name_pair, one_name, short_ship_name

BOOK = embedded_chronicle()
NAMES = {
    **{person.name: person.name_zh for person in BOOK.people},
    **{mission.name: mission.name_zh for mission in BOOK.missions},
    **{candidate.name: candidate.name_zh for candidate in BOOK.candidates},
}
FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.:,]\d+)+(?![\w])|\b\d{4}-\d\d-\d\d\b")
"""Times, decimals and dates in figures."""


def texts() -> list[str]:
    return sorted({text for room in ("facts", "stories") for text, _place in embedded_texts(room)})


def test_only_the_rooms_of_data_hold_embedded_texts() -> None:
    assert {room for room in ROOMS if list(embedded_texts(room))} == {"facts", "stories", "places", "schemas"}


def test_chinese_names_people_and_ships_as_the_chronicle_does() -> None:
    use("zh_CN")
    wrong = {}
    for text in texts():
        named = {chinese for latin, chinese in NAMES.items() if re.search(rf"\b{re.escape(latin)}\b(?!\d)", text)}
        missing = {name for name in named if name not in _(text)}
        if missing:
            wrong[text] = missing
    assert wrong == {}


def test_chinese_has_the_figures_of_the_english_text() -> None:
    use("zh_CN")
    wrong = {}
    for text in texts():
        figures = {figure.replace(",", "") for figure in FIGURE.findall(text)}
        said = _(text)
        if missing := {figure for figure in figures if figure not in said}:
            wrong[text] = missing
    assert wrong == {}


def test_names_the_data_know_are_the_ones_that_are_shown() -> None:
    use("zh_CN")
    shown = {text for room in ("facts", "places") for text, _place in embedded_texts(room)}
    known = known_names("zh")
    assert {name: _(name) for name in known if name in shown} == {n: known[n] for n in known if n in shown}


@pytest.mark.parametrize(
    ("code", "both", "one", "short"),
    [("en", "Cai Xuzhe 蔡旭哲", "Cai Xuzhe", "SZ-19"), ("zh_CN", "蔡旭哲 Cai Xuzhe", "蔡旭哲", "神十九")],
)
def test_names_come_in_the_order_of_the_language(code: str, both: str, one: str, short: str) -> None:
    use(code)
    assert both_names("Cai Xuzhe", "蔡旭哲") == both
    assert one_name("Cai Xuzhe", "蔡旭哲") == one
    assert short_ship_name("Shenzhou-19") == short
    assert both_names("Somebody Own", "") == "Somebody Own"
    assert name_pair("Somebody Own", "") == ("Somebody Own", "")


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("typed", ["Cai Xuzhe", "cai xu", "Xuzhe Cai", "蔡旭哲"])
def test_people_are_found_by_latin_pinyin_and_characters_in_both_languages(code: str, typed: str) -> None:
    use(code)
    found = BOOK.find(typed)[0]
    assert (found.kind, found.about) == ("person", "Cai Xuzhe 蔡旭哲")
    assert found.title == both_names("Cai Xuzhe", "蔡旭哲")


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("typed", ["Shenzhou-19", "sz19", "神舟十九号", "神舟19"])
def test_ships_are_found_by_every_name_in_both_languages(code: str, typed: str) -> None:
    use(code)
    assert BOOK.find(typed)[0].about == "Shenzhou-19"


def test_events_are_told_and_found_in_chinese() -> None:
    use("zh_CN")
    docking = next(event for event in BOOK.events.events if event.phrase.english.startswith("Shenzhou-19 docks"))
    assert docking.title == "神舟十九号对接于核心舱前向端口"
    found = BOOK.find("神舟十九号对接")[0]
    assert (found.kind, found.title, found.about) == ("event", docking.title, docking.phrase.english)
    walk = next(event for event in BOOK.events.events if event.phrase.english.startswith("Spacewalk 17 begins"))
    assert walk.title == "第17次出舱活动开始：蔡旭哲、宋令东"


def test_every_event_has_a_title_in_chinese() -> None:
    use("zh_CN")
    assert [event.phrase.english for event in BOOK.events.events if event.title == event.phrase.english] == []
