"""A story of one's own: what is wrong with a file is one line that names the field."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sim.chronicle import embedded_chronicle
from sim.errors import StoryError
from sim.seed_data import seed_bytes
from sim.stories.library import find_story
from sim.stories.reading import story_of
from sim.time import parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOK = embedded_chronicle()
HELP = Path(__file__).parents[2] / "seeds" / "help" / "en" / "stories.md"

STEP = """
title = "t"
summary = "s"
[sources]
mine = ["My book", "page 3", "2026-10-01"]
[[steps]]
key = "a"
at = 2024-12-17T08:00:00Z
caption = [{ text = "Look.", sources = ["mine"] }]
"""


def written(folder: Path, text: str, name: str = "lesson.toml") -> str:
    file = folder / name
    file.write_text(text, "utf-8")
    return str(file)


def test_story_of_a_file_has_its_own_sources(tmp_path: Path) -> None:
    story = find_story(written(tmp_path, STEP), BOOK)
    assert (story.name, story.steps[0].view, story.steps[0].unix_s) == (
        "lesson",
        "station",
        parse_instant("2024-12-17T08:00Z"),
    )
    assert story.steps[0].sentences[0].sources[0].title == "My book"


def test_example_in_the_help_is_a_story(tmp_path: Path) -> None:
    text = re.search(r"```toml story\n(title = .*?)```", HELP.read_text("utf-8"), re.DOTALL)
    assert text is not None
    story = find_story(written(tmp_path, text[1]), BOOK)
    assert len(story.steps) == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title = \"t\"\n", "", "title is missing"),
        ("summary = \"s\"", "summary = 5", "summary must be a text, not 5"),
        ("key = \"a\"", "key = \"A b\"", "steps[0].key must be a text of the form '^[a-z0-9-]+$', not 'A b'"),
        ("key = \"a\"", "key = \"a\"\nmood = 1", "steps[0]: unknown field 'mood'"),
        ("key = \"a\"", "key = \"a\"\nview = \"moon\"", "steps[0].view must be one of station, crew"),
        ("key = \"a\"", "key = \"a\"\nrate = 5000", "steps[0].rate must be a number <= 3600.0, not 5000"),
        ("key = \"a\"", "key = \"a\"\nrate = \"fast\"", "steps[0].rate must be a number, not 'fast'"),
        ("at = 2024-12-17T08:00:00Z", "at = \"soon\"", "steps[0].at must be a date like 2024-12-17"),
        ("at = 2024-12-17T08:00:00Z", "at = 2024-12-17T08:00:00", "steps[0].at must be a date like 2024-12-17"),
        ("at = 2024-12-17T08:00:00Z", "at = 2001-03-11", "steps[0].at 2001-03-11 is before the launch of Tianhe"),
        ("at = 2024-12-17T08:00:00Z", "", "steps[0] has neither at nor event"),
        ("at = 2024-12-17T08:00:00Z", "event = \"Moon landing\"", "event: no event begins with 'Moon landing'"),
        ("at = 2024-12-17T08:00:00Z", "event = \"Tianzhou-2 docks\"", "steps[0].event: 4 events begin with"),
        ("key = \"a\"", "key = \"a\"\nuntil = 2024-12-17T09:00:00Z", "until 2024-12-17T09:00:00Z is not reached"),
        ("key = \"a\"", "key = \"a\"\nrate = -60\nuntil = 2024-12-17T09:00:00Z", "is not reached from its beginning"),
        ("sources = [\"mine\"]", "sources = [\"yours\"]", "steps[0].caption[0].sources: unknown source 'yours'"),
        ("sources = [\"mine\"]", "sources = []", "steps[0].caption[0].sources must be a list of length >= 1, not []"),
        ("text = \"Look.\"", f"text = \"{'x' * 300}\"", "steps[0].caption[0].text must be a text of length <= 240"),
        ("\"2026-10-01\"", "\"lately\"", "sources.mine[2] must be a date like"),
        ("mine = [\"My book\", \"page 3\", \"2026-10-01\"]", "mine = [\"My book\"]", "must be a list of length >= 2"),
        ("caption = [{ text = \"Look.\", sources = [\"mine\"] }]", "caption = []", "steps[0].caption must be a list"),
        ("title = \"t\"", "title = ", "not valid TOML"),
    ],
)  # fmt: skip
def test_story_with_a_wrong_field_is_refused_with_its_name(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in STEP
    with pytest.raises(StoryError) as caught:
        find_story(written(tmp_path, STEP.replace(old, new)), BOOK)
    message = str(caught.value)
    assert message.startswith("lesson.toml: ")
    assert said in message
    assert "\n" not in message
    assert len(message) < 250


def test_story_with_the_same_key_twice_is_refused(tmp_path: Path) -> None:
    step = STEP[STEP.index("[[steps]]") :]
    with pytest.raises(StoryError, match=r"steps\[1\]\.key 'a' is that of an earlier step"):
        find_story(written(tmp_path, STEP + step), BOOK)


def test_story_with_too_many_steps_is_refused(tmp_path: Path) -> None:
    step = STEP[STEP.index("[[steps]]") :]
    many = "".join(step.replace('key = "a"', f'key = "k{number}"') for number in range(50))
    with pytest.raises(StoryError, match=r"steps must be a list of length <= 40"):
        find_story(written(tmp_path, STEP + many), BOOK)


def test_story_file_that_is_too_large_missing_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    for name, text, said in (
        ("large.toml", "#" + "x" * 200_000, "larger than 100 kB"),
        ("lesson.json", "[1]", "must be a set of tables"),
    ):
        with pytest.raises(StoryError, match=said):
            find_story(written(tmp_path, text, name), BOOK)
    with pytest.raises(StoryError, match=r"none\.toml: cannot be read: No such file"):
        find_story(str(tmp_path / "none.toml"), BOOK)
    with pytest.raises(StoryError, match=r"must end in \.toml or \.json"):
        find_story(str(tmp_path / "lesson.txt"), BOOK)


def test_story_with_control_characters_and_markup_is_cleaned_and_not_markup(tmp_path: Path) -> None:
    text = STEP.replace("Look.", "Look [b]up[/b]\\u001b[31m\\u202e now.")
    sentence = find_story(written(tmp_path, text), BOOK).steps[0].sentences[0]
    assert sentence.text == "Look [b]up[/b][31m now."


def test_name_of_no_story_is_answered_with_the_nearest() -> None:
    with pytest.raises(StoryError, match="did you mean building"):
        find_story("bulding", BOOK)
    with pytest.raises(StoryError, match="there are first-crew, avoidance"):
        find_story("xyz", BOOK)


def test_story_in_json_is_the_same_as_in_toml(tmp_path: Path) -> None:
    tables = tomllib.loads(STEP)
    tables["steps"][0]["at"] = "2024-12-17T08:00:00Z"
    in_json = find_story(written(tmp_path, json.dumps(tables), "lesson.json"), BOOK)
    assert in_json == find_story(written(tmp_path, STEP), BOOK)


ODD: tuple[Any, ...] = (None, True, -1, 5e9, float("nan"), "", "x" * 2000, [], [[]], {}, {"a": 1})
"""What nobody expects in a field."""


def changed(value: object) -> Iterator[object]:
    """The tables of a story with one value after the other replaced by an odd one."""
    yield from ODD
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        for other in changed(item):
            copy: Any = value.copy() if isinstance(value, dict | list) else value
            copy[key] = other
            yield copy


def test_story_with_anything_in_any_field_is_told_or_refused_in_one_line() -> None:
    tables = tomllib.loads(seed_bytes("stories/tonight.toml").decode("utf-8"))
    said: list[str] = []
    for other in changed(tables):
        if not isinstance(other, dict):
            continue  # such a file is refused before, see `sim.table_file`
        try:
            story_of(other, "odd", BOOK)
        except StoryError as problem:
            said.append(str(problem))
    assert len(said) > 400
    assert [line for line in said if "\n" in line or len(line) > 300] == []
