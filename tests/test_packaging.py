"""The built distribution: what is in it, that it is reproducible, and that it lives beside packages of the same names.

Everything here runs offline: the build back end is part of the test extra, and nothing is installed with dependencies.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui.cli.commands.dashboard import program_version

ROOT = Path(__file__).resolve().parents[1]
PRIVATE_FOLDER = "tiangong_tui"
NOT_COPIED = shutil.ignore_patterns(".*cache", ".git", ".venv", ".hypothesis", "__pycache__", "build", "dist")

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="the build back end is not installed"),
    pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="pip is not installed"),
]


def run(*words: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Standard output of a program that must succeed."""
    command = [str(word) for word in words]
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", errors="replace", timeout=180, check=False
    )
    assert done.returncode == 0, f"{words}: {done.stdout}\n{done.stderr}"
    return done.stdout


def build(source: Path, target: str, output: Path) -> Path:
    """Build the wheel or the sdist of a source tree; returns the file."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1790000000"}
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", output, cwd=source, env=environment)
    (built,) = output.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return built


def copy_of_sources(target: Path, *, modified_unix_s: float) -> Path:
    """A copy of the project whose files carry another time of modification."""
    shutil.copytree(ROOT, target, ignore=NOT_COPIED)
    for path in target.rglob("*"):
        os.utime(path, (modified_unix_s, modified_unix_s))
    return target


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_sources(tmp_path_factory.mktemp("sources") / "project", modified_unix_s=1_700_000_000)


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sources, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sources, "sdist", tmp_path_factory.mktemp("sdist"))


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_installs_one_private_folder(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names_in(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {PRIVATE_FOLDER}


def test_wheel_contains_every_file_the_program_reads(wheel: Path) -> None:
    """Every tracked file of the three packages, besides makers, texts of catalogues and the launcher's own folder."""
    expected = {
        f"{PRIVATE_FOLDER}/{path.relative_to(ROOT).as_posix()}"
        for package in ("tui", "sim", "seeds")
        for path in (ROOT / package).rglob("*")
        if path.is_file()
        and path.suffix != ".po"
        and not {"__pycache__", "makers", "launcher"} & set(path.parts[len(ROOT.parts) :])
    }
    expected |= {f"{PRIVATE_FOLDER}/__init__.py", f"{PRIVATE_FOLDER}/__main__.py"}
    assert {name for name in names_in(wheel) if ".dist-info/" not in name} == expected
    assert {f"{PRIVATE_FOLDER}/{package}/py.typed" for package in ("tui", "sim", "seeds")} <= expected


def test_wheel_declares_both_commands_and_the_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        by_name = {name.rsplit(".dist-info/", 1)[-1]: name for name in archive.namelist()}
        scripts = archive.read(by_name["entry_points.txt"]).decode()
        metadata = archive.read(by_name["METADATA"]).decode()
    assert "tiangong = tiangong_tui:main" in scripts
    assert "tiangong-tui = tiangong_tui:main" in scripts
    assert {"licenses/LICENSE", "licenses/seeds/SOURCES.md"} <= by_name.keys()
    assert "License-Expression: MIT AND CC-BY-4.0 AND BSD-3-Clause AND ISC\n" in metadata


def test_data_files_have_a_licence_named_in_the_metadata() -> None:
    """The table at the top of `seeds/SOURCES.md` against the files and the licence expression."""
    rows = re.findall(r"^\| (`.+`) \| ([\w.-]+) \|", (ROOT / "seeds" / "SOURCES.md").read_text("utf-8"), re.MULTILINE)
    named = {name: licence for names, licence in rows for name in re.findall(r"`(.+?)`", names)}
    seeds = ROOT / "seeds"
    data = {path.name for path in seeds.iterdir() if path.suffix in {".json", ".tsv", ".bin", ".npz"}}
    data |= {f"{path.parent.name}/*{path.suffix}" for kind in ("toml", "json") for path in seeds.glob(f"*/*.{kind}")}
    data |= {f"{path.parts[-3]}/*/*.md" for path in seeds.glob("*/*/*.md")} | {"languages/*/*.po"}
    expression = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license"]
    assert set(named) == data
    assert set(named.values()) == set(expression.split(" AND "))


def test_version_of_a_checkout_that_is_not_installed_is_that_of_its_project_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def not_installed(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", not_installed)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert program_version() == project["version"]


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_build_twice_gives_the_same_bytes(target: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    first: Path = request.getfixturevalue(target)
    again = copy_of_sources(tmp_path / "elsewhere", modified_unix_s=1_750_000_000)
    assert build(again, target, tmp_path / "out").read_bytes() == first.read_bytes()


def test_sdist_builds_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert build(unpacked, "wheel", tmp_path / "out").read_bytes() == wheel.read_bytes()


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment that sees the dependencies of this interpreter only when a program of it is run."""

    folder: Path

    @property
    def scripts(self) -> Path:
        return self.folder / ("Scripts" if sys.platform == "win32" else "bin")

    @property
    def packages(self) -> Path:
        values = {"base": str(self.folder), "platbase": str(self.folder)}
        return Path(sysconfig.get_path("purelib", scheme="venv", vars=values))

    def pip(self, *words: str | Path) -> None:
        """Run pip for this environment, with no index and no dependencies."""
        run(sys.executable, "-m", "pip", "--python", self.folder, "--disable-pip-version-check", *words)

    def install(self, wheel: Path) -> None:
        self.pip("install", "--quiet", "--no-deps", "--no-index", wheel)

    def run(self, program: str, *words: str, cwd: Path) -> str:
        """Run one of its programs from a folder, with the dependencies last on the path."""
        paths = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
        dependencies = self.packages / "dependencies.pth"
        dependencies.write_text("\n".join(paths))
        try:
            return run(self.scripts / program, *words, cwd=cwd, env=os.environ | {"PYTHONIOENCODING": "utf-8"})
        finally:
            dependencies.unlink()  # pip must not take them for packages of this environment


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    folder = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    return Environment(folder)


FOREIGN_FILES = {
    "sim/__init__.py": "raise ImportError('the foreign sim was imported')\n",
    "sim/status.py": "",
    "tui/__init__.py": "raise ImportError('the foreign tui was imported')\n",
    "tui/app.py": "",
}


@pytest.fixture
def foreign_wheel(tmp_path: Path) -> Path:
    """A distribution that installs packages named `sim` and `tui`, as some on the index do."""
    info = "foreign_names-1.0.dist-info"
    files = FOREIGN_FILES | {
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: foreign-names\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in (*files, f"{info}/RECORD"))
    target = tmp_path / "foreign_names-1.0-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in (files | {f"{info}/RECORD": record}).items():
            archive.writestr(name, text)
    return target


def assert_program_starts(environment: Environment, cwd: Path) -> None:
    for program, words in (("tiangong", ()), ("tiangong-tui", ()), ("python", ("-m", PRIVATE_FOLDER))):
        answer = environment.run(program, *words, "crew", "--at", "2024-12-17T08:00:00Z", "--offline", cwd=cwd)
        assert "Cai Xuzhe" in answer


@pytest.mark.parametrize("ours_first", [True, False], ids=["ours-first", "foreign-first"])
def test_wheel_beside_packages_of_the_same_names_starts_and_leaves_them_whole(
    environment: Environment, wheel: Path, foreign_wheel: Path, tmp_path: Path, *, ours_first: bool
) -> None:
    for each in (wheel, foreign_wheel) if ours_first else (foreign_wheel, wheel):
        environment.install(each)
    assert_program_starts(environment, tmp_path)
    environment.pip("uninstall", "--quiet", "--yes", "tiangong-tui")
    assert not (environment.packages / PRIVATE_FOLDER).exists()
    assert {name: (environment.packages / name).read_text() for name in FOREIGN_FILES} == FOREIGN_FILES


def test_uninstalling_packages_of_the_same_names_leaves_the_program_whole(
    environment: Environment, wheel: Path, foreign_wheel: Path, tmp_path: Path
) -> None:
    environment.install(wheel)
    environment.install(foreign_wheel)
    environment.pip("uninstall", "--quiet", "--yes", "foreign-names")
    assert not (environment.packages / "sim").exists()
    assert_program_starts(environment, tmp_path)


def test_launcher_in_a_folder_with_its_own_tui_runs_the_installed_program(
    environment: Environment, wheel: Path, tmp_path: Path
) -> None:
    environment.install(wheel)
    for name, text in FOREIGN_FILES.items():
        (tmp_path / "cwd" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "cwd" / name).write_text(text)
    assert_program_starts(environment, tmp_path / "cwd")
