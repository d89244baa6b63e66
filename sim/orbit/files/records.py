"""Records of elements in JSON (also one a line, and wrapped in answers of services), CSV, KVN and XML.

A record is a mapping of CCSDS keywords, or of whatever holds the two lines of a set: lines are known by how they look,
not by the names that services give them.
"""

from __future__ import annotations

import csv
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import msgspec

from sim.errors import ElementsError
from sim.language import _
from sim.orbit.files.forms import COMMENTS, LINE_1, header_of, plain_key
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

DEEPEST_XML = 12
DEEPEST_JSON = 6
MOST_RECORDS = 200_000

_KEYWORDS = (
    "OBJECT_NAME", "OBJECT_ID", "NORAD_CAT_ID", "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION",
    "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY", "EPHEMERIS_TYPE", "REV_AT_EPOCH", "BSTAR",
    "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT", "MEAN_ELEMENT_THEORY", "REF_FRAME", "TIME_SYSTEM", "CENTER_NAME",
    "EPOCH_MICROSECONDS",
)  # fmt: skip
_ALSO = {
    "RAAN": "RA_OF_ASC_NODE", "RIGHTASCENSION": "RA_OF_ASC_NODE", "RIGHTASCENSIONOFASCENDINGNODE": "RA_OF_ASC_NODE",
    "ARGP": "ARG_OF_PERICENTER", "ARGOFPERIGEE": "ARG_OF_PERICENTER", "ARGPERIGEE": "ARG_OF_PERICENTER",
    "ARGUMENTOFPERIGEE": "ARG_OF_PERICENTER", "ARGUMENTOFPERICENTER": "ARG_OF_PERICENTER",
    "NORADID": "NORAD_CAT_ID", "NORAD": "NORAD_CAT_ID", "CATNR": "NORAD_CAT_ID", "SATNUM": "NORAD_CAT_ID",
    "SATID": "NORAD_CAT_ID", "SATNO": "NORAD_CAT_ID", "CATALOGNUMBER": "NORAD_CAT_ID",
    "SATELLITENUMBER": "NORAD_CAT_ID",
    "INTLDES": "OBJECT_ID", "COSPARID": "OBJECT_ID", "INTERNATIONALDESIGNATOR": "OBJECT_ID",
    "SATNAME": "OBJECT_NAME", "SATELLITENAME": "OBJECT_NAME", "EPOCHUTC": "EPOCH", "BSTARDRAG": "BSTAR",
}  # fmt: skip
"""What others call them."""

_BY_PLAIN_KEY = {plain_key(keyword): keyword for keyword in _KEYWORDS} | _ALSO
_NAMES = {
    "OBJECTNAME", "NAME", "SATNAME", "SATELLITENAME", "SATELLITE", "ON", "TLE0", "TLELINE0", "LINE0", "TITLE",
    "NICKNAME",
}  # fmt: skip


class TwoLines(msgspec.Struct, frozen=True):
    """A text with the lines of one set or several, and the name that its record gives."""

    text: str
    name: str


def json_records(text: str) -> Iterator[Mapping[str, object] | TwoLines]:
    """Records of a JSON text: a list, one object, objects a line, or any of them wrapped in others."""
    count = 0
    for value in _json_values(text):
        for record in _found(value, "", 0):
            count += 1
            if count > MOST_RECORDS:
                raise ElementsError(_("there are more than {most_records} records").format(most_records=MOST_RECORDS))
            yield record


def _json_values(text: str) -> list[Any]:
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError) as problem:
        if values := _json_lines(text):
            return values
        with suppress(ValueError, RecursionError):  # a comma behind the last record, as editing by hand leaves it
            return [json.loads(re.sub(r",(\s*[\]}])", r"\1", text))]
        raise ElementsError(
            _("the JSON is damaged: {problem}").format(problem=clean(str(problem), limit=100))
        ) from None


def _json_lines(text: str) -> list[Any]:
    """One value a line; none if the first line is not a value by itself. A damaged line is an empty record."""
    values: list[Any] = []
    for line in text.split("\n"):
        words = line.strip().rstrip(",")
        if not words:
            continue
        try:
            values.append(json.loads(words))
        except (ValueError, RecursionError):
            if not values:
                return []
            values.append({})
    return values


def _found(value: Any, name: str, depth: int) -> Iterator[Mapping[str, object] | TwoLines]:  # noqa: ANN401 - JSON
    """The records in a value, whatever they are wrapped in."""
    if isinstance(value, list):
        if value and all(isinstance(item, str) for item in value) and _lines_in(value):
            yield TwoLines("\n".join(value), name)
            return
        for item in value:
            if depth >= DEEPEST_JSON or not isinstance(item, (dict, list)):
                yield {}
            else:
                yield from _found(item, name, depth + 1)
    elif isinstance(value, dict):
        if _is_written_out(value):
            yield value
            return
        yield from _in_mapping(value, name, depth)
    else:
        yield {}


def _in_mapping(value: dict[str, Any], name: str, depth: int) -> Iterator[Mapping[str, object] | TwoLines]:
    renamed = with_keywords(value)
    if "MEAN_MOTION" in renamed:
        yield renamed
        return
    name = _name_in(value) or name
    if lines := _lines_in(value.values()):
        yield TwoLines(lines, name)
        return
    inner = [item for item in value.values() if isinstance(item, (dict, list)) and item]
    if not inner or depth >= DEEPEST_JSON:
        yield value
        return
    if (flat := _flat(value)) and "MEAN_MOTION" in flat:  # a message whose parts are mappings of their own
        yield flat
        return
    # A record beside its description: {"info": {"satname": ...}, "tle": ...}
    name = next((found for item in inner if isinstance(item, dict) and (found := _name_in(item))), "") or name
    records = [record for item in inner for record in _found(item, name, depth + 1)]
    yield from [record for record in records if record] or [value]


def _flat(value: dict[str, Any], depth: int = 0) -> dict[str, object]:
    """The leaves of mappings in one another; empty where there is a list, or a keyword comes twice."""
    leaves: dict[str, object] = {}
    for key, item in value.items():
        inner = _flat(item, depth + 1) if isinstance(item, dict) and depth < DEEPEST_JSON else {key: item}
        if isinstance(item, list) or (isinstance(item, dict) and not inner) or "MEAN_MOTION" in leaves.keys() & inner:
            return {}
        leaves |= {name: leaf for name, leaf in inner.items() if name not in leaves}
    return leaves


def _is_written_out(record: Mapping[str, object]) -> bool:
    """Whether a record has the keywords of the standard."""
    return "MEAN_MOTION" in record and "RA_OF_ASC_NODE" in record and "ARG_OF_PERICENTER" in record


def with_keywords(record: Mapping[str, object]) -> Mapping[str, object]:
    """The record with the CCSDS keywords in place of others' spellings (`meanMotion`, `mean_motion`)."""
    named = ((_BY_PLAIN_KEY.get(plain_key(str(key)[:40]), key), value) for key, value in record.items())
    return {key: value for key, value in named if key not in record} | dict(record)


def _name_in(record: Mapping[str, object]) -> str:
    for key, value in record.items():
        if isinstance(value, str) and value.strip() and plain_key(str(key)[:40]) in _NAMES:
            return value.strip().removeprefix("0 ")
    return ""


def _lines_in(values: Iterable[object]) -> str:
    """The values that are lines of sets, or hold them, as one text; empty if none of them is a first line."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    lines = [text for text in texts if re.match(r"(?:.{0,60}\n\s*)?[12] [ 0-9A-Z][ 0-9]{4}", text) and len(text) > 40]
    if len(lines) == 2:
        lines.sort()  # a record may name its second line first
    return "\n".join(lines) if any(re.search(r"(?:^|\n)\s*" + LINE_1, text) for text in lines) else ""


def csv_records(text: str) -> Iterator[Mapping[str, object] | TwoLines]:
    """Rows of a table under its header; blank lines and those that begin with # do not count."""
    header = header_of(text)
    number, separator = header if header else (0, ",")
    lines = [line for line in text.split("\n")[number:] if line.strip() and not line.lstrip().startswith(COMMENTS)]
    try:
        for row in csv.DictReader(lines, delimiter=separator):
            record = {key.strip().strip('"').upper(): value for key, value in row.items() if isinstance(key, str)}
            if separator != ",":
                record = {key: _with_point(value) for key, value in record.items()}
            yield from [record] if _is_written_out(record) else _in_mapping(record, "", DEEPEST_JSON)
    except csv.Error as problem:
        raise ElementsError(_("the CSV is damaged: {problem}").format(problem=clean(str(problem), limit=100))) from None


def _with_point(value: object) -> object:
    """A number or a time with a decimal comma, as spreadsheets write it in many countries, with a point."""
    if isinstance(value, str) and re.fullmatch(r"\s*(?:[+-]?[0-9]*|.*:[0-9]{2}),[0-9]+(?:[eE][+-]?[0-9]+)?\s*", value):
        return value.replace(",", ".")
    return value


def kvn_records(text: str) -> Iterator[Mapping[str, object] | TwoLines]:
    """Lines of `KEYWORD = value`, or with a colon; of gpredict's own files the two lines."""
    record: dict[str, object] = {}
    for line in text.split("\n"):
        pair = re.match(r"[\s-]*([A-Za-z]\w*(?:[ -]\w+)*)\s*[=:](.*)", line)
        key = pair[1].upper() if pair else "COMMENT"
        if pair is None or key.startswith("COMMENT"):
            continue
        value, keyword = pair[2], _BY_PLAIN_KEY.get(plain_key(key[:40]), key)
        if keyword != key and keyword in record:
            continue  # said already, in the word of the standard
        key = keyword
        # A new message begins with its version, or with a keyword that the present one has already.
        if record and (key == "CCSDS_OMM_VERS" or key in record):
            yield record
            record = {}
        record[key] = value.split("[", maxsplit=1)[0].strip().strip("\"'")  # without the unit
    if record:
        yield record


def gpredict_records(text: str) -> Iterator[Mapping[str, object] | TwoLines]:
    """The two lines of gpredict's own files."""
    for record in kvn_records(text):
        yield from _in_mapping(dict(record), "", DEEPEST_JSON) if isinstance(record, dict) else [record]


class XmlReader:
    """What is done with the elements of an XML document; names are without their prefix."""

    def begin(self, name: str) -> None:
        """An element begins."""

    def leaf(self, path: Sequence[str], words: str) -> None:
        """The text of an element that has one, and the names of the elements down to it."""

    def end(self, name: str) -> None:
        """An element ends."""


class _OmmReader(XmlReader):
    """Leaves of each `omm` element, and of each `item` in Space-Track's own form."""

    def __init__(self) -> None:
        self.records: list[dict[str, object]] = []

    def begin(self, name: str) -> None:
        if name.lower() in {"omm", "item"}:
            self.records.append({})

    def leaf(self, path: Sequence[str], words: str) -> None:
        if self.records:
            self.records[-1].setdefault(path[-1].upper(), words)


def xml_records(text: str) -> list[dict[str, object]]:
    """The OMM messages of an XML document."""
    reader = _OmmReader()
    walk_xml(text, reader)
    return reader.records


def walk_xml(text: str, reader: XmlReader) -> None:
    """Read XML by expat itself; a document type is refused, so there are no entities.

    Raises:
        ElementsError: Damaged, nested too deeply, or with a document type.
    """
    path: list[str] = []
    words: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        words.clear()
        if len(path) > DEEPEST_XML:
            raise ElementsError(_("the XML is nested too deeply for elements"))
        reader.begin(path[-1])

    def end(_name: str) -> None:
        if words and (said := "".join(words).strip()):
            reader.leaf(path, said)
        words.clear()
        reader.end(path.pop())

    def refuse(*_declared: object) -> None:
        raise ElementsError(_("the XML declares a document type, which no message needs"))

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = words.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.strip().encode("utf-8", "replace"), True)
    except expat.ExpatError as problem:
        raise ElementsError(_("the XML is damaged: {problem}").format(problem=clean(str(problem), limit=100))) from None
