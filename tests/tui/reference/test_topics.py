"""The topics of the help: whole, made from the tables, found by their words, printed and in man pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sim.errors import HelpError
from sim.language import use
from sim.sources.registry import SOURCES
from tests.support.untranslated import untranslated
from tui.config.actions import ACTIONS
from tui.config.screen_keys import SCREENS
from tui.config.settings import Settings, file_key
from tui.config.words import WORDS
from tui.drawing.styled_text import width
from tui.reference import topics as topics_module
from tui.reference.filling import TABLES, filled
from tui.reference.finding import all_passages, passages
from tui.reference.roff import markdown_as_roff
from tui.reference.topics import TOPICS, read_topic, read_topics

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[3]
HELP = ROOT / "seeds" / "help"


def cells(text: str) -> set[str]:
    """The cells of its tables."""
    return {cell.strip() for line in text.splitlines() if line.startswith("|") for cell in re.split(r"(?<!\\)\|", line)}


def test_every_file_of_the_help_is_a_topic_and_every_topic_a_file() -> None:
    assert {path.stem for path in (HELP / "en").glob("*.md")} == set(TOPICS)
    for folder in HELP.iterdir():
        assert {path.stem for path in folder.glob("*.md")} <= set(TOPICS)


@pytest.mark.parametrize("name", TOPICS)
def test_topic_has_a_title_a_line_about_it_and_no_unfilled_placeholder(name: str) -> None:
    topic = read_topic(name)
    assert topic.title
    assert "\n" not in topic.title
    assert 20 < len(topic.summary) < 100
    assert topic.summary.endswith(".")
    assert not re.search(r"\{(key|table)\b", topic.text)


def test_paragraphs_are_single_lines_so_that_they_can_be_translated_whole() -> None:
    for path in HELP.rglob("*.md"):
        for one in all_passages(read_topic(path.stem)):
            assert "\n" not in one.text


def test_keys_topic_has_every_key_of_the_tables() -> None:
    found = cells(read_topic("keys").text)
    for action in ACTIONS:
        assert action.title.replace("|", "\\|") in found
    assert {key.title for keys in SCREENS.values() for key in keys} <= found
    assert all(f"## {heading}" in read_topic("keys").text for heading in SCREENS)


def test_topics_type_no_key_that_has_an_action_of_its_own() -> None:
    """A key that a person may have changed is written by the id of its action."""
    letters = {key for action in ACTIONS for key in action.shown.split() if len(key) == 1 and key.isalpha()}
    local = {key for keys in SCREENS.values() for one in keys for key in one.shown.split()}
    for path in (HELP / "en").glob("*.md"):
        typed = set(re.findall(r"(?<!`)`([A-Za-z])`(?!`)", path.read_text("utf-8")))
        assert typed & letters - local == set(), path.name


def test_own_keys_are_in_every_topic_that_names_the_action() -> None:
    own = {"pass.watch": "F9", "time.pause": "F10"}
    assert "`F9` watches the next pass worth seeing" in read_topic("start", own_keys=own).body
    assert "| `F10` | Pause, or run on |" in read_topic("keys", own_keys=own).body


def test_tables_are_those_of_the_program() -> None:
    assert {word for word, _ in WORDS} <= {cell.strip("*") for cell in cells(read_topic("words").text)}
    assert {source.host for source in SOURCES} <= cells(read_topic("network").text)
    settings = cells(read_topic("settings").text)
    assert {f"`{file_key(name)}`" for name in Settings.__struct_fields__} <= settings
    assert {f"`{action.id}`" for action in ACTIONS} <= settings


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_used_by_a_topic(name: str) -> None:
    assert any(f"{{table {name}}}" in path.read_text("utf-8") for path in (HELP / "en").glob("*.md"))


@pytest.mark.parametrize("text", ["{key no.such}", "{table nothing}"])
def test_placeholder_of_nothing_is_an_error(text: str) -> None:
    with pytest.raises((KeyError, StopIteration)):
        filled(text, {})


def test_truth_names_tests_that_exist_for_every_number() -> None:
    text = read_topic("truth").text
    named = re.findall(r"`(tests/[\w/.]+)`", text)
    assert len(named) > 25
    assert [path for path in named if not (ROOT / path).is_file()] == []
    for part in text.split("\n## ")[1:]:
        assert "- Test" in part, part


def test_unknown_topic_names_the_topics_in_one_line() -> None:
    with pytest.raises(HelpError) as raised:
        read_topic("recipe")
    message = str(raised.value)
    assert "did you mean recipes?" in message
    assert all(name in message for name in TOPICS)
    assert "\n" not in message


def test_language_without_a_topic_shows_it_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    known: Mapping[str, bytes] = {
        "help/xx/start.md": b"# Anfang\n\nEine Zeile.\n\nText.\n",
        "help/en/words.md": b"# Words\n\nA line.\n\nText.\n",
    }

    def seed(name: str) -> bytes:
        if name not in known:
            raise FileNotFoundError(name)
        return known[name]

    monkeypatch.setattr(topics_module, "seed_bytes", seed)
    monkeypatch.setattr(topics_module, "language", lambda: "xx")
    assert read_topic("start").title == "Anfang"
    assert read_topic("words").title == "Words"


def test_passages_finds_text_in_paragraphs_tables_lists_and_code_of_all_topics() -> None:
    every = read_topics()
    assert {one.topic for one in passages(every, "NOTIFY-SEND")} >= {"recipes", "settings"}
    assert any("custom/tiangong" in one.text for one in passages(every, "custom/tiangong"))
    assert [one.topic for one in passages(every, "Vallado")] == ["truth"]
    assert passages(every, "no such words anywhere") == passages(every, " ") == []
    assert {one.topic for one in passages(every, "STALE", without=("truth",))}.isdisjoint({"truth"})
    heading = passages(every, "Transits of Sun and Moon")
    assert len(heading) == 3  # all that stands below the heading


@pytest.mark.parametrize("name", TOPICS)
def test_roff_of_a_topic_holds_every_word_of_it(name: str) -> None:
    topic = read_topic(name)
    page = "\n".join(markdown_as_roff(topic.body))
    shown = re.sub(r"\\f[BIR]|\\[&:]", "", page)
    for sign, written in {"\\-": "-", "\\(aq": "'", "\\(ga": "`", "\\(ha": "^", "\\(ti": "~", "\\e": "\\"}.items():
        shown = shown.replace(sign, written)
    words = set(re.findall(r"\w+", shown.casefold()))
    wanted = {word for one in all_passages(topic)[1:] for word in re.findall(r"\w+", one.text.casefold())}
    head = {"key", "what", "it", "does", "word", "means", "host", "at", "most", "every", "why", "setting", "value"}
    head |= {"default", "format", "holds", "layer", "shows", "name", "story", "action", "variable"}
    assert wanted - words - head == set()


# ── languages ─────────────────────────────────────────────────────────────────────────────────

FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KEPT = {
    "placeholders": r"\{(?:key|table) [\w.-]+\}",
    "code": r"`[^`\n]+`",
    "headings": r"(?m)^#+ ",
    "lines of lists": r"(?m)^- ",
    "rows of tables": r"(?m)^\| ",
}
"""What a translation has as often as the English text, and code and placeholders in the same words."""

TRANSLATED = sorted(path.name for path in HELP.iterdir() if path.name != "en")


def source_of(language: str, name: str) -> str:
    return (HELP / language / f"{name}.md").read_text("utf-8")


def prose_of(text: str) -> str:
    """A text without blocks and words of code."""
    return re.sub(r"`[^`\n]+`", "", FENCE.sub("", text))


def test_chinese_has_every_topic() -> None:
    assert {path.stem for path in (HELP / "zh_CN").glob("*.md")} == set(TOPICS)


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_translated_topic_has_the_blocks_of_the_english_one(language: str, name: str) -> None:
    english, other = source_of("en", name), source_of(language, name)
    assert FENCE.findall(other) == FENCE.findall(english)
    for what, pattern in KEPT.items():
        found = [sorted(re.findall(pattern, FENCE.sub("", text))) for text in (other, english)]
        assert found[0] == found[1], what
    assert len(other.split("\n\n")) == len(english.split("\n\n"))


@pytest.mark.parametrize("name", TOPICS)
def test_chinese_topic_has_a_line_about_it_and_full_width_commas(name: str) -> None:
    use("zh_CN")
    summary = read_topic(name).summary
    assert summary.endswith("。")
    assert 20 < width(summary) < 100
    assert re.findall(r"[一-鿿] ?[,;:?!()]|[,;:?!()] ?[一-鿿]", prose_of(source_of("zh_CN", name))) == []


@pytest.mark.parametrize("name", TOPICS)
def test_chinese_topic_with_its_tables_has_no_english(name: str) -> None:
    """Code stays as it is; so do names of programs and formats."""
    use("zh_CN")
    assert untranslated(prose_of(read_topic(name).text)) == []
