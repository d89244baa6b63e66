"""Help, error messages and exit codes of the command line, and its behaviour without a terminal."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sim.errors import SettingsError
from sim.orbit.element_history import embedded_history
from sim.places.gazetteer import find_place
from sim.time import parse_instant
from tests.support.dashboard import make_app, notifications
from tests.support.operating import operating
from tests.support.settings_file import write_settings
from tui.app import TiangongApp
from tui.cli.arguments import CommandLine, joined, span_s, split_command
from tui.cli.commands import COMMANDS, dashboard
from tui.cli.commands.dashboard import known_theme
from tui.config.settings import Settings
from tui.drawing import themes
from tui.session.loading import make_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.config.options import DashboardOptions

AT = ["--at", "2024-12-17T08:00:00Z"]
KNOWN = ["--at", "2026-10-08"]
ISLAMABAD = ["--lat", "33.6844", "--lon", "73.0479", "--height", "540"]


def dashboard_options(words: list[str]) -> DashboardOptions:
    """The options of a dashboard started with some arguments."""
    return dashboard.options(dashboard.DashboardArguments.of(dashboard.parser().parse_args(words)))


@pytest.mark.parametrize(
    "words", [("status", "--foo"), ("fly",), ("status", "--place", "Nowhereland"), ("passes", "--days", "999")]
)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_refusals_begin_alike(run: Callable[..., tuple[int, str, str]], words: tuple[str, ...], code: str) -> None:
    _code, _out, err = run(*words, "--lang", code)
    assert re.match(r"tiangong( [a-z]+)?: \S", err.splitlines()[-1])


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["status", "--at", "yesterday-ish"], 2, "“yesterday-ish” is not a date or time"),
        (["status", "--at", "2024-13-01"], 2, "is not a date or time"),
        (["status", "--at", "1066"], 2, "argument --at"),
        (["status", "--at", "2019-01-01"], 1, "there was no station before 2021-04-29"),
        (["status", "--lat", "95", "--lon", "0"], 2, "95 is not from -90 to 90"),
        (["status", "--lat", "33"], 2, "--lat and --lon belong together"),
        (["status", "--lat", "nan", "--lon", "0"], 2, "nan is not from -90"),
        (["status", "--lat", "north", "--lon", "0"], 2, "“north” is not a number"),
        (["status", "--place", "Paris", "--lat", "1", "--lon", "1"], 2, "name two places"),
        (["status", "--height", "3"], 2, "--height needs a place"),
        (["status", "--lat", "1", "--lon", "1", "--height", "99999"], 2, "99999 is not from -500 to 9000"),
        (["passes", "--place", "Islamabd"], 1, "did you mean Islamabad, PK"),
        (["passes", "--place", "95, 3"], 1, "latitude 95 is outside"),
        (["passes", "--days", "0"], 2, "0 is not above 0 and up to 30"),
        (["passes", "--days", "31"], 2, "31 is not above 0 and up to 30"),
        (["passes", "--min-elevation", "90"], 2, "90 is not from -5 to 89"),
        (["passes", "--format", "xml"], 2, "invalid choice"),
        (["passes", "--lead", "soon"], 2, "is not a span of time"),
        (["passes", *KNOWN, "--format", "ics", "--lead", "99999999999h"], 2, "is longer than 100 years"),
        (["status", "--horizon", "nowhere.csv"], 1, "nowhere.csv: cannot be read"),
        (["passes", "--wait", "--at", "now"], 2, "leave --at away"),
        (["eclipses", "--days", "-1"], 2, "argument --days"),
        (["track", "--start", "2026-01-02", "--end", "2026-01-01"], 2, "--end lies before --start"),
        (["track", "--step", "0"], 2, "0 is not from 0.001"),
        (["track", *KNOWN, "--end", "2026-11-08", "--step", "0.01"], 2, "too many"),
        (["events", "--from", "2024-02-01", "--to", "2024-01-01"], 2, "--to lies before --from"),
        (["statuss"], 2, "did you mean status?"),
        (["--nonsense"], 2, "unrecognized arguments"),
        (["--view", "kitchen"], 2, "invalid choice"),
        (["--rate", "99999"], 2, "is not from -3600 to 3600"),
        (["snap", "--size", "1x1"], 2, "is not a size"),
        (["snap", "--output", "picture.png"], 2, ".svg or .txt"),
        (["status", "--at=--"], 2, "argument --at: expected one argument"),
        (["passes", "--days=--"], 2, "argument --days: expected one argument"),
        (["snap", "--at", "2099-01-01"], 1, "no data more than one year ahead"),
        (["serve", "--port", "99999"], 2, "“99999” is not a port: 1 to 65535"),
        (["serve", "--port", "http"], 2, "“http” is not a port"),
        (["serve", "--public-url", "http://[::g"], 2, "is not a web address"),
        (["facts", "eat"], 2, "invalid choice"),
        (["facts", "check", "nowhere.toml"], 1, ""),
        (["update"], 1, "offline: nothing is fetched"),
        (["status", "--elements", "no/such/file"], 1, "cannot be read"),
    ],
)
def test_main_mistake_gives_one_clear_line_and_its_code(
    words: list[str], code: int, complaint: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    found, out, err = run(*words)
    assert found == code
    assert complaint in err
    if complaint:
        assert out == ""
        assert len(err.splitlines()) == 1 + ("[" not in err and "place Lahore" in err)
    assert "Traceback" not in err
    assert "\x1b" not in err


@pytest.mark.parametrize("content", ["", "hello\n", "{", "[]", "1 48274U\n2 48274\n", "\x00\x01", "<xml/>"])
def test_main_invalid_element_file_gives_one_line(
    content: str, tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    path = tmp_path / "elements.txt"
    path.write_text(content)
    code, out, err = run("status", "--elements", str(path), "--place", "Islamabad")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "elements.txt" in err


def test_main_element_file_is_used_alone(tmp_path: Path, shape: Callable[..., Any]) -> None:
    chosen = json.loads((Path(__file__).parents[3] / "seeds" / "elements.json").read_bytes())["sets"][250]
    path = tmp_path / "mine.tle"
    path.write_text("\n".join(chosen[:2]))
    status = shape("status", *AT, "--elements", str(path))
    assert status["elements"]["source"] == "mine.tle"
    assert status["elements"]["stale"] is True
    assert embedded_history().elements(parse_instant(AT[1])).source == "embedded history"


def tle(number: int, motion_rev_day: float, drag: str) -> str:
    """A set of a circular orbit with the right checksums."""
    lines = (
        f"1 {number:05d}U 98067A   24351.50000000  .00016717  00000+0  {drag} 0  900",
        f"2 {number:05d}  51.6400 208.9163 0006703  69.9862  25.2906 {motion_rev_day:11.8f}    0",
    )
    sums = (sum(int(c) if c.isdigit() else c == "-" for c in line) % 10 for line in lines)
    return "\n".join(f"{line}{digit}" for line, digit in zip(lines, sums, strict=True))


def test_main_elements_of_another_object_give_a_message(
    tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    path = tmp_path / "iss.tle"
    path.write_text("ISS \x1b[31m(ZARYA)\n" + tle(25544, 15.5, "10270-3"))
    code, _, err = run("status", *AT, "--place", "Islamabad", "--elements", str(path))
    assert code == 0
    assert "iss.tle holds object 25544 ISS" in err
    assert "not the station (48274)" in err
    assert "\x1b" not in err


@pytest.mark.parametrize("command", ["", "status", "track", "passes", "eclipses", "altitude"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_main_decayed_elements_are_refused_by_every_command(
    command: str, form: str, tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    path = tmp_path / "fallen.tle"
    path.write_text(tle(48274, 16.4, "99999-0"))
    shaped = ["--format", form] if command and form == "json" else []
    words = [*command.split(), "--at", "2024-12-18", "--place", "Islamabad", "--elements", str(path), *shaped]
    assert run(*words) == (
        1,
        "",
        "tiangong: these elements decay before 2024-12-18T00:00:00Z: they come down about 2024-12-16\n",
    )


def test_main_status_years_after_the_last_set_tells_all_but_the_orbit(run: Callable[..., tuple[int, str, str]]) -> None:
    words = ("status", "--at", "2028-09-01", "--place", "Islamabad")
    code, out, err = run(*words)
    assert code == 0
    assert "not known: the elements of 2026-10-10 are 691 days away: nothing is known of the orbit" in out
    assert "crew        3 aboard (last known on 2026-10-10)" in out
    assert "STALE" in err
    shape = json.loads(run(*words, "--format", "json")[1])
    assert shape["position"] == dict.fromkeys(("latitude_deg", "longitude_deg", "height_km", "speed_km_s"))
    assert (shape["orbit"]["mean_altitude_km"], shape["orbit"]["period_min"]) == (None, None)
    assert len(shape["crew"]) == 3


@pytest.mark.parametrize("command", ["altitude", "passes", "eclipses", "track", "look"])
def test_main_orbit_years_after_the_last_set_is_refused(command: str, run: Callable[..., tuple[int, str, str]]) -> None:
    assert run(command, "--at", "2028-09-01", "--place", "Islamabad") == (
        1,
        "",
        "tiangong: the elements of 2026-10-10 are 691 days away: nothing is known of the orbit\n",
    )


@pytest.mark.parametrize("command", ["passes", "eclipses"])
def test_main_elements_decaying_within_the_span_give_a_message(
    command: str, tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    path = tmp_path / "falling.tle"
    path.write_text(tle(48274, 16.4, "99999-0"))
    words = [command, "--at", "2024-12-16T12:00:00Z", "--days", "3", "--place", "Islamabad", "--elements", str(path)]
    code, _, err = run(*words)
    assert code == 0
    assert "these elements decay before 2024-12-19T12:00:00Z: they come down about 2024-12-16" in err


def test_main_hostile_place_name_is_cleaned(run: Callable[..., tuple[int, str, str]]) -> None:
    code, _, err = run("status", "--place", "\x1b]0;owned\x07\u202eabc")
    assert code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(err)


def test_main_ambiguous_place_names_the_others(run: Callable[..., tuple[int, str, str]]) -> None:
    _, _, err = run("status", *AT, "--place", "Springfield")
    assert err == "tiangong: Springfield, MO, US is taken; there are also Springfield, MA, US; Springfield, IL, US\n"


def test_main_options_before_the_command_count_like_those_after_it(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run(*AT, "status", "--place", "Islamabad") == run("status", *AT, "--place", "Islamabad")
    assert run("--offline", "facts", "check") == run("facts", "check")


@pytest.mark.parametrize("words", [["events", "--help"], ["--offline", "events", "--help"], ["--help", "events"]])
def test_main_help_with_a_command_explains_the_command(
    words: list[str], run: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, _ = run(*words)
    assert code == 0
    assert out.startswith("usage: tiangong events")


@pytest.mark.parametrize(
    ("words", "command", "before", "after"),
    [
        ([], None, [], []),
        (["--offline"], None, ["--offline"], []),
        (["--view", "crew", "crew", "--all"], "crew", ["--view", "crew"], ["--all"]),
        (["--view=crew", "crew"], "crew", ["--view=crew"], []),
        (["--at", "-2h", "status"], "status", ["--at", "-2h"], []),
        (["--offline", "serve", "--", "--view", "crew"], "serve", ["--offline"], ["--", "--view", "crew"]),
        (["--place", "events"], None, ["--place", "events"], []),
    ],
)
def test_split_command_finds_the_first_word_that_is_no_option_or_value(
    words: list[str], command: str | None, before: list[str], after: list[str]
) -> None:
    assert split_command(words) == CommandLine(command=command, before=tuple(before), after=tuple(after))


def test_main_dashboard_options_before_serve_go_to_the_dashboard(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("--theme", "nope", "serve", "--port", "8100")
    assert (code, out) == (1, "")
    assert "there is no theme “nope”" in err


def test_main_negative_value_needs_no_equals_sign(run: Callable[..., tuple[int, str, str]]) -> None:
    assert joined(["--at", "-2h", "-x", "--lat", "-33.9"]) == ["--at=-2h", "-x", "--lat=-33.9"]
    assert run("status", "--at", "-2h", "--lat", "-33.9", "--lon", "-70")[0] == 0


def test_main_negative_offset_after_every_time_option(run: Callable[..., tuple[int, str, str]]) -> None:
    for words in (["events", "--from", "-900d", "--to", "-1d"], ["track", "--start", "-2h", "--end", "-1h"]):
        assert run(*words, "--format", "json")[0] == 0


@pytest.mark.parametrize(("text", "seconds"), [("10m", 600), ("90s", 90), ("1.5h", 5400), ("7", 420), ("2 min", 120)])
def test_span_s_gives_seconds(text: str, seconds: float) -> None:
    assert span_s(text) == seconds


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_main_help_of_every_command_has_usage_and_examples(
    command: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = run(*command.split(), "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: tiangong {command}".rstrip())
    assert "examples:" in out
    if not command:
        assert all(f"  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("mode", ["no terminal", "plain", "a screen", "snap", "serve"])
@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["--view", "kitchen"], 2, "argument --view: invalid choice: 'kitchen'"),
        (["--rate", "99999"], 2, "argument --rate: 99999 is not from -3600 to 3600"),
        (["--at", "yesterday-ish"], 2, "argument --at: “yesterday-ish” is not a date or time"),
        (["--at", "2019-01-01"], 1, "there was no station before 2021-04-29T03:23:15Z"),
        (["--lat", "33"], 2, "--lat and --lon belong together"),
        (["--place", "Islamabd"], 1, "“Islamabd” is not in the list of places: did you mean Islamabad"),
        (["--theme", "nope"], 1, "there is no theme “nope”; there are tiangong, tiangong-day"),
        (["--elements", "no/such/file"], 1, "file cannot be read: No such file"),
    ],
)
def test_main_invalid_option_is_refused_in_every_mode(
    mode: str,
    words: list[str],
    code: int,
    complaint: str,
    run: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if mode == "a screen":
        monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.headless_driver:HeadlessDriver")
    if mode == "serve" and words[0] == "--elements":
        return  # read where the dashboard runs
    before = {"plain": ["--plain"], "snap": ["snap"], "serve": ["serve", "--"]}.get(mode, [])
    found, out, err = run(*before, *words)
    assert (found, out) == (code, "")
    assert complaint in err
    assert len(err.splitlines()) == 1


def test_every_theme_of_the_palette_is_known_to_the_option() -> None:
    assert set(make_app().available_themes) == set(themes.names())
    assert known_theme("ansi-light") == "ansi-light"
    assert known_theme("day") == "tiangong-day"


async def test_dashboard_unknown_theme_in_settings_gives_a_message() -> None:
    write_settings(Settings(theme="nope"))
    options = dashboard_options(["--offline"])
    assert options.theme is None
    session, messages = make_session(options)
    app = TiangongApp(session, options, messages)
    async with operating(app, size=(80, 24)):
        assert app.theme == "tiangong"
        assert any("there is no theme “nope”" in text for text in notifications(app))


def test_main_without_a_terminal_prints_the_status(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run(*AT, "--place", "Islamabad")
    assert code == 0
    assert out == run("status", *AT, "--place", "Islamabad")[1]
    assert err == "tiangong: the input is not a terminal: here is the status as text\n"


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_main_dumb_terminal_prints_the_status(
    term: str, run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", term)
    code, out, err = run(*AT, "--place", "Islamabad")
    assert code == 0
    assert "天宫" in out
    assert err.count("\n") == 1


def test_main_closed_input_is_an_empty_one(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    code, out, _ = run("--plain", *KNOWN, "--place", "Islamabad")
    assert code == 0
    assert out.endswith("tiangong> \n")
    assert run("status", "--elements", "-") == (1, "", "tiangong: standard input is empty\n")


def test_main_invalid_setting_gives_a_message(tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("[passes]\ndays = 99\n")
    code, _, err = run("passes", *KNOWN, *ISLAMABAD)
    assert code == 0
    assert "settings.toml: passes.days must be a number from 0.1 to 30: the default is used" in err


def test_main_foreign_sim_package_is_an_error(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sim

    monkeypatch.setattr(sim, "__file__", "/somewhere/else/sim/__init__.py")
    code, _, err = run("status")
    assert code == 1
    assert "another package named “sim” is in the way" in err


@pytest.mark.parametrize(
    "driver", ["nonsense", "nonsense:Driver", ":Driver", "textual.driver:Nope", "tui.app:TiangongApp"]
)
def test_main_driver_that_is_none_is_one_line(driver: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", *AT, "--place", "Islamabad", "--offline"],
        env={**os.environ, "TEXTUAL_DRIVER": driver, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"tiangong: TEXTUAL_DRIVER is “{driver}”, which is not a driver of a screen (")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["crew", "status"])
def test_main_facts_that_are_a_file_are_named_in_one_line(
    command: str, tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    facts = tmp_path / "config" / "facts"
    facts.parent.mkdir()
    facts.write_text("[as_of]\n")
    code, out, err = run(command, *KNOWN, *ISLAMABAD, "--zone", "UTC")
    assert (code, bool(out)) == (0, True)
    assert [line for line in err.splitlines() if "facts" in line] == [
        f"tiangong: {facts} is not a folder: your own facts are read from the .toml and .json files of a folder of "
        "this name"
    ]
    code, out, _ = run("facts", "check")
    assert (code, out.count("\n")) == (1, 1)
    assert "is not a folder" in out


def test_screen_missing_in_a_browser_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert dashboard.screen_missing() == ""
    monkeypatch.delenv("TEXTUAL_DRIVER")
    assert dashboard.screen_missing() != ""


def test_serve_without_its_extra_names_it(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tui.cli.web.server", "textual_serve", "textual_serve.server"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    code, _, err = run("serve")
    assert code == 1
    assert "the browser needs one more package (textual_serve)" in err
    assert ".venv/bin/pip install '.[web]'" in err


def test_texts_advise_no_install_from_an_index() -> None:
    """Whoever registers the name would be installed instead."""
    root = Path(__file__).resolve().parents[3]
    texts = [root / "README.md", root / "CONTRIBUTING.md", *(root / "tui").rglob("*.py"), *(root / "sim").rglob("*.py")]
    assert [path for path in texts if re.search(r"install[^\n]*tiangong-tui", path.read_text("utf-8"))] == []


def test_serve_checks_the_dashboard_options_first(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("serve", "--", "--view", "kitchen")
    assert (code, out) == (2, "")
    assert "invalid choice: 'kitchen'" in err


def test_dashboard_options_combine_words_and_settings() -> None:
    write_settings(Settings(view="passes", theme="tiangong-red", offline=True))
    options = dashboard_options(["--rate", "0", "--place", "Springfield"])
    assert (options.view, options.theme, options.paused, options.rate) == ("passes", "tiangong-red", True, 1.0)
    assert options.place == find_place("Springfield")
    assert len(options.messages) == 1
    assert "there are also" in options.messages[0]
    over = dashboard_options(["--view", "crew", "--theme", "day", *AT])
    assert (over.view, over.theme, over.at_unix_s) == ("crew", "tiangong-day", parse_instant(AT[1]))
    assert over.place is None
    with pytest.raises(SettingsError, match="tiangong-contrast"):
        dashboard_options(["--theme", "?"])


def test_dashboard_arguments_defaults_are_those_of_the_parser() -> None:
    parsed = dashboard.parser().parse_args([])
    assert dashboard.DashboardArguments() == dashboard.DashboardArguments.of(parsed)
    # The language is taken from the line before there is a parser.
    assert set(vars(parsed)) - {"lang"} == set(dashboard.DashboardArguments.__struct_fields__)


def test_dashboard_options_offline_by_option_environment_or_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIANGONG_OFFLINE")
    assert not dashboard_options([]).offline
    assert dashboard_options(["--offline"]).offline
    write_settings(Settings(offline=True))
    assert dashboard_options([]).offline


def test_facts_check_lists_problems(tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    assert "no facts of your own" in run("facts", "check")[1]
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('[as_of]\ncrew = "2026-12-01"\n')
    bad.write_text('[as_of]\ncrew = "soon"\n')
    assert run("facts", "check", str(good)) == (0, f"{good}: all of it can be used\n", "")
    code, out, _ = run("facts", "check", str(bad))
    assert code == 1
    assert out.startswith("bad.toml: as_of crew")


def test_main_merges_own_facts(tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    folder = tmp_path / "config" / "facts"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('[as_of]\ncrew = "2026-12-01"\n')
    (folder / "other.toml").write_text("[nonsense]\n")
    code, out, err = run("crew", "--at", "2026-11-23", "--format", "json")
    assert code == 0
    assert json.loads(out)["crew_certain"] is True
    assert err.startswith("tiangong: other.toml: ")
    assert len(err.splitlines()) == 1
