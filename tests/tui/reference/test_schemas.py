"""The published formats against what the program really prints, strictly: every key described, none missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from sim.errors import HelpError
from tui.cli import main
from tui.cli.output.json_export import SCHEMA
from tui.reference.schemas import COMMON, FORMATS, field_table, read_schema, whole_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "tests" / "data" / "cases"
KNOWN = ("--at", "2026-10-08", "--place", "Islamabad")
INSTANTS = {
    "known": KNOWN,
    "2021": ("--at", "2021-05-10", "--place", "Beijing"),
    "a spacewalk": ("--at", "2024-12-17T08:00:00Z", "--place", "Karachi"),
    "a transit of crews": ("--at", "2022-11-29T18:00:00Z", "--place", "Tromsø"),
    "stale": ("--at", "2026-10-15", "--place", "Quito"),
    "unknown": ("--at", "2027-02-01", "--place", "Islamabad"),
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "track": ("track", "--step", "600"),
    "passes": ("passes", "--days", "10"),
    "look": ("look", "--pass", "1", "--step", "60", "--frequency", "145.8M"),
    "transits": ("transits", "--days", "5"),
    "beta": ("beta", "--days", "5"),
    "contacts": ("contacts", "--days", "1"),
    "eclipses": ("eclipses", "--days", "1"),
    "crew": ("crew",),
    "crew-all": ("crew", "--all"),
    "ports": ("ports",),
    "missions": ("missions",),
    "spacewalks": ("spacewalks",),
    "events": ("events",),
    "altitude": ("altitude",),
    "burns": ("burns",),
    "partners": ("partners",),
    "opportunities": ("opportunities", "--days", "3", "--all"),
    "about": ("about",),
    "track-geojson": ("track", "--step", "60"),
    "transits-geojson": ("transits", "--days", "10"),
}
REFUSED = {
    *(("look", when) for when in ("unknown", "stale", "2021", "a transit of crews")),  # --pass 1 of a time not known
    *((name, "unknown") for name in ("transits", "transits-geojson")),
}
"""Where there may be no answer: one line and exit code 1 instead."""


def strict(schema: Any) -> Any:
    """The same with no keys but those described, so that one that nobody has described is noticed."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: strict(part) for key, part in schema.items()}
    is_object = isinstance(schema.get("properties"), dict) and isinstance(schema.get("required"), list)
    return {**parts, "additionalProperties": False} if is_object else parts


REGISTRY: Registry[Any] = Registry().with_resource(
    read_schema(COMMON)["$id"], Resource.from_contents(strict(read_schema(COMMON)))
)


def assert_described(name: str, answer: Any) -> None:
    problems = Draft202012Validator(strict(read_schema(name)), registry=REGISTRY).iter_errors(answer)
    assert [f"{'.'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in problems] == []


def answer(words: Sequence[str], form: str, capsys: pytest.CaptureFixture[str]) -> Any:
    code = main.main([*words, "--format", form])
    out, err = capsys.readouterr()
    return json.loads(out) if code == 0 else (code, out, err)


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIANGONG_OFFLINE", "1")


@pytest.mark.validation
@pytest.mark.parametrize("when", INSTANTS)
@pytest.mark.parametrize("name", FORMATS)
def test_answer_is_what_its_schema_says(name: str, when: str, capsys: pytest.CaptureFixture[str]) -> None:
    form = "geojson" if name.endswith("geojson") else "json"
    found = answer([*COMMANDS[name], *INSTANTS[when]], form, capsys)
    if isinstance(found, tuple):
        assert (name, when) in REFUSED
        assert found[:2] == (1, "")
        return
    assert_described(name, found)


@pytest.mark.parametrize("name", ["passes", "look", "transits"])
def test_answer_with_an_own_horizon_is_what_its_schema_says(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "horizon.csv"
    file.write_text("0,25\n180,5\n")
    found = answer([*COMMANDS[name], *KNOWN, "--horizon", str(file)], "json", capsys)
    assert_described(name, found)


OTHERS = {
    "the ISS": ("c16c-iss.tle", "2026-08-22T16:00:00Z"),
    "an ephemeris": ("o01-ref.oem", "2026-08-22T16:00:00Z"),
    "a geostationary satellite": ("p01-geo.tle", "2026-08-22T16:00:00Z"),
}


@pytest.mark.validation
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("name", ["status", "track", "passes", "look", "eclipses", "beta", "contacts", "track-geojson"])
def test_answer_about_another_object_is_what_its_schema_says(
    name: str, other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, at = OTHERS[other]
    form = "geojson" if name.endswith("geojson") else "json"
    words = ("look",) if name == "look" else COMMANDS[name]
    found = answer([*words, "--at", at, "--place", "Berlin", "--elements", str(CASES / file)], form, capsys)
    if isinstance(found, tuple):
        assert found[:2] == (1, ""), found
        pytest.skip(f"no answer: {found[2]}")
    assert_described(name, found)


@pytest.mark.validation
@pytest.mark.parametrize("name", FORMATS)
def test_schema_is_valid_and_describes_every_field(name: str) -> None:
    schema = whole_schema(name)
    Draft202012Validator.check_schema(schema)
    rows = [line.strip("| ").split(" | ") for line in field_table(name).splitlines() if line.startswith("| `")]
    assert rows
    assert [row for row in rows if len(row) < 3 and not row[0].endswith(("type`", "coordinates`", "geometry`"))] == []


def test_whole_schema_needs_no_other_file_and_finds_a_wrong_answer(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(["status", *KNOWN], "json", capsys)
    validator = Draft202012Validator(whole_schema("status"))
    assert list(validator.iter_errors(found)) == []
    for wrong in ({"mode": "guess"}, {"time": "yesterday"}, {"schema": 3}, {"elements": {"stale": "no"}}):
        assert list(validator.iter_errors({**found, **wrong}))
    del found["position"]
    assert list(validator.iter_errors(found))


def test_schemas_allow_keys_that_a_later_version_adds(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(["ports", *KNOWN], "json", capsys)
    assert list(Draft202012Validator(whole_schema("ports")).iter_errors({**found, "new": 1})) == []


def test_every_file_is_a_format_and_states_the_version_that_is_printed() -> None:
    files = {path.name.removesuffix(".schema.json") for path in (ROOT / "seeds" / "schemas").iterdir()}
    assert files == {*FORMATS, COMMON}
    assert read_schema(COMMON)["$defs"]["schema"]["const"] == SCHEMA


def test_unknown_format_is_one_line() -> None:
    with pytest.raises(HelpError, match=r"did you mean passes\?"):
        read_schema("pases")
