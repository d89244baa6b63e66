"""Files of orbits that a person hands over: TLE, OMM (JSON, CSV, XML, KVN) or OEM, recognised by their content.

Every set is checked on its own: a bad one is left out and named, the others count. Nothing a file contains is
executed or fetched, and its size is bounded before it is read (`sim.orbit.files`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.errors import ElementsError
from sim.language import _
from sim.orbit.files.contents import Content, contents_of, label_of
from sim.orbit.files.foreign import first_words, foreign_kind, is_web_page, service_words
from sim.orbit.files.forms import Form, form_of, without_tags
from sim.orbit.files.loose_lines import loose_lines
from sim.orbit.files.omm import parse_omm_record
from sim.orbit.files.records import (
    TwoLines,
    csv_records,
    gpredict_records,
    json_records,
    kvn_records,
    xml_records,
)
from sim.orbit.propagation import when
from sim.orbit.tle import parse_tle_text
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sim.orbit.elements import ElementSet
    from sim.orbit.oem import Oem

MOST_PROBLEMS = 20
"""Most refused sets that are named; the others are counted."""

_SETS = "TLE, OMM (JSON, CSV, XML, KVN) nor OEM"


class ElementFile(msgspec.Struct, frozen=True):
    """What a file held.

    Attributes:
        form: How it was written (the first of several texts).
        sets: The good element sets, in the file's order; none for an OEM.
        ephemerides: The ephemerides, one an object and message.
        problems: One line for each thing that was refused, or is to be taken with care.
    """

    form: Form
    sets: tuple[ElementSet, ...]
    ephemerides: tuple[Oem, ...]
    problems: tuple[str, ...]

    @property
    def oem(self) -> Oem | None:
        """The first ephemeris."""
        return self.ephemerides[0] if self.ephemerides else None


def read_elements(source: Path | bytes | str, *, name: str = "") -> ElementFile:
    """Read a file of element sets or an ephemeris, whatever its form; also packed, or several in a zip archive.

    Args:
        source: A path (`-` is the standard input), or the content as bytes or text.
        name: What to call the content on the screen; the file's name if a path is given.

    Raises:
        ElementsError: It cannot be read, is too large, is none of the forms, or holds nothing that can be used.
    """
    label = clean(name, limit=60) or (_("the given elements") if isinstance(source, (bytes, str)) else label_of(source))
    contents = contents_of(source, label)
    if len(contents) == 1:
        return _read_text(contents[0])
    parts: list[ElementFile] = []
    problems: list[str] = []
    for content in contents:
        try:
            parts.append(_read_text(content))
        except ElementsError as problem:
            problems.append(labelled(problem, content.label))
    if not parts:
        raise ElementsError(problems[0])
    return together(parts, problems)


def labelled(problem: ElementsError, label: str) -> str:
    """What is wrong with a text, with its name before it unless the message has it already."""
    return str(problem) if label in str(problem) else f"{label}: {problem}"


def together(parts: Sequence[ElementFile], problems: Iterable[str] = ()) -> ElementFile:
    """What several files held, as one."""
    return ElementFile(
        form=parts[0].form,
        sets=tuple(one for part in parts for one in part.sets),
        ephemerides=tuple(one for part in parts for one in part.ephemerides),
        problems=_bounded([*(problem for part in parts for problem in part.problems), *problems]),
    )


def _read_text(content: Content) -> ElementFile:
    """What one text holds."""
    text, label = content.text, content.label
    form = _known_form(text, label)
    if form is None:
        return _read_text(Content(label, loose_lines(text)))
    if form in {"OEM", "OEM XML"}:
        from sim.orbit.files.oem_reader import parse_oems  # loads numpy, which sets can do without

        return ElementFile(form, (), tuple(parse_oems(text, source=label)), ())
    if form == "TLE":
        head = text[:8192].lstrip()
        sets, problems = parse_tle_text(without_tags(text) if is_web_page(head) else text, source=label)
    else:
        sets, problems = _records_read(_RECORDS[form](text), label)
    if not sets:
        loose, doubts = parse_tle_text(loose_lines(text), source=label)
        sets, problems = (loose, doubts) if loose else (sets, problems)
    underground = [s for s in sets if s.perigee_km < 0.0]
    problems += [
        _("object {norad_id} at {epoch_unix_s}: the perigee lies {perigee_km:.0f} km below the ground").format(
            norad_id=s.norad_id, epoch_unix_s=when(s.epoch_unix_s), perigee_km=-s.perigee_km
        )
        for s in underground
    ]
    sets = [s for s in sets if s.perigee_km >= 0.0] if underground else sets
    if not sets:
        raise ElementsError(_nothing_usable(text, label, problems))
    return ElementFile(form, tuple(sets), (), _bounded(problems))


def _known_form(text: str, label: str) -> Form | None:
    """The form of a text; None where it has none, but lines of sets stand in it."""
    form = form_of(text)
    if form is None and not loose_lines(text):
        kind = foreign_kind(text)
        raise ElementsError(
            _("{label} is {kind}").format(label=label, kind=kind)
            if kind
            else _("{label} is neither {sets}: it begins with “{text}”").format(
                label=label, sets=_SETS, text=first_words(text)
            )
        )
    return form


def _nothing_usable(text: str, label: str, problems: list[str]) -> str:
    """Why a text of a known form gives no set: what it is instead, or what is wrong with its first set."""
    kind = foreign_kind(text)
    if kind and (len(problems) <= 1 or not service_words(text)):
        return _("{label} is {kind}").format(label=label, kind=kind)
    return _("{label} holds no usable element set").format(label=label) + (
        _(": {problems}").format(problems=problems[0]) if problems else ""
    )


def _bounded(problems: list[str]) -> tuple[str, ...]:
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    return (*problems[:MOST_PROBLEMS], _("and {problems} more").format(problems=len(problems) - MOST_PROBLEMS))


def _records_read(records: Iterable[Mapping[str, object] | TwoLines], label: str) -> tuple[list[ElementSet], list[str]]:
    sets: list[ElementSet] = []
    problems: list[str] = []
    for number, record in enumerate(records, start=1):
        try:
            if isinstance(record, TwoLines):
                found, refused = parse_tle_text(f"{record.name}\n{record.text}", source=label)
                sets += found
                problems += [_in_record(number, problem) for problem in refused]
            else:
                sets.append(parse_omm_record(record, source=label))
        except ElementsError as problem:
            problems.append(_in_record(number, problem))
    return sets, problems


def _in_record(number: int, problem: object) -> str:
    return _("record {number}: {problem}").format(number=number, problem=problem)


_RECORDS = {
    "OMM JSON": json_records,
    "OMM CSV": csv_records,
    "OMM KVN": kvn_records,
    "OMM XML": xml_records,
    "gpredict": gpredict_records,
}
