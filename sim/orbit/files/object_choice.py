"""Which object of a file is meant: by its number, its designator or its name; and its orbit."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import msgspec

from sim.constants import CSS_NORAD_ID
from sim.errors import ElementsError
from sim.language import _
from sim.orbit.element_history import ElementHistory
from sim.orbit.files.contents import label_of
from sim.orbit.files.element_files import labelled, read_elements, together
from sim.orbit.space_object import SpaceObject, identified, object_of, plain_designator
from sim.sanitize import clean, folded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.orbit.elements import ElementSet
    from sim.orbit.files.element_files import ElementFile
    from sim.orbit.oem import Oem
    from sim.orbit.propagation import Orbit

MOST_LISTED = 12
MOST_FILES = 200


class ChosenOrbit(msgspec.Struct, frozen=True):
    """The orbit of one object of the files.

    Attributes:
        orbit: Of the object.
        about: The object.
        objects: All objects of the files, in their order.
        messages: What was refused on the way and what to know, one line each.
    """

    orbit: Orbit
    about: SpaceObject
    objects: tuple[SpaceObject, ...]
    messages: tuple[str, ...]


class _Found(msgspec.Struct):
    """What the files hold of one object."""

    about: SpaceObject
    sets: list[ElementSet]
    ephemerides: list[Oem]


def orbit_from_files(paths: Sequence[Path], wanted: str | None = None) -> ChosenOrbit:
    """The orbit that files describe, used alone; several files of one object are one history.

    Args:
        paths: The files; `-` is the standard input, of a folder all files count.
        wanted: Catalogue number, designator or name of the object. Without it the station is taken, else the only one.

    Raises:
        ElementsError: As `read_elements`; or the wanted object is not there, or none is wanted and there are several.
    """
    label = label_of(paths[0]) if len(paths) == 1 else _("the set of {paths} files").format(paths=len(paths))
    content = _all_of(paths)
    found = _by_object(content)
    chosen = found[0] if len(found) == 1 and wanted is None else _chosen(found, wanted, label)
    messages = content.problems
    if not chosen.about.is_station:
        about = _("object {name}").format(name=_number_and_name(chosen.about))
        messages = (
            _(
                "{label} holds {about}, not the station ({css_norad_id}): its position error is not "
                "known, nor its brightness unless one is given"
            ).format(label=label, about=about, css_norad_id=CSS_NORAD_ID),
            *messages,
        )
    return ChosenOrbit(_orbit_of(chosen), chosen.about, tuple(one.about for one in found), messages)


def _all_of(paths: Sequence[Path]) -> ElementFile:
    """The contents of all files; messages about several name the file. Files of a folder without elements are named."""
    parts: list[ElementFile] = []
    refused: list[str] = []
    for path, is_asked_for in _files_of(paths):
        try:
            parts.append(read_elements(path))
        except ElementsError as problem:
            words = labelled(problem, label_of(path))
            if is_asked_for:
                raise ElementsError(words) from None
            refused.append(words)
    if not parts:
        label = label_of(paths[0])
        raise ElementsError(
            _("{label} holds no elements: {refused}").format(label=label, refused=refused[0])
            if refused
            else _("{label} is an empty folder").format(label=label)
        )
    return parts[0] if len(parts) == 1 and not refused else together(parts, refused)


def _files_of(paths: Sequence[Path]) -> list[tuple[Path, bool]]:
    """The files to read, and whether each was named itself."""
    files: list[tuple[Path, bool]] = []
    for path in paths:
        if not path.is_dir():
            files.append((path, True))
            continue
        try:
            inside = sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        except OSError as problem:
            raise ElementsError(
                _("{path} cannot be read: {reason}").format(path=label_of(path), reason=problem.strerror or problem)
            ) from None
        files += [(one, False) for one in inside]
    if len(files) > MOST_FILES:
        raise ElementsError(
            _("{files} files of elements are given, {most_files} at most are read").format(
                files=len(files), most_files=MOST_FILES
            )
        )
    return files


def _by_object(content: ElementFile) -> list[_Found]:
    found: dict[tuple[int | None, str], _Found] = {}
    for one in content.sets:
        key = (one.norad_id, "") if one.norad_id else (None, one.international_designator or one.name)
        entry = found.get(key)
        if entry is None:
            entry = found[key] = _Found(object_of(one), [], [])
        entry.sets.append(one)
    for oem in content.ephemerides:
        about = identified(oem.object_name, 0, oem.object_id)
        key = (about.norad_id, "") if about.norad_id else (None, about.cospar_id or about.name)
        by_designator = (e for e in found.values() if about.cospar_id and e.about.cospar_id == about.cospar_id)
        entry = found.get(key) or next(by_designator, None)
        if entry is None:
            entry = found[key] = _Found(about, [], [])
        entry.ephemerides.append(oem)
    for entry in found.values():
        if entry.sets:  # the newest set says how it is called
            entry.about = object_of(max(entry.sets, key=lambda one: (bool(one.name), one.epoch_unix_s)))
    return list(found.values())


def _chosen(found: list[_Found], wanted: str | None, label: str) -> _Found:
    if wanted is None:
        station = next((one for one in found if one.about.is_station), None)
        if station is None:
            raise ElementsError(
                _("{label} holds {found} objects, choose one with --object: {names}").format(
                    label=label, found=len(found), names=_listed(found)
                )
            )
        return station
    matches = _matching(found, wanted)
    if len(matches) == 1:
        return matches[0]
    shown = clean(wanted, limit=40)
    if matches:
        raise ElementsError(
            _("{label} holds {matches} objects called “{shown}”: {names}").format(
                label=label, matches=len(matches), shown=shown, names=_listed(matches)
            )
        )
    names = {folded(one.about.label): one for one in found}
    near = [names[name] for name in get_close_matches(folded(wanted)[:60], list(names)[:5000], n=3)]
    hint = (
        _("near to it: {near}").format(near=_listed(near))
        if near
        else _("it holds {found}").format(found=_listed(found))
    )
    raise ElementsError(_("{label} holds no object “{shown}”; {hint}").format(label=label, shown=shown, hint=hint))


def _matching(found: list[_Found], wanted: str) -> list[_Found]:
    """By number or designator; else by the whole name, by its beginning, or by any part of it, whichever finds one."""
    text = wanted.strip()
    if text.isascii() and text.isdigit():
        by_number = [one for one in found if one.about.norad_id == int(text)]
        if by_number:
            return by_number
    designator = plain_designator(text)
    by_designator = [one for one in found if one.about.cospar_id and one.about.cospar_id == designator]
    if by_designator:
        return by_designator
    sought = folded(text)
    if not sought:
        return []
    names = [({folded(name) for name in _names(one)}, one) for one in found]
    for fits in (lambda name: name == sought, lambda name: name.startswith(sought), lambda name: sought in name):
        if matches := [one for spellings, one in names if any(map(fits, spellings))]:
            return matches
    return []


def _names(one: _Found) -> list[str]:
    """What an object is called: by us, by its newest set and by its ephemerides."""
    own = ["CSS", "Tianhe", "天宫"] if one.about.is_station else []
    return [one.about.label, *(s.name for s in one.sets[-1:]), *(oem.object_name for oem in one.ephemerides), *own]


def _number_and_name(about: SpaceObject) -> str:
    name = clean(about.name, limit=30)
    if about.norad_id:
        return f"{about.norad_id} {name}".rstrip()
    return name or about.label


def _listed(found: Sequence[_Found]) -> str:
    names = [_number_and_name(one.about) for one in found[:MOST_LISTED]]
    more = _(" and {count} more").format(count=len(found) - MOST_LISTED) if len(found) > MOST_LISTED else ""
    return ", ".join(names) + more


def _orbit_of(chosen: _Found) -> Orbit:
    """Its sets as a history, its ephemerides as one; where there are both, the ephemeris where it reaches."""
    history = ElementHistory(sorted(chosen.sets, key=lambda one: one.epoch_unix_s)) if chosen.sets else None
    if not chosen.ephemerides:
        assert history is not None  # noqa: S101 - one of both was found
        return history
    from sim.orbit.composite import CompositeOrbit
    from sim.orbit.oem import OemOrbit, joined

    ephemeris = OemOrbit(joined(chosen.ephemerides))
    return ephemeris if history is None else CompositeOrbit(history, ephemeris)
