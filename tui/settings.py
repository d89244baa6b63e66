"""What a person has set, in one TOML file: read once, written whole, unknown keys left as they are.

A value that cannot be used is told in one line and its default taken; keys that no setting has are told too. A file
that is no TOML is never overwritten but set aside. `TIANGONG_CONFIG_DIR` and `TIANGONG_CACHE_DIR` move the folders,
`TIANGONG_OFFLINE=1` closes the network.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import PlaceError, SettingsError
from sim.named_tuple import NamedTuple
from sim.places import Place
from sim.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE_NAME = "settings.toml"
LARGEST_BYTES = 1_000_000
MOST_PLACES = 100
MOST_UNKNOWN = 4
"""So many unknown keys are told one by one, the rest by their number."""

VIEW_NAMES = ("station", "crew", "missions", "spacewalks", "passes", "orbit", "partners")
MAP_STYLES = ("braille", "half", "ascii", "octant", "globe")
ALERT_GRADES = (0, 1, 2, 3)


def config_dir() -> Path:
    """The folder of the settings file."""
    if moved := os.environ.get("TIANGONG_CONFIG_DIR"):
        return Path(moved)
    from platformdirs import user_config_path

    return user_config_path("tiangong", appauthor=False)


def cache_dir() -> Path:
    """The folder of downloaded data."""
    if moved := os.environ.get("TIANGONG_CACHE_DIR"):
        return Path(moved)
    from platformdirs import user_cache_path

    return user_cache_path("tiangong", appauthor=False)


def offline_by_environment() -> bool:
    """Whether TIANGONG_OFFLINE closes the network."""
    return os.environ.get("TIANGONG_OFFLINE", "").strip().lower() not in {"", "0", "no", "false"}


# Readers: from what TOML gives to what is kept. A SettingsError says what would be right.


def _flag(value: Any) -> bool:  # noqa: ANN401 - whatever TOML holds
    if not isinstance(value, bool):
        raise SettingsError("must be true or false")
    return value


def _number(low: float, high: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise SettingsError(f"must be a number from {low:g} to {high:g}")
        return float(value)

    return read


def _one_of(choices: tuple[Any, ...]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, bool) or value not in choices:
            raise SettingsError("must be one of " + ", ".join(str(choice) for choice in choices))
        return choices[choices.index(value)]

    return read


def _name(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str) or not clean(value):
        raise SettingsError("must be a name")
    return clean(value, limit=60)


def _command(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Program and arguments, as they are handed to the system: no shell reads them."""
    if not isinstance(value, list) or not all(isinstance(word, str) and "\0" not in word for word in value):
        raise SettingsError('must be a list like ["notify-send", "Tiangong"]')
    return tuple(value)


def _key_map(value: Any) -> dict[str, str]:  # noqa: ANN401
    if not isinstance(value, dict) or not all(isinstance(keys, str) for keys in value.values()):
        raise SettingsError('must be a table like { "time.pause" = "space" }')
    return {clean(str(name), limit=40): clean(keys, limit=80) for name, keys in value.items()}


def _place(value: Any) -> Place:  # noqa: ANN401
    if not isinstance(value, dict):
        raise SettingsError("must be a table with name, latitude_deg and longitude_deg")

    def number(key: str) -> float:
        found = value.get(key, 0.0 if key == "height_m" else None)
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            raise SettingsError(f"{key} must be a number")
        return float(found)

    def text(key: str) -> str:
        return clean(str(value.get(key, "")), limit=80)

    try:
        return Place(
            text("name"),
            number("latitude_deg"),
            number("longitude_deg"),
            number("height_m"),
            timezone=text("timezone"),
            country=text("country"),
            name_zh=text("name_zh"),
            region=text("region"),
        )
    except PlaceError as problem:
        raise SettingsError(str(problem)) from None


def _places(value: Any) -> tuple[Place, ...]:  # noqa: ANN401
    if not isinstance(value, list) or len(value) > MOST_PLACES:
        raise SettingsError(f"must be a list of at most {MOST_PLACES} places")
    return tuple(_place(entry) for entry in value)


def _of(key: str, read: Callable[[Any], Any]) -> dict[str, Any]:
    """What a field carries: its key in the file and its reader."""
    return {"key": key, "read": read}


@dataclass(frozen=True)
class Settings:
    """All settings. The file's key of each stands beside it.

    Attributes:
        place: The current place; `None` lets the system's time zone choose.
        places: Saved places.
        view: View to open with.
        theme: Theme; `None` is the default one.
        utc: Show times in UTC instead of local.
        plain: Linear plain text.
        map_style: How the map is drawn.
        map_follow: Keep the station in the middle of the map.
        min_elevation_deg: Passes that stay lower are left out.
        pass_days: How far ahead passes are listed.
        visible_only: List only passes that can be seen.
        offline: Never open a connection.
        crew_news: Ask Launch Library for crew and ships.
        operator_ephemeris: Fetch the operator's own ephemeris.
        alert_grade: Tell of passes of this grade and better; 0 is never.
        alert_lead_min: How long before the rise.
        alert_bell: With the terminal's bell.
        alert_notification: With a notification of the terminal (OSC 9).
        alert_command: Program and arguments to run; empty is none.
        keys: Other keys, by the ids of the key table.
    """

    place: Place | None = field(default=None, metadata=_of("place", _place))
    places: tuple[Place, ...] = field(default=(), metadata=_of("places", _places))
    view: str = field(default="station", metadata=_of("view", _one_of(VIEW_NAMES)))
    theme: str | None = field(default=None, metadata=_of("theme", _name))
    utc: bool = field(default=False, metadata=_of("utc", _flag))
    plain: bool = field(default=False, metadata=_of("plain", _flag))
    map_style: str = field(default="braille", metadata=_of("map.style", _one_of(MAP_STYLES)))
    map_follow: bool = field(default=False, metadata=_of("map.follow", _flag))
    min_elevation_deg: float = field(default=10.0, metadata=_of("passes.min_elevation_deg", _number(0, 89)))
    pass_days: float = field(default=10.0, metadata=_of("passes.days", _number(0.1, 30)))
    visible_only: bool = field(default=False, metadata=_of("passes.visible_only", _flag))
    offline: bool = field(default=False, metadata=_of("network.offline", _flag))
    crew_news: bool = field(default=True, metadata=_of("network.crew_news", _flag))
    operator_ephemeris: bool = field(default=False, metadata=_of("network.operator_ephemeris", _flag))
    alert_grade: int = field(default=0, metadata=_of("alerts.grade", _one_of(ALERT_GRADES)))
    alert_lead_min: float = field(default=10.0, metadata=_of("alerts.lead_min", _number(0, 240)))
    alert_bell: bool = field(default=True, metadata=_of("alerts.bell", _flag))
    alert_notification: bool = field(default=False, metadata=_of("alerts.notification", _flag))
    alert_command: tuple[str, ...] = field(default=(), metadata=_of("alerts.command", _command))
    keys: Mapping[str, str] = field(default_factory=dict, metadata=_of("keys", _key_map))


class Loaded(NamedTuple):
    """The settings and one line for each value that could not be used, and each key that is not known."""

    settings: Settings
    problems: tuple[str, ...]


def read_settings(path: Path | None = None) -> Loaded:
    """Read the settings file; what is missing or wrong has its default."""
    path = path or config_dir() / FILE_NAME
    try:
        document = _document(path)
    except SettingsError as problem:
        return Loaded(Settings(), (f"{problem}: defaults are used",))
    values: dict[str, Any] = {}
    problems: list[str] = []
    for item in fields(Settings):
        found, value = _at(document, item.metadata["key"])
        if not found:
            continue
        try:
            values[item.name] = item.metadata["read"](value)
        except SettingsError as problem:
            problems.append(f"{path.name}: {item.metadata['key']} {problem}: the default is used")
    problems += (f"{path.name}: {problem}" for problem in _misfits(document))
    if values.get("keys"):
        from tui.keymap import checked

        problems += (f"{path.name}: keys: {problem}" for problem in checked(values["keys"]).problems)
    return Loaded(Settings(**values), tuple(problems))


def write_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings file whole and atomically; keys that the program does not know stay.

    A setting is written when it differs from its default or is in the file already.

    Raises:
        SettingsError: The file cannot be written.
    """
    import tomli_w

    path = path or config_dir() / FILE_NAME
    try:
        document = _document(path)
    except SettingsError:
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".unreadable"))
        document = {}
    for item in fields(Settings):
        value = getattr(settings, item.name)
        key: str = item.metadata["key"]
        if value != _default(item) or _at(document, key)[0]:
            _put(document, key, _plain(value))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, tomli_w.dumps(document).encode())
    except OSError as problem:
        raise SettingsError(f"{path} cannot be written: {problem.strerror or problem}") from None


def _document(path: Path) -> dict[str, Any]:
    """The file as TOML has it; empty if there is none."""
    try:
        if not path.exists():
            return {}
        if not path.is_file():  # a pipe would be waited for without end
            raise SettingsError(f"{path.name} is no regular file")
        import tomllib

        if path.stat().st_size > LARGEST_BYTES:
            raise SettingsError(f"{path.name} is larger than {LARGEST_BYTES // 1_000_000} MB")
        return tomllib.loads(path.read_bytes().decode())
    except OSError as problem:
        raise SettingsError(f"{path.name} cannot be read ({problem.strerror or problem})") from None
    except (ValueError, RecursionError) as problem:  # no UTF-8, no TOML
        raise SettingsError(f"{path.name} is no TOML ({clean(str(problem), limit=80)})") from None


def _at(document: Mapping[str, Any], key: str) -> tuple[bool, Any]:
    """Whether a dotted key is there, and its value."""
    value: Any = document
    for part in key.split("."):
        if not isinstance(value, dict) or part not in value:
            return False, None
        value = value[part]
    return True, value


def _put(document: dict[str, Any], key: str, value: object) -> None:
    """Set a dotted key; `None` takes it out, as TOML has no such value."""
    *tables, last = key.split(".")
    for part in tables:
        inner = document.get(part)
        if not isinstance(inner, dict):
            inner = document[part] = {}
        document = inner
    if value is None:
        document.pop(last, None)
    else:
        document[last] = value


def _misfits(document: Mapping[str, Any]) -> list[str]:
    """One line for each key that no setting has, and for each table that is something else."""
    settings: list[str] = [item.metadata["key"] for item in fields(Settings)]
    tables = dict.fromkeys(table for key in settings if (table := key.rpartition(".")[0]))
    known = {*settings, *tables}
    unknown = [key for key in document if key not in known]
    lines: list[str] = []
    for table in tables:
        inner = document.get(table, {})
        if isinstance(inner, dict):
            unknown += [f"{table}.{key}" for key in inner if f"{table}.{key}" not in known]
        else:
            lines.append(f"{table} must be a table: the defaults are used")
    of_places = {f"{name}.{item.name}" for name in ("place", "places") for item in fields(Place)}
    for name in ("place", "places"):
        entries = document.get(name)
        for entry in entries if isinstance(entries, list) else [entries]:
            if isinstance(entry, dict):
                unknown += [f"{name}.{key}" for key in entry if f"{name}.{key}" not in of_places]
    return lines + _unknown_lines(list(dict.fromkeys(unknown)), known | of_places)


def _unknown_lines(unknown: list[str], known: set[str]) -> list[str]:
    """What is said of unknown keys: the first few by name, with the known one that looks most like it."""
    if not unknown:
        return []
    from difflib import get_close_matches

    lines = []
    for key in unknown[:MOST_UNKNOWN]:
        near = get_close_matches(key, known, n=1, cutoff=0.8)
        lines.append(f"there is no setting “{clean(key, limit=60)}”" + (f": did you mean {near[0]}?" if near else ""))
    more = len(unknown) - MOST_UNKNOWN
    return [*lines, f"{more} more settings are not known"] if more > 0 else lines


def _plain(value: object) -> object:
    """A value as TOML can hold it."""
    if isinstance(value, Place):
        return {item.name: part for item in fields(value) if (part := getattr(value, item.name)) not in {"", None}}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return dict(value) if isinstance(value, dict) else value


def _default(item: Field[Any]) -> object:
    return item.default if item.default is not MISSING else {}


def _replace(path: Path, data: bytes) -> None:
    """Put a file in place of another in one step: a reader sees the old one or the new one, never a part."""
    import tempfile

    target = path.resolve()  # a settings file that is a link to elsewhere stays one
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
