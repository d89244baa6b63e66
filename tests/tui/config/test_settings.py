"""Settings: what is written is read again, what is wrong is told, what is unknown stays."""

from __future__ import annotations

import os
import threading
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import SettingsError
from sim.places.gazetteer import find_place
from sim.places.place import Place
from tests.support.platforms import needs_links, needs_named_pipes
from tui.config import settings as module
from tui.config.actions import VIEWS
from tui.config.settings import Settings, cache_dir, config_dir, offline_by_environment, read_settings, write_settings
from tui.config.settings_store import STORED

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


EVERYTHING = Settings(
    place=Place("Home", 33.7, 73.1, 540.0, "Asia/Karachi", "PK", "家", ""),
    places=(Place("North", 70.0, 25.0), Place("South", -33.9, 151.2, 12.5)),
    view="passes",
    theme="tiangong-red",
    utc=True,
    plain=True,
    map_style="ascii",
    map_pixels="quadrant",
    map_follow=True,
    min_elevation_deg=20.0,
    pass_days=5.0,
    visible_only=True,
    offline=True,
    crew_news=False,
    operator_ephemeris=True,
    alert_grade=2,
    alert_lead_min=15.0,
    alert_bell=False,
    alert_notification=True,
    alert_command=("notify-send", "a pass; $(not a shell)"),
    keys={"time.pause": "space"},
)


def test_every_setting_survives_the_file(path: Path) -> None:
    assert tuple(STORED) == Settings._fields
    for name in Settings._fields:
        assert getattr(EVERYTHING, name) != getattr(Settings(), name), name
    write_settings(EVERYTHING, path)
    assert read_settings(path) == (EVERYTHING, ())


def test_without_a_file_there_are_defaults(path: Path) -> None:
    assert read_settings(path) == (Settings(), ())


def test_a_value_that_cannot_be_used_stays_until_it_is_chosen_anew(path: Path) -> None:
    path.write_text('view = "the crew"\nutc = false\n[passes]\ndays = "ten"\n')
    write_settings(read_settings(path).settings._replace(utc=True), path)
    assert tomllib.loads(path.read_text()) == {"view": "the crew", "utc": True, "passes": {"days": "ten"}}
    write_settings(read_settings(path).settings._replace(view="crew"), path)
    assert tomllib.loads(path.read_text())["view"] == "crew"


def test_defaults_are_not_written(path: Path) -> None:
    write_settings(Settings()._replace(view="crew"), path)
    assert tomllib.loads(path.read_text()) == {"view": "crew"}
    write_settings(Settings(), path)
    assert tomllib.loads(path.read_text()) == {"view": "station"}


def test_a_place_can_be_taken_back(path: Path) -> None:
    write_settings(Settings()._replace(place=find_place("Islamabad")), path)
    assert read_settings(path).settings.place == find_place("Islamabad")
    write_settings(Settings(), path)
    assert read_settings(path).settings.place is None


def test_unknown_keys_stay(path: Path) -> None:
    path.write_text('future = "kept"\n[passes]\ndays = 3\nother = [1, 2]\n[far.away]\nx = 2024-12-17\n')
    write_settings(read_settings(path).settings._replace(pass_days=4.0), path)
    document = tomllib.loads(path.read_text())
    assert document["future"] == "kept"
    assert document["passes"] == {"days": 4.0, "other": [1, 2]}
    assert str(document["far"]["away"]["x"]) == "2024-12-17"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('view = "kitchen"', "view must be one of station"),
        ("view = 1", "view must be one of"),
        ("utc = 1", "utc must be true or false"),
        ("[passes]\nmin_elevation_deg = 95", "passes.min_elevation_deg must be a number from 0 to 89"),
        ("[passes]\ndays = nan", "passes.days must be a number"),
        ("[passes]\ndays = true", "passes.days must be a number"),
        ("[alerts]\ngrade = 4", "alerts.grade must be one of 0, 1, 2, 3"),
        ('[alerts]\ncommand = "rm -rf"', "alerts.command must be a list"),
        ('[place]\nname = "x"\nlatitude_deg = 95\nlongitude_deg = 0', "place latitude 95 is outside -90 to 90"),
        ('[place]\nname = "x"\nlatitude_deg = 5', "place longitude_deg must be a number"),
        ('place = "Islamabad"', "place must be a table"),
        ("places = 3", "places must be a list"),
        ("keys = [1]", "keys must be a table"),
        ('theme = ""', "theme must be a name"),
    ],
)
def test_a_bad_value_is_told_in_one_line_and_has_its_default(path: Path, text: str, complaint: str) -> None:
    path.write_text(f"{text}\n")
    found = read_settings(path)
    assert found.settings == Settings()
    assert len(found.problems) == 1
    assert complaint in found.problems[0]
    assert "\n" not in found.problems[0]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('teme = "day"', "there is no setting “teme”: did you mean theme?"),
        ('zzz = "day"', "there is no setting “zzz”"),
        ("min_elevation_deg = 20", "there is no setting “min_elevation_deg”: did you mean passes.min_elevation_deg?"),
        ("[passes]\ndais = 3", "there is no setting “passes.dais”: did you mean passes.days?"),
        ("[pass]\ndays = 3", "there is no setting “pass”: did you mean passes?"),
        ("passes = 3", "passes must be a table: the defaults are used"),
        (
            '[place]\nname = "x"\nlatitude_deg = 1\nlongitude_deg = 2\ntimezon = "UTC"',
            "there is no setting “place.timezon”: did you mean place.timezone?",
        ),
        (
            '[[places]]\nname = "x"\nlatitude_deg = 1\nlongitude_deg = 2\nalt = 3\n',
            "there is no setting “places.alt”",
        ),
        ('"a\\u001b[2Jb\\nc" = 1', "there is no setting “a[2Jb c”"),
    ],
)
def test_what_is_not_known_is_told_in_one_line(path: Path, text: str, complaint: str) -> None:
    path.write_text(f"utc = true\n{text}\n")
    found = read_settings(path)
    assert found.settings.utc
    assert found.problems == (f"settings.toml: {complaint}",)


def test_many_unknown_keys_are_told_in_a_few_lines(path: Path) -> None:
    path.write_text("".join(f"unheard{number} = 1\n" for number in range(100)))
    problems = read_settings(path).problems
    assert len(problems) == 5
    assert problems[-1] == "settings.toml: 96 more settings are not known"


def test_one_bad_value_leaves_the_others(path: Path) -> None:
    path.write_text('view = "kitchen"\nutc = true\n')
    assert read_settings(path).settings == Settings()._replace(utc=True)


@pytest.mark.parametrize("content", [b"view = ", b"\xff\xfe\x00", b"[[[", b"a = 1\na = 2\n", b"x" * 1_000_001])
def test_a_file_that_is_no_toml_is_told_and_kept_aside(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    found = read_settings(path)
    assert found.settings == Settings()
    assert len(found.problems) == 1
    assert "defaults are used" in found.problems[0]
    write_settings(Settings()._replace(utc=True), path)
    assert read_settings(path) == (Settings()._replace(utc=True), ())
    assert path.with_name("settings.toml.unreadable").read_bytes() == content


@needs_named_pipes
def test_a_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    found, problems = read_settings(path)
    assert found == Settings()
    assert problems == ("settings.toml is no regular file: defaults are used",)


def test_control_characters_do_not_come_through(path: Path) -> None:
    path.write_text('[place]\nname = "a\\u001b[31m\\u202eb"\nlatitude_deg = 1\nlongitude_deg = 2\n')
    place = read_settings(path).settings.place
    assert place is not None
    assert place.name == "a[31mb"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet='[]{}="#.\n_abcdeplaceviewpasses0123456789 truefalse', max_size=200))
def test_any_file_gives_settings(path: Path, content: bytes | str) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read_settings(path)
    assert isinstance(found.settings, Settings)
    assert all("\n" not in problem for problem in found.problems)


def test_a_reader_never_sees_half_a_file(path: Path) -> None:
    long, short = Settings()._replace(places=tuple(Place(f"p{i}", 1.0, 2.0) for i in range(90))), Settings(utc=True)
    write_settings(short, path)
    stop = threading.Event()
    seen: set[int] = set()
    problems: list[str] = []

    def read() -> None:
        while not stop.is_set():
            found = read_settings(path)
            problems.extend(found.problems)
            seen.add(len(found.settings.places))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(30):
        write_settings(long, path)
        write_settings(short, path)
    stop.set()
    reader.join()
    assert not problems
    assert seen
    assert seen <= {0, 90}
    assert sorted(path.parent.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings(Settings(utc=True), path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match=r"cannot be written: No space left on device"):
        write_settings(Settings(view="crew"), path)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == [path]


@needs_links
def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "mine.toml"
    target.parent.mkdir()
    target.write_text("")
    path.symlink_to(target)
    write_settings(Settings(utc=True), path)
    assert path.is_symlink()
    assert tomllib.loads(target.read_text()) == {"utc": True}


def test_folders_follow_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIANGONG_CONFIG_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("TIANGONG_CACHE_DIR", str(tmp_path / "k"))
    assert (config_dir(), cache_dir()) == (tmp_path / "c", tmp_path / "k")
    write_settings(Settings(utc=True))
    assert read_settings().settings.utc
    assert os.listdir(tmp_path / "c") == ["settings.toml"]
    monkeypatch.delenv("TIANGONG_CONFIG_DIR")
    monkeypatch.delenv("TIANGONG_CACHE_DIR")
    assert config_dir().name == cache_dir().name == "tiangong"


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("yes", True), ("0", False), ("", False), ("no", False)])
def test_the_environment_can_close_the_network(value: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIANGONG_OFFLINE", value)
    assert offline_by_environment() is expected


def test_the_names_of_the_views_are_those_of_the_key_table() -> None:
    assert module.VIEW_NAMES == VIEWS
