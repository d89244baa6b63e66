"""Settings: written values are read again, invalid ones are reported, the rest of the file is kept."""

from __future__ import annotations

import os
import threading
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from sim.errors import SettingsError
from sim.places.gazetteer import find_place
from sim.places.place import Place
from tests.support.platforms import needs_links, needs_named_pipes
from tests.support.settings_file import write_settings
from tui.config import settings as module
from tui.config.actions import VIEWS
from tui.config.settings import Settings, cache_dir, config_dir, offline_by_environment
from tui.config.settings_store import LoadedSettings, read_settings, save_changes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


EVERYTHING = Settings(
    horizon="horizon.csv",
    zone="Asia/Tokyo",
    place=Place("Home", 33.7, 73.1, 540.0, "Asia/Karachi", "PK", "家", ""),
    places=(Place("North", 70.0, 25.0), Place("South", -33.9, 151.2, 12.5)),
    view="passes",
    theme="tiangong-red",
    language="zh_CN",
    utc=True,
    plain=True,
    map_style="ascii",
    map_pixels="quadrant",
    map_follow=True,
    map_longitude_deg=-75.5,
    map_latitude_deg=12.25,
    map_zoom=4.0,
    map_layers=("seen", "anomaly"),
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


def visible_files(path: Path) -> list[Path]:
    return sorted(entry for entry in path.parent.iterdir() if not entry.name.endswith(".lock"))


def change(path: Path, **changes: Any) -> None:
    """Choose something in a dashboard that has just read the file."""
    known = read_settings(path).settings
    save_changes(known, replace(known, **changes), path)


def test_settings_every_value_survives_the_file(path: Path) -> None:
    for name in Settings.__struct_fields__:
        assert getattr(EVERYTHING, name) != getattr(Settings(), name), name
    write_settings(EVERYTHING, path)
    assert read_settings(path) == LoadedSettings(settings=EVERYTHING)


def test_read_settings_without_a_file_gives_defaults(path: Path) -> None:
    assert read_settings(path) == LoadedSettings(settings=Settings())


def test_save_changes_keeps_an_invalid_value_until_it_is_chosen_anew(path: Path) -> None:
    path.write_text('view = "the crew"\nutc = false\n[passes]\ndays = "ten"\n')
    change(path, utc=True)
    assert tomllib.loads(path.read_text()) == {"view": "the crew", "utc": True, "passes": {"days": "ten"}}
    change(path, view="crew")
    assert tomllib.loads(path.read_text())["view"] == "crew"


def test_save_changes_writes_only_what_changed(path: Path) -> None:
    write_settings(Settings(view="crew"), path)
    assert tomllib.loads(path.read_text()) == {"view": "crew"}
    change(path, view="station")
    assert tomllib.loads(path.read_text()) == {"view": "station"}


def test_save_changes_place_none_removes_it(path: Path) -> None:
    write_settings(Settings(place=find_place("Islamabad")), path)
    assert read_settings(path).settings.place == find_place("Islamabad")
    change(path, place=None)
    assert read_settings(path).settings.place is None


HAND_WRITTEN = """\
# my settings
theme = "tiangong-red"  # for the eyes
utc = true

# where I live
[place]
name = "Home"      # the garden
latitude_deg = 33.7
longitude_deg = 73.1

[passes]
days = 5           # a working week
min_elevation_deg = 20

[alerts]
# grade = 2
bell = false
"""


def test_save_changes_keeps_comments_and_order(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    change(path, theme="tiangong-day", pass_days=7.0)
    expected = HAND_WRITTEN.replace("tiangong-red", "tiangong-day").replace("days = 5 ", "days = 7.0 ")
    assert path.read_text() == expected


def test_save_changes_new_key_stands_before_the_tables(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    change(path, plain=True, map_follow=True, alert_grade=2)
    found = read_settings(path)
    assert found.problems == ()
    assert (found.settings.plain, found.settings.map_follow, found.settings.alert_grade) == (True, True, 2)
    assert all(line in path.read_text().splitlines() for line in HAND_WRITTEN.splitlines())


def test_save_changes_place_keeps_the_comments_of_its_table(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    change(path, place=Place("Hut", 35.0, 74.0, 2000.0))
    assert read_settings(path).settings.place == Place("Hut", 35.0, 74.0, 2000.0)
    assert "# the garden" in path.read_text()
    assert "# where I live" in path.read_text()


def test_save_changes_of_two_dashboards_do_not_undo_each_other(path: Path) -> None:
    write_settings(Settings(theme="tiangong"), path)
    one = other = read_settings(path).settings
    save_changes(one, replace(one, theme="tiangong-day"), path)
    save_changes(other, replace(other, utc=True, places=(Place("North", 70.0, 25.0),)), path)
    save_changes(one, replace(one, places=(Place("South", -33.9, 151.2),)), path)
    found = read_settings(path).settings
    assert (found.theme, found.utc) == ("tiangong-day", True)
    assert [place.name for place in found.places] == ["North", "South"]


def test_save_changes_removing_a_saved_place_keeps_those_of_others(path: Path) -> None:
    north, south = Place("North", 70.0, 25.0), Place("South", -33.9, 151.2)
    write_settings(Settings(places=(north,)), path)
    known = read_settings(path).settings
    change(path, places=(north, south))
    save_changes(known, replace(known, places=()), path)
    assert read_settings(path).settings.places == (south,)


def test_save_changes_keeps_what_a_person_wrote_meanwhile(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    known = read_settings(path).settings
    path.write_text(HAND_WRITTEN.replace("utc = true", "utc = false").replace("days = 5", "days = 3"))
    save_changes(known, replace(known, theme="tiangong-day"), path)
    found = read_settings(path).settings
    assert (found.theme, found.utc, found.pass_days) == ("tiangong-day", False, 3.0)


def test_save_changes_of_many_processes_keeps_every_choice(path: Path) -> None:
    names = ("utc", "plain", "map_follow", "visible_only", "offline", "alert_notification", "operator_ephemeris")
    path.write_text(HAND_WRITTEN.replace("utc = true", "utc = false"))
    known = read_settings(path).settings
    threads = [
        threading.Thread(target=save_changes, args=(known, replace(known, **{name: True}), path)) for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = asdict(read_settings(path).settings)
    assert all(found[name] for name in names)


def test_save_changes_keeps_unknown_keys(path: Path) -> None:
    path.write_text('future = "kept"\n[passes]\ndays = 3\nother = [1, 2]\n[far.away]\nx = 2024-12-17\n')
    change(path, pass_days=4.0)
    document = tomllib.loads(path.read_text())
    assert document["future"] == "kept"
    assert document["passes"] == {"days": 4.0, "other": [1, 2]}
    assert str(document["far"]["away"]["x"]) == "2024-12-17"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[places]]\nname = 3", r"Expected `str`, got `int` - at `$[0].name`"),
        ('view = "kitchen"', "view must be one of station"),
        ("view = 1", "view must be one of"),
        ("utc = 1", "utc must be true or false"),
        ("[passes]\nmin_elevation_deg = 95", "passes.min_elevation_deg must be a number from 0 to 89"),
        ("[passes]\ndays = nan", "passes.days must be a number"),
        ("[passes]\ndays = true", "passes.days must be a number"),
        ("[alerts]\ngrade = 4", "alerts.grade must be one of 0, 1, 2, 3"),
        ('[alerts]\ncommand = "rm -rf"', "alerts.command must be a list"),
        ('[place]\nname = "x"\nlatitude_deg = 95\nlongitude_deg = 0', "place latitude 95 is outside -90 to 90"),
        ('[place]\nname = "x"\nlatitude_deg = 5', "missing required field `longitude_deg`"),
        ('place = "Islamabad"', "place must be a table"),
        ("places = 3", "places must be a list"),
        ("keys = [1]", "keys must be a table"),
        ('theme = ""', "theme must be a name"),
    ],
)
def test_read_settings_invalid_value_is_reported_and_has_its_default(path: Path, text: str, complaint: str) -> None:
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
def test_read_settings_unknown_key_is_reported(path: Path, text: str, complaint: str) -> None:
    path.write_text(f"utc = true\n{text}\n")
    found = read_settings(path)
    assert found.settings.utc
    assert found.problems == (f"settings.toml: {complaint}",)


def test_read_settings_many_unknown_keys_are_summed_up(path: Path) -> None:
    path.write_text("".join(f"unheard{number} = 1\n" for number in range(100)))
    problems = read_settings(path).problems
    assert len(problems) == 5
    assert problems[-1] == "settings.toml: 96 more settings are not known"


def test_read_settings_invalid_value_leaves_the_others(path: Path) -> None:
    path.write_text('view = "kitchen"\nutc = true\n')
    assert read_settings(path).settings == replace(Settings(), utc=True)


@pytest.mark.parametrize("content", [b"view = ", b"\xff\xfe\x00", b"[[[", b"a = 1\na = 2\n", b"x" * 1_000_001])
def test_save_changes_file_that_is_not_toml_is_renamed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    found = read_settings(path)
    assert found.settings == Settings()
    assert len(found.problems) == 1
    assert "defaults are used" in found.problems[0]
    write_settings(replace(Settings(), utc=True), path)
    assert read_settings(path) == LoadedSettings(settings=Settings(utc=True))
    assert path.with_name("settings.toml.unreadable").read_bytes() == content


@needs_named_pipes
def test_read_settings_pipe_does_not_block(path: Path) -> None:
    os.mkfifo(path)
    found = read_settings(path)
    assert found.settings == Settings()
    assert found.problems == ("settings.toml cannot be read (it is not a regular file): defaults are used",)


def test_read_settings_removes_control_characters(path: Path) -> None:
    path.write_text('[place]\nname = "a\\u001b[31m\\u202eb"\nlatitude_deg = 1\nlongitude_deg = 2\n')
    place = read_settings(path).settings.place
    assert place is not None
    assert place.name == "a[31mb"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(st.binary(max_size=200) | st.text(alphabet='[]{}="#.\n_abcdeplaceviewpasses0123456789 truefalse', max_size=200))
def test_read_settings_any_file_gives_settings(path: Path, content: bytes | str) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read_settings(path)
    assert isinstance(found.settings, Settings)
    assert all("\n" not in problem for problem in found.problems)


def test_save_changes_reader_never_sees_half_a_file(path: Path) -> None:
    long, short = replace(Settings(), places=tuple(Place(f"p{i}", 1.0, 2.0) for i in range(90))), Settings(utc=True)
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
    for _ in range(12):
        save_changes(short, long, path)
        save_changes(long, short, path)
    stop.set()
    reader.join()
    assert not problems
    assert seen
    assert seen <= {0, 90}
    assert visible_files(path) == [path]


def test_save_changes_failed_write_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings(Settings(utc=True), path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match=r"cannot be written: No space left on device"):
        write_settings(Settings(view="crew"), path)
    assert path.read_bytes() == before
    assert visible_files(path) == [path]


@needs_links
def test_save_changes_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "mine.toml"
    target.parent.mkdir()
    target.write_text("")
    path.symlink_to(target)
    write_settings(Settings(utc=True), path)
    assert path.is_symlink()
    assert tomllib.loads(target.read_text()) == {"utc": True}


def test_config_dir_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIANGONG_CONFIG_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("TIANGONG_CACHE_DIR", str(tmp_path / "k"))
    assert (config_dir(), cache_dir()) == (tmp_path / "c", tmp_path / "k")
    write_settings(Settings(utc=True))
    assert read_settings().settings.utc
    assert visible_files(tmp_path / "c" / "settings.toml") == [tmp_path / "c" / "settings.toml"]
    monkeypatch.delenv("TIANGONG_CONFIG_DIR")
    monkeypatch.delenv("TIANGONG_CACHE_DIR")
    assert config_dir().name == cache_dir().name == "tiangong"


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("yes", True), ("0", False), ("", False), ("no", False)])
def test_offline_by_environment_reads_the_variable(value: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIANGONG_OFFLINE", value)
    assert offline_by_environment() is expected


def test_view_names_are_those_of_the_key_table_and_the_model() -> None:
    assert (*VIEWS, "model") == module.VIEW_NAMES, "the model is opened from the missions and has no digit"
