from __future__ import annotations

import json

import pytest

from sim.errors import SourceError
from sim.sources.safe_json import LONGEST_TEXT, MOST_LEVELS, instant_of, items, loads, mapping, text_of


def test_plain_json_comes_through() -> None:
    value = {"a": [1, 2.5, None, True, "天宫"], "b": {}}
    assert loads(json.dumps(value).encode(), "x") == value
    assert loads("\ufeff[1]".encode(), "x") == [1]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"GP data has not updated", "no JSON: .GP data"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"[NaN]", "NaN is no number"),
        (b"[-Infinity]", "no number"),
        (b"[1e999]", "too large"),
        (b"[" + b"9" * 5000 + b"]", "x: "),
        (b"[1", "x: "),
        (b'["\xff"]', "not UTF-8"),
        (b'["a\x00b"]', "x: "),
        (b"[" * 100_000, "nested too deep"),
        (b"[" * (MOST_LEVELS + 1) + b"]" * (MOST_LEVELS + 1), "levels deep"),
        (b'{"a":' * 50 + b"1" + b"}" * 50, "levels deep"),
        (b'["' + b"a" * (LONGEST_TEXT + 1) + b'"]', "a text of"),
        (b"[" + b"1," * 500_000 + b"1]", "too many values"),
        (b" " * 8_000_001, "too many"),
    ],
)
def test_anything_else_is_one_clear_error(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        loads(body, "x")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_the_deepest_allowed_nesting() -> None:
    assert loads(b"[" * MOST_LEVELS + b"]" * MOST_LEVELS, "x")


def test_texts_are_cleaned_and_missing_ones_are_empty() -> None:
    record = {"a": {"b": " x\u202e\x1b[31m\ty "}, "n": None, "i": 3}
    assert text_of(record, "a", "b") == "x[31m y"
    assert text_of(record, "a", "c") == text_of(record, "n", "b") == text_of(record, "i") == text_of(None, "a") == ""
    assert len(text_of({"a": "x" * 500}, "a", limit=20)) == 20


@pytest.mark.parametrize("text", ["now", "+2h", "2026", "soon", "", "9999-99-99T99:99:99Z", "2026-05-24"])
def test_only_a_full_date_and_time_is_an_instant(text: str) -> None:
    assert instant_of({"t": text}, "t") is None
    assert instant_of({"t": "2026-05-24T00:00:00Z"}, "t") == 1779580800.0


def test_wrong_shapes_are_named() -> None:
    with pytest.raises(SourceError, match="crew is no list"):
        items({}, "crew")
    with pytest.raises(SourceError, match="crew has 3 entries"):
        items([1, 2, 3], "crew", most=2)
    with pytest.raises(SourceError, match="it is no object"):
        mapping([], "it")
