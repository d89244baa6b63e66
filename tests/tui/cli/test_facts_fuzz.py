"""Mutated files of a user's own facts: `facts check` accepts them or names every problem on its own line."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from sim.chronicle import user_facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = 600
TOKENS = (
    *'{}[]"=,-',
    "\n",
    "1e999",
    "nan",
    "true",
    "null",
    "\x00",
    "\u202e",
    "[[",
    "9" * 50,
    "2024-13-45",
    "\ud800",
    "\x1b[2J",
)
VALUES: tuple[Any, ...] = (None, True, -1, 10**40, 1.5, "", " ", "soon", "\x1b[2J", [], {}, [[]], {"": ""}, ["x"] * 50)


def example() -> str:
    """The TOML example of the documentation."""
    lines = (user_facts.__doc__ or "").splitlines()
    return "\n".join(line[4:] for line in lines if line.startswith("    "))


RECORDS: dict[str, Any] = {
    "as_of": {"spacewalks": "2026-11-20"},
    "sources": {"mine": ["A note of mine", "https://example.org/"]},
    "spacewalks": [
        {
            "number": 28,
            "mission": "Shenzhou-23",
            "date": "2026-11-20",
            "start": "2026-11-20T02:10:00Z",
            "end": "2026-11-20T08:40:00Z",
            "duration_min": 390,
            "outside": ["Zhu Yangzhu", "Zhang Zhiyuan"],
            "sources": ["mine"],
        }
    ],
}


def mutated_text(text: str, chance: random.Random) -> bytes:
    """A text with a few places cut out, doubled or filled with something else."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 1, 3, 8, 40)))
        put = chance.choice((*TOKENS, text[start:end] * 2, ""))
        text = text[:start] + put + text[end:]
    return text.encode("utf-8", "surrogatepass")


def mutated_records(records: Any, chance: random.Random) -> Any:
    """Records with one value, somewhere inside, of another kind."""
    if isinstance(records, dict) and records and chance.random() < 0.85:
        key = chance.choice(sorted(records))
        if chance.random() < 0.1:
            return {name: value for name, value in records.items() if name != key}
        return {**records, key: mutated_records(records[key], chance)}
    if isinstance(records, list) and records and chance.random() < 0.85:
        at = chance.randrange(len(records))
        return [mutated_records(value, chance) if index == at else value for index, value in enumerate(records)]
    return chance.choice(VALUES)


@pytest.mark.parametrize("kind", ["toml", "json text", "json records"])
def test_facts_check_of_mutated_file_is_fine_or_names_each_problem(
    kind: str, tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    chance = random.Random(20261126)
    path = tmp_path / ("facts.toml" if kind == "toml" else "facts.json")
    codes: set[int] = set()
    for _ in range(FILES // 3):
        if kind == "json records":
            path.write_text(json.dumps(mutated_records(RECORDS, chance)))
        else:
            path.write_bytes(mutated_text(example() if kind == "toml" else json.dumps(RECORDS, indent=1), chance))
        code, out, err = run("facts", "check", str(path))
        codes.add(code)
        content = path.read_bytes()
        assert code in {0, 1}, content
        assert err == "", content
        assert all(line.strip() and line.isprintable() for line in out.splitlines()), content
        assert out.strip(), content
        assert (code == 0) == out.endswith("all of it can be used\n"), content
    assert codes == {0, 1}
