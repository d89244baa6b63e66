"""What a file is that holds no elements: named, and where a service answered with an error, quoted."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from sim.language import N_, _
from sim.sanitize import clean

MOST_QUOTED = 120
_HEAD = 20_000
"""Characters that are examined: the format is recognised by the beginning."""

_MESSAGES = {
    "OPM": N_("one state (OPM)"),
    "APM": N_("an attitude (APM)"),
    "AEM": N_("a series of attitudes (AEM)"),
    "ACM": "attitudes (ACM)",
    "OCM": N_("a comprehensive orbit message (OCM)"),
    "TDM": N_("tracking data (TDM)"),
    "CDM": N_("a conjunction of two objects (CDM)"),
    "RDM": N_("a re-entry message (RDM)"),
}
"""Navigation messages of the CCSDS that are neither OMM nor OEM."""

_BY_PATTERN = (
    (r"\s*stk\.v\.[0-9]", N_("an ephemeris of STK")),
    ("#[a-d][PV ][ 0-9]{4} ", N_("precise orbits of navigation satellites (SP3)")),
    (r"[ 0-9.]{9} {11}\S.{19}\S? ?.*RINEX VERSION", N_("observations or orbits of navigation satellites (RINEX)")),
    ("[Hh]1 +CPF ", N_("predictions for laser ranging (CPF)")),
    (r"\*{3,} ?Week +[0-9]+ almanac|\*{4,} +Week", N_("an almanac of navigation satellites (YUMA)")),
    ("KSP?/|DAFETF NAIF", N_("a transfer file of SPICE")),
    ("%PDF-", N_("a PDF document")),
    (r"\{\\rtf", N_("a document (RTF)")),
    ("-----BEGIN ", N_("a key or certificate")),
    ("BEGIN:VCALENDAR", N_("a calendar")),
    (r"#!", N_("a program")),
)
_BY_ROOT = {
    "kml": N_("a map (KML)"),
    "gpx": N_("a track (GPX)"),
    "svg": N_("a picture (SVG)"),
    "rss": N_("a news feed"),
    "feed": N_("a news feed"),
}
_BINARY = (
    ("DAF/", N_("an ephemeris of SPICE (SPK)")),
    ("PNG", N_("a picture")),
    ("ELF", N_("a program")),
    ("PK", N_("an archive")),
    ("%PDF", N_("a PDF document")),
    ("SQLite format 3", N_("a database (SQLite)")),
    ("7z", N_("an archive")),
    ("GIF8", N_("a picture")),
)
_PAGE = r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|title|h1|p|pre|div|meta|script)\b"
_SAID = ("error", "errors", "message", "detail", "details", "description", "title", "msg", "reason", "status")


def binary_kind(text: str) -> str:
    """What a file that is not text is; empty if that does not show."""
    return _(next((kind for mark, kind in _BINARY if text.startswith(mark)), ""))


def foreign_kind(text: str) -> str:
    """What a text is instead, as `a web page, not elements: “403 Forbidden”`; empty if that is not known."""
    head = text[:_HEAD].lstrip()
    if is_web_page(head):
        return _("a web page, not elements{text}").format(text=_quoted(page_words(text)))
    message = re.search(r"^[ \t]*CCSDS_([A-Z]{3})_VERS[ \t]*=", head, re.MULTILINE)
    root = re.search(r"<(?:[\w.-]+:)?([A-Za-z]\w*)(?=[\s>/])(?<!<xml)", head) if head.startswith("<") else None
    name = message[1] if message else root[1].upper() if root else ""
    if name in {"NDM", "OMM", "OEM"}:
        inner = re.search(r"<(?:[\w.-]+:)?(opm|apm|aem|acm|ocm|tdm|cdm|rdm)[\s>]", head)
        name = inner[1].upper() if inner and not re.search(r"<(?:[\w.-]+:)?(omm|oem)[\s>]", head) else ""
    if name in _MESSAGES:
        return _("{kind}, not elements").format(kind=_(_MESSAGES[name]))
    if root and name.lower() in _BY_ROOT:
        return _("{kind}, not elements").format(kind=_(_BY_ROOT[name.lower()]))
    for pattern, kind in _BY_PATTERN:
        if re.match(pattern, head):
            return _("{kind}, not elements").format(kind=_(kind))
    if "".join(text[:200].split()) in {"[]", "{}", '""'}:
        return _("an empty answer: the service had nothing to give")
    if head.startswith(("{", "[", '"')) and (said := service_words(text)):
        return _("the answer of a service, not elements{said}").format(said=_quoted(said))
    return ""


def is_web_page(head: str) -> bool:
    """Whether a text begins as a page of the web does."""
    return re.match(_PAGE, head, re.IGNORECASE | re.DOTALL) is not None


def page_words(text: str) -> str:
    """What a web page says, without its tags, scripts and styles."""
    head = text[:_HEAD]
    head = re.sub(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", " ", head, flags=re.IGNORECASE | re.DOTALL)
    return clean(unescape(re.sub(r"<[^>]*>?", " ", head)), limit=MOST_QUOTED)


def service_words(text: str) -> str:
    """What a service said in JSON instead of elements; empty if it is not such an answer."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if isinstance(data, str):
        return clean(data, limit=MOST_QUOTED)
    for _wrapping in range(4):
        if isinstance(data, list) and len(data) == 1:
            data = data[0]
        if not isinstance(data, dict):
            break
        words = {str(key).lower(): value for key, value in data.items()}
        inner = next((words[key] for key in _SAID if words.get(key)), None)
        if isinstance(inner, str):
            return clean(inner, limit=MOST_QUOTED)
        data = inner
    return ""


def first_words(text: str) -> str:
    """How a text of no known form begins, for a message."""
    line = next((line for line in text[:_HEAD].splitlines() if line.strip()), "")
    return clean(line, limit=60)


def _quoted(words: str) -> str:
    return f": “{words}”" if words else ""
