"""The settings file, in TOML: read once, written whole, unknown keys left as they are.

A value that cannot be used is told in one line and its default taken; keys that no setting has are told too. A file
that is no TOML is never overwritten but set aside.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from sim.errors import PlaceError, SettingsError
from sim.named_tuple import NamedTuple
from sim.places.place import Place
from sim.sanitize import clean
from tui.config.settings import MAP_PIXELS, MAP_STYLES, VIEW_NAMES, Loaded, Settings

LARGEST_BYTES = 1_000_000
MOST_PLACES = 100
MOST_UNKNOWN = 4
"""So many unknown keys are told one by one, the rest by their number."""

ALERT_GRADES = (0, 1, 2, 3)


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


class Stored(NamedTuple):
    """Where a setting stands in the file, and its reader."""

    key: str
    read: Callable[[Any], Any]


STORED = {
    "place": Stored("place", _place),
    "places": Stored("places", _places),
    "view": Stored("view", _one_of(VIEW_NAMES)),
    "theme": Stored("theme", _name),
    "utc": Stored("utc", _flag),
    "plain": Stored("plain", _flag),
    "map_style": Stored("map.style", _one_of(MAP_STYLES)),
    "map_pixels": Stored("map.pixels", _one_of(MAP_PIXELS)),
    "map_follow": Stored("map.follow", _flag),
    "min_elevation_deg": Stored("passes.min_elevation_deg", _number(0, 89)),
    "pass_days": Stored("passes.days", _number(0.1, 30)),
    "visible_only": Stored("passes.visible_only", _flag),
    "offline": Stored("network.offline", _flag),
    "crew_news": Stored("network.crew_news", _flag),
    "operator_ephemeris": Stored("network.operator_ephemeris", _flag),
    "alert_grade": Stored("alerts.grade", _one_of(ALERT_GRADES)),
    "alert_lead_min": Stored("alerts.lead_min", _number(0, 240)),
    "alert_bell": Stored("alerts.bell", _flag),
    "alert_notification": Stored("alerts.notification", _flag),
    "alert_command": Stored("alerts.command", _command),
    "keys": Stored("keys", _key_map),
}
"""Every setting, in the order of `Settings`."""


def read(path: Path) -> Loaded:
    """Read a settings file; what is missing or wrong has its default."""
    try:
        document = _document(path)
    except SettingsError as problem:
        return Loaded(Settings(), (f"{problem}: defaults are used",))
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, stored in STORED.items():
        found, value = _at(document, stored.key)
        if not found:
            continue
        try:
            values[name] = stored.read(value)
        except SettingsError as problem:
            problems.append(f"{path.name}: {stored.key} {problem}: the default is used")
    problems += (f"{path.name}: {problem}" for problem in _misfits(document))
    if values.get("keys"):
        from tui.config.keymap import checked

        problems += (f"{path.name}: keys: {problem}" for problem in checked(values["keys"]).problems)
    return Loaded(Settings(**values), tuple(problems))


def write(settings: Settings, path: Path) -> None:
    """Write a settings file whole and atomically; keys that the program does not know stay.

    A setting is written when it differs from its default or is in the file already.

    Raises:
        SettingsError: The file cannot be written.
    """
    import tomli_w

    try:
        document = _document(path)
    except SettingsError:
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".unreadable"))
        document = {}
    for stored, value, default in zip(STORED.values(), settings, Settings(), strict=True):
        found, old = _at(document, stored.key)
        if value != default or (found and _readable(stored, old)):
            _put(document, stored.key, _plain(value))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, tomli_w.dumps(document).encode())
    except OSError as problem:
        raise SettingsError(f"{path} cannot be written: {problem.strerror or problem}") from None


def _readable(stored: Stored, value: object) -> bool:
    """Whether a value in the file can be used; one that cannot stays, for the person to mend."""
    try:
        stored.read(value)
    except SettingsError:
        return False
    return True


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
    settings = [stored.key for stored in STORED.values()]
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
    of_places = {f"{name}.{part}" for name in ("place", "places") for part in Place.__struct_fields__}
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
        return {name: part for name, part in msgspec.structs.asdict(value).items() if part not in {"", None}}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return dict(value) if isinstance(value, Mapping) else value


def _replace(path: Path, data: bytes) -> None:
    """Put a file in place of another in one step: a reader sees the old one or the new one, never a part."""
    import tempfile

    from sim.sources.atomic_files import replace_file

    target = path.resolve()  # a settings file that is a link to elsewhere stays one
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        replace_file(Path(name), target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
