"""Every example that a person can read is run, as on a day that the embedded elements cover, without a network."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import jinja2
import pytest
import yaml

from tests.support.examples import ROOT, TODAY, Example, all_examples, environment, make_home, make_programs
from tests.support.loopback_server import NOW, Service
from tests.support.web import free_port
from tui.cli import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the examples are for a POSIX shell")

EXAMPLES = all_examples()
PICTURE_S = 60.0
STATIONS = "name,latitude,longitude\nNeustrelitz,53.33,13.07\n"


def called(example: Example) -> str:
    return f"{example.origin}: {example.text.splitlines()[0][:60]}"


def of(language: str, kind: str | None = None) -> list[Example]:
    return [one for one in EXAMPLES if one.language == language and kind in {None, one.kind}]


NEEDS_AN_INDEX = [one for one in of("sh") if "pip install" in one.text]
"""They make an environment from the package index: `.ci/run` types the README's own test command."""

SERVING = [*of("sh", "serve"), *(one for one in of("sh", "") if one.words is not None and one.words[:1] == ["serve"])]
CALLS = [one for one in of("sh", "") if one.words is not None and one not in (*NEEDS_AN_INDEX, *SERVING)]
SCRIPTS = [one for one in of("sh", "") if one.words is None and one not in NEEDS_AN_INDEX]
ASKING = [one for one in CALLS if one.words == ["update"]]
DASHBOARDS = [(one, words) for one in of("sh", "") if one not in NEEDS_AN_INDEX for words in one.opens_dashboard]

KINDS = {
    ("sh", ""), ("sh", "bash"), ("sh", "serve"), ("tmux", ""), ("json", "waybar"), ("cron", ""), ("yaml", ""),
    ("toml", "settings"), ("toml", "facts"), ("toml", "story"), ("nginx", ""),
}  # fmt: skip
"""The kinds of blocks, each run or checked by a test below."""


def test_examples_are_all_of_a_kind_that_is_run() -> None:
    assert {(one.language, one.kind) for one in EXAMPLES} == KINDS
    assert [one.origin for one in NEEDS_AN_INDEX] == ["README", "README"]
    assert len(CALLS) > 50
    assert len(SCRIPTS) > 15


def block(kind: str) -> str:
    """The text of the only block of this kind of TOML."""
    (found,) = of("toml", kind)
    return found.text


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that examples name."""
    folder = tmp_path / "home"
    make_home(folder)
    for name, text in {
        "crew.toml": block("facts"),
        "facts.toml": block("facts"),
        "story.toml": block("story"),
        "stations.csv": STATIONS,
    }.items():
        (folder / name).write_text(text, "utf-8")
    make_programs(tmp_path / "programs")
    monkeypatch.chdir(folder)
    return folder


def shell(home: Path, text: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a person would type it; it must succeed."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text],
        cwd=home,
        env=environment(home, home.parent / "programs", **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.mark.parametrize("example", [one for one in CALLS if one not in ASKING], ids=called)
def test_call_succeeds(
    example: Example, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = time.time
    ahead_s = TODAY - real()
    monkeypatch.setattr(time, "time", lambda: real() + ahead_s)
    monkeypatch.setenv("TIANGONG_OFFLINE", "1")
    monkeypatch.setenv("TZ", "Asia/Karachi")
    monkeypatch.setattr("sys.stdin", open(os.devnull, encoding="utf-8"))  # noqa: SIM115 - no terminal
    before = set(home.iterdir())
    code = main.main(example.words)
    out, err = capsys.readouterr()
    assert code == 0, err
    written = set(home.iterdir()) - before
    assert out or written
    assert all(path.stat().st_size for path in written)


@pytest.mark.parametrize("example", SCRIPTS, ids=called)
def test_script_succeeds(example: Example, home: Path) -> None:
    done = shell(home, example.text)
    written = [path for path in home.rglob("*") if path.is_file()]
    assert done.stdout or written


def test_script_that_waits_for_a_pass_notifies(home: Path) -> None:
    waiting = [one for one in SCRIPTS if "--wait" in one.text]
    assert waiting
    for one in waiting:
        shell(home, one.text)
    assert (home / "notify-send.log").read_text().count("Tiangong") == len(waiting)


@pytest.mark.parametrize("example", ASKING, ids=called)
def test_update_asks_a_server_of_this_machine(example: Example, home: Path) -> None:
    with Service() as service:
        service.true_world()
        port = str(service.port)
        done = shell(home, example.text, EXAMPLE_PORT=port, EXAMPLE_NOW=str(NOW), TIANGONG_OFFLINE="")
        assert service.paths("/celestrak-gp/")
    assert "CelesTrak" in done.stdout


@pytest.mark.parametrize(
    ("example", "words"), DASHBOARDS, ids=lambda part: " ".join(part) if isinstance(part, list) else ""
)
def test_dashboard_opens_in_a_terminal_and_ends(example: Example, words: list[str], home: Path) -> None:
    from tests.support.pty_session import Session

    program = (ROOT / "tests" / "support" / "example_program.py").as_posix()
    launch = f"import runpy; runpy.run_path({program!r}, run_name='__main__')"
    more = environment(home, home.parent / "programs")
    with Session(home.parent, *words, env=more, program=launch) as session:
        session.wait_for("help", PICTURE_S)
        session.type("q")
        assert session.wait_for_end(PICTURE_S) == 0


@pytest.mark.parametrize("example", of("sh", "bash"), ids=called)
def test_script_for_bash_completes_a_command(example: Example, home: Path) -> None:
    function = '"$(complete -p tiangong | sed "s/.*-F \\([^ ]*\\).*/\\1/")"'
    ask = f"COMP_WORDS=(tiangong pas); COMP_CWORD=1; {function} tiangong pas tiangong"
    done = shell(home, f'set +eu\n{example.text}\n{ask}\necho "${{COMPREPLY[@]}}"')
    assert done.stdout.split() == ["passes"]


@pytest.mark.parametrize("example", SERVING, ids=called)
def test_serve_listens_and_ends(example: Example, home: Path) -> None:
    """On a port of its own: the one of the example may be taken on the machine of the test."""
    pytest.importorskip("textual_serve", reason="textual-serve is not installed (extra “web”)")
    for line in example.text.splitlines():
        port = free_port()
        words = re.sub(r" --port \d+", "", line).replace("tiangong serve", f"exec tiangong serve --port {port}")
        server = subprocess.Popen(
            ["bash", "-c", words], cwd=home, env=environment(home, home.parent / "programs"), stderr=subprocess.PIPE
        )
        assert server.stderr is not None
        said = server.stderr.readline().decode()
        server.send_signal(signal.SIGINT)
        assert server.wait(PICTURE_S) in {0, 130}
        assert "(ctrl+c ends)" in said, said


def test_tmux_accepts_its_lines_and_the_command_gives_a_time(home: Path) -> None:
    (example,) = of("tmux")
    command = re.search(r'#\((.*)\)"$', example.text, re.MULTILINE)
    assert command is not None
    written = re.sub(r"\\(.)", r"\1", command[1])  # as between the quotes of tmux
    assert re.fullmatch(r"Tiangong \d\d:\d\dZ\n", shell(home, written).stdout)
    if shutil.which("tmux"):
        (home / "tmux.conf").write_text(example.text)
        socket = home / "socket"
        start = f"tmux -S {socket} -f tmux.conf new-session -d 'sleep 5'"
        shell(home, f"{start}; tmux -S {socket} show -g status-right > shown; tmux -S {socket} kill-server")
        assert "tiangong passes" in (home / "shown").read_text()


def test_waybar_module_is_json_whose_command_gives_a_time(home: Path) -> None:
    (example,) = of("json", "waybar")
    module = json.loads(example.text)["custom/tiangong"]
    assert re.fullmatch(r"\d\d:\d\dZ\n", shell(home, module["exec"]).stdout)
    assert set(module) == {"exec", "format", "interval"}


def test_cron_lines_have_five_fields_and_their_commands_succeed(home: Path) -> None:
    (example,) = of("cron")
    with Service() as service:
        service.true_world()
        for line in example.text.splitlines():
            *fields, command = line.split(maxsplit=5)
            assert len(fields) == 5
            assert all(re.fullmatch(r"[\d*/,-]+", field) for field in fields)
            assert "%" not in command  # cron makes line breaks of it
            day = {"EXAMPLE_PORT": str(service.port), "EXAMPLE_NOW": str(NOW), "TIANGONG_OFFLINE": ""}
            shell(home, command, **(day if "update" in command else {}))
    assert "Islamabad" in (home / "tonight.txt").read_text()


def test_home_assistant_sensors_give_values(home: Path) -> None:
    (example,) = of("yaml")
    sensors = [one["sensor"] for one in yaml.safe_load(example.text)["command_line"]]
    values = []
    for sensor in sensors:
        answer = json.loads(shell(home, sensor["command"]).stdout)
        values.append(jinja2.Template(sensor["value_template"]).render(value_json=answer))
        empty = jinja2.Template(sensor["value_template"]).render(value_json={"passes": [], "crew": []})
        assert empty in {"None", "0"}
    assert values == ["2026-10-08T00:41:43.021Z", "3"]


def test_settings_block_is_read_without_a_problem(home: Path) -> None:
    from tui.config.settings_store import read_settings

    path = home / "settings.toml"
    path.write_text(block("settings"), "utf-8")
    loaded = read_settings(path)
    assert loaded.problems == ()
    assert loaded.settings.alert_command == ("notify-send", "Tiangong")
    assert loaded.settings.keys == {"time.pause": "space"}
    assert loaded.settings.language == "zh_CN"
    assert len(tomllib.loads(block("settings"))) == 9


def test_nginx_block_is_accepted_by_nginx_where_there_is_one(home: Path) -> None:
    (example,) = of("nginx")
    text = example.text
    assert text.count("{") == text.count("}") == 1
    directives = text.splitlines()[1:-1]
    assert all(line.endswith(";") for line in directives)
    assert {line.split()[0] for line in directives} == {
        "proxy_pass", "proxy_http_version", "proxy_set_header", "proxy_read_timeout"
    }  # fmt: skip
    if nginx := shutil.which("nginx"):
        logs = f"error_log {home}/error.log; pid {home}/pid;"
        server = f"server {{ listen 127.0.0.1:{free_port()}; {text} }}"
        (home / "nginx.conf").write_text(f"{logs}\nevents {{}}\nhttp {{ access_log off; {server} }}\n")
        subprocess.run([nginx, "-t", "-c", str(home / "nginx.conf")], check=True, capture_output=True)
