"""Files beside the code: changelog, release script, workflows, and the maker that the weekly job runs."""

from __future__ import annotations

import datetime
import importlib.machinery
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from seeds.makers import elements as elements_maker
from tui.reference.topics import TOPICS

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def release_script() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("release", str(ROOT / ".ci" / "release"))
    spec = importlib.util.spec_from_loader("release", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="git tells which files are the project's")
def test_top_level_holds_the_rooms_and_the_papers_alone() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = {line.partition("/")[0] for line in listed.splitlines()}
    papers = {"pyproject.toml", "constraints.txt", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"}
    assert {name for name in found if not name.startswith(".")} == papers | {"sim", "tui", "seeds", "tests"}


def test_changelog_has_dated_versions_newest_first_and_the_project_s_own() -> None:
    headings = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    found = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", heading) for heading in headings[1:]]
    assert all(found), headings
    days = [datetime.date.fromisoformat(match[2]) for match in found if match]
    assert days == sorted(days, reverse=True)
    assert PROJECT["project"]["version"] in {match[1] for match in found if match}


def test_changelog_uses_the_six_kinds_of_change_and_our_performance_table() -> None:
    kinds = set(re.findall(r"^### (.*)$", CHANGELOG, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Performance"}


def test_release_dates_what_is_unreleased_and_keeps_the_rest() -> None:
    script = release_script()
    changed = script.dated(CHANGELOG, "9.8.7", "2030-01-02")
    assert changed.startswith(
        CHANGELOG.partition("## [Unreleased]")[0] + "## [Unreleased]\n\n## [9.8.7] - 2030-01-02\n"
    )
    assert changed.replace("\n\n## [9.8.7] - 2030-01-02", "") == CHANGELOG
    numbered = script.numbered((ROOT / "pyproject.toml").read_text("utf-8"), "9.8.7")
    assert tomllib.loads(numbered)["project"] == {**PROJECT["project"], "version": "9.8.7"}


@pytest.mark.parametrize(
    ("changelog", "complaint"),
    [
        ("## [Unreleased]\n\n- x\n\n## [1.0.0] - 2026-01-01\n", "has a version 1.0.0 already"),
        ("## [Unreleased]\n\n## [0.9.0] - 2026-01-01\n", "has nothing under"),
        ("# Changelog\n", "has nothing under"),
    ],
)
def test_release_without_changes_or_twice_is_refused(changelog: str, complaint: str) -> None:
    with pytest.raises(SystemExit, match=complaint):
        release_script().dated(changelog, "1.0.0", "2026-02-03")


def test_constraints_name_every_declared_dependency() -> None:
    constraints = (ROOT / "constraints.txt").read_text("utf-8")
    constrained = {normal(name) for name in re.findall(r"^([\w.-]+)==", constraints, re.MULTILINE)}
    project = PROJECT["project"]
    declared = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    names = {normal(re.split(r"[^\w.-]", requirement)[0]) for requirement in declared}
    assert names - constrained == set()


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_elements_maker_from_its_own_content_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    present = elements_maker.OUTPUT.read_text("utf-8")
    assert elements_maker.seed_text(elements_maker.embedded_records(json.loads(present))) == present
    assert "refused" not in capsys.readouterr().out


def test_elements_maker_adds_new_sets_of_the_station_alone() -> None:
    records = elements_maker.embedded_records(json.loads(elements_maker.OUTPUT.read_text("utf-8")))
    last = records.pop()
    other = "1 25544U 98067A   26279.5  .0  0  0 0  9990\n2 25544  51.6 0 0 0 0 15.5 0\n"
    text = (
        f"CSS (TIANHE)\r\n{last['line1']}\r\n{last['line2']}\r\n{other}{records[0]['line1']}\n{records[0]['line2']}\n"
    )
    assert elements_maker.new_records(records, text, origin="celestrak.org") == [
        {**last, "origin": "celestrak.org", "note": ""}
    ]


def test_workflows_and_forms_are_valid_yaml_and_run_what_exists() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    files = [*(ROOT / ".github").rglob("*.yml")]
    assert {path.name for path in files} >= {"tests.yml", "refresh.yml", "bug.yml", "fact.yml", "config.yml"}
    for path in files:
        assert isinstance(yaml.safe_load(path.read_text("utf-8")), dict)
    json.loads((ROOT / ".github" / "renovate.json").read_text("utf-8"))
    steps = "\n".join(path.read_text("utf-8") for path in files)
    for module in re.findall(r"python -m (seeds[.\w]+)", steps):
        assert importlib.util.find_spec(module) is not None
    for script in re.findall(r"(?m)run: (\.ci/\w+)$", steps):
        assert (ROOT / script).is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no executable flag")
def test_release_dry_run_writes_nothing() -> None:
    before = CHANGELOG, (ROOT / "pyproject.toml").read_bytes()
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "release", "9.8.7", "--dry-run"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("## [9.8.7] - ")
    assert (CHANGELOG, (ROOT / "pyproject.toml").read_bytes()) == before


def test_contributing_names_every_room_and_no_other() -> None:
    """A newcomer looks there first; folders of data and pictures are not rooms."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    tree = text.partition("## Where things are")[2].partition("```mermaid")[0]
    named = set(re.findall(r"(?<![.\w])([a-z]\w*)/", tree))
    packages = {path.parent.name for top in ("sim", "tui", "seeds") for path in (ROOT / top).rglob("__init__.py")}
    assert packages - named == set()
    rooms_of_tests = {"tests", "support", "snapshots", "terminal", "benchmarks"}
    assert named - packages - rooms_of_tests == set()


def test_contributing_names_files_and_modules_that_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = re.findall(r"`((?:sim|tui|seeds|tests)/[\w/.-]+)`", text)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []
    modules = re.findall(r"python -m (seeds[.\w]+)", text)
    assert [module for module in modules if importlib.util.find_spec(module) is None] == []


def test_readme_fits_two_screens_and_sends_readers_to_every_topic() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 100
    told = text.partition("## Where more is")[2]
    assert [name for name in TOPICS if f"`{name}`" not in told and f"help {name}`" not in told] == []
