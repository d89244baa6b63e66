"""The settings file, in TOML: a wrong value is reported and its default used, a change touches nothing else in it.

Several dashboards and the person's editor may change the file at the same time, so a change reads it again under a
lock, sets only what was chosen, and keeps comments, order and unknown keys. A file that is not TOML is never
overwritten but renamed.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from sim import atomic_files
from sim.errors import LanguageError, PlaceError, SettingsError
from sim.language import N_, _, language_named
from sim.language.lists import comma_list
from sim.places.place import Place
from sim.sanitize import clean
from tui.config.settings import FILE_NAME, Settings, config_dir, file_key

if TYPE_CHECKING:
    from pathlib import Path

    from tomlkit.container import Container

LARGEST_BYTES = 1_000_000
LOCK_TIMEOUT_S = 5.0
MOST_UNKNOWN = 4
"""So many unknown keys are reported one by one, the rest by their number."""

_PLACE_FIELDS = ("place", "places")


class LoadedSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings, and one line for each value that cannot be used and each key that is not known."""

    settings: Settings
    problems: tuple[str, ...] = ()


def read_settings(path: Path | None = None) -> LoadedSettings:
    """Read the settings file, by default that of the configuration folder.

    Never raises: what is missing or wrong has its default.
    """
    path = path or config_dir() / FILE_NAME
    try:
        document = _read_document(path)
    except SettingsError as error:
        return LoadedSettings(settings=Settings(), problems=(_("{error}: defaults are used").format(error=error),))
    if not document:
        return LoadedSettings(settings=Settings())
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in msgspec.structs.fields(Settings):
        key = file_key(field.name)
        found, value = _value_at(document, key)
        if not found:
            continue
        try:
            values[field.name] = _checked(field.name, _converted(value, field.type))
        except SettingsError as error:
            problems.append(
                _("{name}: {key} {error}: the default is used").format(name=path.name, key=key, error=error)
            )
    problems += (f"{path.name}: {problem}" for problem in _unknown_keys(document))
    if values.get("keys"):
        from tui.config.keymap import checked

        problems += (
            _("{name}: keys: {problem}").format(name=path.name, problem=problem)
            for problem in checked(values["keys"]).problems
        )
    return LoadedSettings(settings=Settings(**values), problems=tuple(problems))


def save_changes(before: Settings, after: Settings, path: Path | None = None) -> None:
    """Write what differs between two settings into the file, and nothing else.

    Blocks for at most `LOCK_TIMEOUT_S` while another copy writes.

    Args:
        before: The settings as this program knew them.
        after: The settings as the person wants them.
        path: The file; by default `settings.toml` in the configuration folder.

    Raises:
        SettingsError: The file cannot be written.
    """
    path = path or config_dir() / FILE_NAME
    changed = [name for name in Settings.__struct_fields__ if getattr(before, name) != getattr(after, name)]
    if not changed:
        return
    try:
        with atomic_files.locked(path.with_name(f".{path.name}.lock"), LOCK_TIMEOUT_S):
            document = _document_to_change(path)
            for name in changed:
                _set_value(document, name, getattr(before, name), getattr(after, name))
            # A settings file that is a link to elsewhere stays one.
            atomic_files.write_whole(path.resolve(), document.as_string().encode())
    except OSError as error:
        raise SettingsError(
            _("{path} cannot be written: {reason}").format(path=path, reason=atomic_files.reason(error))
        ) from None


# Reading


def _converted(value: object, wanted: Any) -> Any:  # noqa: ANN401 - the type of any field
    """A value of the file as the field's type; a `SettingsError` says what it must be."""
    try:
        converted = msgspec.convert(value, wanted)
    except PlaceError as error:
        raise SettingsError(str(error)) from None
    except msgspec.ValidationError as error:
        description = description_of(wanted)
        if isinstance(value, (dict, list)):  # the message names the field inside the value
            raise SettingsError(
                _("must be {description} ({reason})").format(
                    description=description, reason=clean(str(error), limit=120)
                )
            ) from None
        raise SettingsError(_("must be {description}").format(description=description)) from None
    except RecursionError:
        raise SettingsError(_("is nested too deep")) from None
    cleaned = _cleaned(converted)
    if cleaned == "":
        raise SettingsError(_("must be {description}").format(description=description_of(wanted)))
    return cleaned


def _checked(name: str, value: Any) -> Any:  # noqa: ANN401
    """A value whose meaning the types cannot check: a zone by the name that the database has for it, a language."""
    try:
        if name == "zone":
            from sim.places.timezones import zone_named

            return zone_named(value)
        if name == "language":
            return language_named(value)
    except (PlaceError, LanguageError) as error:
        raise SettingsError(_("cannot be used: {error}").format(error=error)) from None
    return value


_LISTED = (N_("a list of at most {names} places"), N_("one of {names}"), N_("a list of {names}"))
"""How descriptions with names or figures in them are written."""


def description_of(wanted: Any) -> str:  # noqa: ANN401
    """What a value of a type must be, from its `Meta`, also where `None` is allowed beside it."""
    candidates = (wanted, *getattr(wanted, "__args__", ()))
    metas = (meta for candidate in candidates for meta in getattr(candidate, "__metadata__", ()))
    description = next((meta.description for meta in metas if meta.description), N_("a valid value"))
    for text in _LISTED:
        head, tail = text.split("{names}")
        if description.startswith(head) and description.endswith(tail):
            names = description.removeprefix(head).removesuffix(tail)
            return _(text).format(names=comma_list(names.split(", ")))
    return _(description)


def _cleaned(value: Any) -> Any:  # noqa: ANN401
    """Names that reach the screen without control characters; the alert command stays as it is."""
    if isinstance(value, str):
        return clean(value, limit=60)
    if isinstance(value, Place):
        return _cleaned_place(value)
    if isinstance(value, tuple):
        return tuple(_cleaned_place(entry) if isinstance(entry, Place) else entry for entry in value)
    if isinstance(value, dict):
        return {clean(str(name), limit=40): clean(str(keys), limit=80) for name, keys in value.items()}
    return value


def _cleaned_place(place: Place) -> Place:
    texts = {name: clean(text, limit=80) for name, text in _table_of(place).items() if isinstance(text, str)}
    return msgspec.structs.replace(place, **texts)


def _read_document(path: Path) -> dict[str, Any]:
    """The file as plain TOML values; empty if there is none."""
    try:
        data = atomic_files.read_if_there(path, largest_bytes=LARGEST_BYTES)
    except OSError as error:
        raise SettingsError(
            _("{name} cannot be read ({reason})").format(name=path.name, reason=atomic_files.reason(error))
        ) from None
    if data is None:
        return {}
    import tomllib

    try:
        return tomllib.loads(data.decode())
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML
        raise SettingsError(
            _("{name} is not TOML ({reason})").format(name=path.name, reason=clean(str(error), limit=80))
        ) from None


def _value_at(document: Mapping[str, Any], key: str) -> tuple[bool, Any]:
    """Whether a dotted key is there, and its value."""
    value: Any = document
    for name in key.split("."):
        if not isinstance(value, dict) or name not in value:
            return False, None
        value = value[name]
    return True, value


def _unknown_keys(document: Mapping[str, Any]) -> list[str]:
    """One line for each key that no setting has, and for each table that is something else."""
    settings = [file_key(name) for name in Settings.__struct_fields__]
    tables = dict.fromkeys(table for key in settings if (table := key.rpartition(".")[0]))
    known = {*settings, *tables}
    unknown = [key for key in document if key not in known]
    lines: list[str] = []
    for table in tables:
        inner = document.get(table, {})
        if isinstance(inner, dict):
            unknown += [f"{table}.{key}" for key in inner if f"{table}.{key}" not in known]
        else:
            lines.append(_("{table} must be a table: the defaults are used").format(table=table))
    of_places = {f"{name}.{field}" for name in _PLACE_FIELDS for field in Place.__struct_fields__}
    for name in _PLACE_FIELDS:
        entries = document.get(name)
        for entry in entries if isinstance(entries, list) else [entries]:
            if isinstance(entry, dict):
                unknown += [f"{name}.{key}" for key in entry if f"{name}.{key}" not in of_places]
    return lines + _unknown_lines(list(dict.fromkeys(unknown)), known | of_places)


def _unknown_lines(unknown: list[str], known: set[str]) -> list[str]:
    """The first few unknown keys by name, each with the known one that looks most like it."""
    if not unknown:
        return []
    from difflib import get_close_matches

    lines = []
    for key in unknown[:MOST_UNKNOWN]:
        near = get_close_matches(key, known, n=1, cutoff=0.8)
        text = _("there is no setting “{key}”: did you mean {near}?") if near else _("there is no setting “{key}”")
        lines.append(text.format(key=clean(key, limit=60), near="".join(near)))
    more = len(unknown) - MOST_UNKNOWN
    return [*lines, _("{more} more settings are not known").format(more=more)] if more > 0 else lines


# Changing


def _document_to_change(path: Path) -> Container:
    """The file with its comments and order; a file that is not TOML is renamed, and an empty one begun."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        _read_document(path)  # what tomlkit accepts beyond TOML is not written back
        data = atomic_files.read_if_there(path, largest_bytes=LARGEST_BYTES)
        return tomlkit.parse((data or b"").decode())
    except (SettingsError, TOMLKitError):
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".unreadable"))
        return tomlkit.document()


def _set_value(document: Container, name: str, before: object, after: object) -> None:
    """Set one setting in the document; `None` removes it, as TOML has no such value."""
    import tomlkit

    *tables, last = file_key(name).split(".")
    table: MutableMapping[str, Any] = document
    for key in tables:
        inner = table.get(key)
        if not isinstance(inner, MutableMapping):
            table[key] = tomlkit.table()
            inner = table[key]
        table = inner
    if after is None:
        table.pop(last, None)
    elif isinstance(after, Place):
        _set_place(table, last, after)
    elif name == "places":
        _set_places(table, last, before, after)
    else:
        table[last] = dict(after) if isinstance(after, Mapping) else list(after) if isinstance(after, tuple) else after


def _table_of(place: Place) -> dict[str, Any]:
    """A place as the file has it, without empty texts."""
    return {name: value for name, value in msgspec.structs.asdict(place).items() if value not in {"", None}}


def _set_place(table: MutableMapping[str, Any], key: str, place: Place) -> None:
    """Replace the values of a place's table; comments and unknown keys in it stay."""
    wanted = _table_of(place)
    old = table.get(key)
    if not isinstance(old, MutableMapping):
        table[key] = wanted
        return
    for name in Place.__struct_fields__:
        if name in wanted:
            old[name] = wanted[name]
        else:
            old.pop(name, None)


def _set_places(table: MutableMapping[str, Any], key: str, before: Any, after: Any) -> None:  # noqa: ANN401
    """Remove and add the saved places that this program removed and added; those of others stay."""
    import tomlkit

    entries = table.get(key)
    if not isinstance(entries, list):
        entries = []
    places = [_stored_place(entry) for entry in entries]
    kept = [entry for entry, place in zip(entries, places, strict=True) if place not in before or place in after]
    added = [place for place in after if place not in before and place not in places]
    saved = tomlkit.aot()
    for entry in kept:
        saved.append(tomlkit.item(dict(entry)) if isinstance(entry, dict) else entry)
    for place in added:
        saved.append(tomlkit.item(_table_of(place)))
    table[key] = saved if saved else []


def _stored_place(entry: object) -> Place | None:
    """The place of a table in the file; None if it cannot be used."""
    from tomlkit.items import Item

    try:
        return _cleaned_place(msgspec.convert(entry.unwrap() if isinstance(entry, Item) else entry, Place))
    except (PlaceError, msgspec.ValidationError):
        return None
