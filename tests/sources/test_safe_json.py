from __future__ import annotations

import json

import msgspec
import pytest

from sim.errors import SourceError
from sim.sources.safe_json import LARGEST_BYTES, decode, full_instant_unix_s


class Person(msgspec.Struct):
    name: str


class People(msgspec.Struct):
    people: list[Person]


def test_decode_plain_json_gives_its_value() -> None:
    value = {"a": [1, 2.5, None, True, "天宫"], "b": {}}
    assert decode(json.dumps(value).encode(), "x") == value
    assert decode("\ufeff[1]".encode(), "x") == [1]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"GP data has not updated", "not JSON: .GP data"),
        (b"[NaN]", "invalid"),
        (b"[-Infinity]", "invalid"),
        (b"[1e999]", "out of range"),
        (b"[1", "truncated"),
        (b'["\xff"]', "not UTF-8"),
        (b'["a\x00b"]', "x: "),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b" " * (LARGEST_BYTES + 1), "exceed the limit"),
    ],
)
def test_decode_anything_else_is_one_clear_error(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        decode(body, "x")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"[]", "people: Expected `object`, got `array`"),
        (b"{}", "missing required field `people`"),
        (b'{"people": {}}', r"Expected `array`, got `object` - at `\$\.people`"),
        (b'{"people": [{"name": "a"}, {"name": 3}]}', r"Expected `str`, got `int` - at `\$\.people\[1\]\.name`"),
    ],
)
def test_decode_wrong_shape_names_the_path(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        decode(body, "people", People)


@pytest.mark.parametrize("text", ["now", "+2h", "2026", "soon", "", None, "9999-99-99T99:99:99Z", "2026-05-24"])
def test_full_instant_of_anything_but_date_and_time_is_none(text: str | None) -> None:
    assert full_instant_unix_s(text) is None


def test_full_instant_of_date_and_time_is_unix_seconds() -> None:
    assert full_instant_unix_s("2026-05-24T00:00:00Z") == 1779580800.0
