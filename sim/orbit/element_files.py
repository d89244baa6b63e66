"""Files of orbits that a person hands over: TLE, OMM (JSON, CSV, XML, KVN) or OEM, told apart by their content.

Every set is checked on its own: a bad one is left out and named, the others count. Nothing a file contains is
executed or fetched, and its size is bounded before it is read.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.parsers import expat

import msgspec

from sim.constants import CSS_NORAD_ID
from sim.errors import ElementsError
from sim.orbit.element_history import ElementHistory
from sim.orbit.elements import of_object
from sim.orbit.omm import parse_omm_record
from sim.orbit.propagation import when
from sim.orbit.tle import parse_tle, parse_tle_text
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sim.orbit.elements import ElementSet
    from sim.orbit.oem import Oem
    from sim.orbit.propagation import Orbit

LARGEST_BYTES = 20_000_000
"""The whole public catalogue as TLE or CSV has a third of this, a week of ephemeris a fiftieth."""

MOST_PROBLEMS = 20
"""So many refused sets are named; the others are counted."""

DEEPEST_XML = 12

Form = Literal["TLE", "OMM JSON", "OMM CSV", "OMM XML", "OMM KVN", "OEM"]


class ElementFile(msgspec.Struct, frozen=True):
    """What a file held.

    Attributes:
        form: How it was written.
        sets: The good element sets, in the file's order; none for an OEM.
        oem: The ephemeris, for an OEM.
        problems: One line for each thing that was refused.
    """

    form: Form
    sets: tuple[ElementSet, ...]
    oem: Oem | None
    problems: tuple[str, ...]


def read_elements(source: Path | bytes | str, *, name: str = "") -> ElementFile:
    """Read a file of element sets or an ephemeris, whatever its form.

    Args:
        source: A path, or the content as bytes or text.
        name: What to call the content on the screen; the file's name if a path is given.

    Raises:
        ElementsError: It cannot be read, is too large, is none of the forms, or holds nothing that can be used.
    """
    label = clean(name or (source.name if isinstance(source, Path) else "the given elements"), limit=60)
    text = _text_of(source, label)
    form = _form_of(text)
    if form is None:
        raise ElementsError(f"{label} is neither TLE, OMM (JSON, CSV, XML, KVN) nor OEM")
    if form == "OEM":
        from sim.orbit.oem import parse_oem

        return ElementFile(form, (), parse_oem(text, source=label), ())
    if form == "TLE":
        sets, problems = parse_tle_text(text, source=label)
    else:
        sets, problems = _records_read(_RECORDS[form](text), label)
    underground = [s for s in sets if s.perigee_km < 0.0]
    problems += [
        f"object {s.norad_id} at {when(s.epoch_unix_s)}: the perigee lies {-s.perigee_km:.0f} km below the ground"
        for s in underground
    ]
    sets = [s for s in sets if s.perigee_km >= 0.0] if underground else sets
    if len(problems) > MOST_PROBLEMS:
        problems = [*problems[:MOST_PROBLEMS], f"and {len(problems) - MOST_PROBLEMS} more"]
    if not sets:
        raise ElementsError(f"{label} holds no usable element set" + (f": {problems[0]}" if problems else ""))
    return ElementFile(form, tuple(sets), None, tuple(problems))


def orbit_from_file(path: Path, norad_id: int = CSS_NORAD_ID) -> tuple[Orbit, tuple[str, ...]]:
    """The orbit a file describes, used alone, and what was refused on the way.

    Of a file with several objects the one with `norad_id` is taken, of a file with one object that one; if it is
    another object, the first message says so.

    Raises:
        ElementsError: As `read_elements`, or several objects and none of them the wanted one.
    """
    content = read_elements(path)
    if content.oem is not None:
        from sim.orbit.oem import OemOrbit

        return OemOrbit(content.oem), content.problems
    numbers = {s.norad_id for s in content.sets}
    wanted = norad_id if norad_id in numbers or len(numbers) > 1 else numbers.pop()
    chosen = of_object(content.sets, wanted)
    if not chosen:
        raise ElementsError(f"{clean(path.name, limit=60)} holds {len(numbers)} objects, none of them {norad_id}")
    if wanted == norad_id:
        return ElementHistory(chosen), content.problems
    label, name = clean(path.name, limit=60), clean(chosen[-1].name, limit=30)
    foreign = (
        f"{label} holds object {wanted} {name}".rstrip()
        + f", not the station ({norad_id}): its position error is not known, nor its brightness unless one is given"
    )
    return ElementHistory(chosen), (foreign, *content.problems)


def _text_of(source: Path | bytes | str, label: str) -> str:
    if isinstance(source, Path):
        try:
            if source.stat().st_size > LARGEST_BYTES:
                raise ElementsError(f"{label} is larger than {LARGEST_BYTES // 1_000_000} MB")
            with source.open("rb") as file:
                # A pipe or a device has no size of its own: never read more than the bound.
                source = file.read(LARGEST_BYTES + 1)
        except OSError as problem:
            raise ElementsError(f"{label} cannot be read: {problem.strerror or problem}") from None
    if len(source) > LARGEST_BYTES:
        raise ElementsError(f"{label} is larger than {LARGEST_BYTES // 1_000_000} MB")
    if isinstance(source, bytes):
        if source.startswith((b"\xff\xfe", b"\xfe\xff")):
            source = source.decode("utf-16", "replace")
        else:
            source = source.decode("utf-8-sig", "replace")  # a name in another code loses letters, no numbers
    if not source.strip():
        raise ElementsError(f"{label} is empty")
    if "\0" in source:
        raise ElementsError(f"{label} is not a text file")
    return source


def _form_of(text: str) -> Form | None:
    """By what the content begins with; of what has no mark of its own, TLE by its lines."""
    head = text[:4096].lstrip()
    if head.startswith(("[", "{")):
        return "OMM JSON"
    if head.startswith("<"):
        return "OMM XML"
    if re.search(r"^[ \t]*CCSDS_OEM_VERS[ \t]*=", head, re.MULTILINE):
        return "OEM"
    if re.search(r"^[ \t]*(CCSDS_OMM_VERS|OBJECT_NAME|EPOCH)[ \t]*=", head, re.MULTILINE):
        return "OMM KVN"
    if "EPOCH" in (columns := head.split("\n", maxsplit=1)[0].upper()) and "MEAN_MOTION" in columns:
        return "OMM CSV"
    if re.search(r"^[12] [0-9A-Z ]{5}", text, re.MULTILINE):
        return "TLE"
    return None


def _records_read(records: Iterable[Mapping[str, object]], label: str) -> tuple[list[ElementSet], list[str]]:
    sets: list[ElementSet] = []
    problems: list[str] = []
    for number, record in enumerate(records, start=1):
        try:
            sets.append(_record_read(record, label))
        except ElementsError as problem:
            problems.append(f"record {number}: {problem}")
    return sets, problems


def _record_read(record: Mapping[str, object], label: str) -> ElementSet:
    """An OMM record, or one of the wrappings in which services put two lines."""
    for first, second, title in (("line1", "line2", "name"), ("tle1", "tle2", "tle0")):
        if first in record and "MEAN_MOTION" not in record:
            lines = (str(record.get(key) or "") for key in (first, second))
            return parse_tle(*lines, name=str(record.get(title) or "").removeprefix("0 "), source=label)
    return parse_omm_record(record, source=label)


def _json_records(text: str) -> Iterator[Mapping[str, object]]:
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise ElementsError(f"the JSON is damaged: {clean(str(problem), limit=100)}") from None
    if isinstance(data, dict) and isinstance(data.get("member"), list):
        data = data["member"]
    for record in data if isinstance(data, list) else [data]:
        yield record if isinstance(record, dict) else {}


def _csv_records(text: str) -> Iterator[Mapping[str, object]]:
    try:
        for row in csv.DictReader(text.splitlines()):
            yield {key.strip().upper(): value for key, value in row.items() if isinstance(key, str)}
    except csv.Error as problem:
        raise ElementsError(f"the CSV is damaged: {clean(str(problem), limit=100)}") from None


def _kvn_records(text: str) -> Iterator[Mapping[str, object]]:
    record: dict[str, object] = {}
    for line in text.splitlines():
        key, equals, value = line.partition("=")
        key = key.strip().upper()
        if not equals or key.startswith("COMMENT"):
            continue
        # A new message begins with its version, or with a keyword that the present one has already.
        if record and (key == "CCSDS_OMM_VERS" or key in record):
            yield record
            record = {}
        record[key] = value.split("[", maxsplit=1)[0].strip()  # without the unit
    if record:
        yield record


def _xml_records(text: str) -> Iterator[Mapping[str, object]]:
    """Leaves of each `omm` element, by expat itself; a document type is refused, so there are no entities."""
    records: list[dict[str, object]] = []
    path: list[str] = []
    words: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        path.append(name)
        words.clear()
        if len(path) > DEEPEST_XML:
            raise ElementsError("the XML is nested too deeply for an OMM")
        if name == "omm":
            records.append({})

    def end(_name: str) -> None:
        name = path.pop()
        if records and words:
            records[-1].setdefault(name.upper(), "".join(words).strip())
        words.clear()

    def refuse(*_: object) -> None:
        raise ElementsError("the XML declares a document type, which no OMM needs")

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = words.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as problem:
        raise ElementsError(f"the XML is damaged: {clean(str(problem), limit=100)}") from None
    yield from records


_RECORDS = {"OMM JSON": _json_records, "OMM CSV": _csv_records, "OMM KVN": _kvn_records, "OMM XML": _xml_records}
