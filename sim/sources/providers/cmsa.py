"""The operator's own ephemeris: a page of the China Manned Space Agency, a zip file behind a link, an OEM inside.

The page names the newest file; the file is fetched only if it is not the one we have. Nothing is ever unpacked to
disk: the one member wanted is read into memory, counted while it grows.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import msgspec

from sim.errors import SourceError
from sim.language import _
from sim.sanitize import clean
from sim.sources.plausibility import check_ephemeris
from sim.sources.provider import Getter, ParsedResponse, check_status
from sim.sources.registry import CMSA, Source
from sim.time import iso_z

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.sources.responses import Download

PAGE_KIND = "cmsa-page"
FILE_KIND = CMSA.key
LARGEST_EPHEMERIS_BYTES = 4_000_000
"""Ten times what a week takes."""

MOST_MEMBERS = 4
_LINK = re.compile(r"""<a\s[^<>]{0,200}?href\s{0,4}=\s{0,4}["']([^"'<>\s]{1,200}\.zip)["']""", re.IGNORECASE)
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,80}\.dat", re.IGNORECASE)

_ARCHIVE_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
"""What zipfile raises for a damaged archive, depending on the byte that is wrong."""


class EphemerisFile(msgspec.Struct, frozen=True, kw_only=True):
    """An orbit ephemeris message as it came out of the archive.

    Attributes:
        name: File name inside the archive.
        text: CCSDS OEM 2.0.
    """

    name: str
    text: bytes


def parse_page(body: bytes, page_url: str) -> str:
    """Address of the newest ephemeris file, the first that the page links.

    Raises:
        SourceError: The page has no such link, or it leads to another host or folder.
    """
    page = body.decode("utf-8", "replace")
    found = _LINK.search(page)
    if found is None:
        raise SourceError(_("the page does not link an ephemeris file"))
    try:
        address: str = urljoin(page_url, found.group(1))
        ours, theirs = urlsplit(page_url), urlsplit(address)
    except ValueError:
        raise SourceError(_("the page links an invalid URL")) from None
    folder = ours.path[: ours.path.rfind("/") + 1]
    same_place = (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)
    if not same_place or not theirs.path.startswith(folder) or "%" in theirs.path or "\\" in theirs.path:
        raise SourceError(_("the page links a file somewhere else: {address}").format(address=clean(address, limit=80)))
    return address


def parse(body: bytes) -> EphemerisFile:
    """Extract the ephemeris from the archive.

    Raises:
        SourceError: Not an archive, too many members, unsafe member names, encrypted, damaged, or larger when unpacked
            than an ephemeris can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            member = _only_member(archive)
            with archive.open(member) as stream:
                text = stream.read(LARGEST_EPHEMERIS_BYTES + 1)
    except SourceError:
        raise
    except _ARCHIVE_ERRORS as error:
        raise SourceError(_("the archive cannot be read: {error}").format(error=clean(str(error), limit=80))) from None
    if len(text) > LARGEST_EPHEMERIS_BYTES:
        raise SourceError(
            _("the archive unpacks to more than {largest_ephemeris_bytes} bytes").format(
                largest_ephemeris_bytes=LARGEST_EPHEMERIS_BYTES
            )
        )
    if b"CCSDS_OEM_VERS" not in text[:2000]:
        raise SourceError(_("the archive does not hold an orbit ephemeris message"))
    return EphemerisFile(name=member.filename, text=text)


def _only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise SourceError(_("the archive holds {members} files instead of one").format(members=len(members)))
    wanted = [member for member in members if member.filename.lower().endswith(".dat")]
    if len(wanted) != 1:
        raise SourceError(_("the archive holds {wanted} ephemerides instead of one").format(wanted=len(wanted)))
    member = wanted[0]
    if not _FILE_NAME.fullmatch(member.filename):
        raise SourceError(_("the archive names a file “{filename}”").format(filename=clean(member.filename, limit=60)))
    if member.flag_bits & 0x1:
        raise SourceError(_("the archive is encrypted"))
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise SourceError(_("the archive is packed in an unusual way"))
    if member.file_size > LARGEST_EPHEMERIS_BYTES:
        raise SourceError(_("the archive unpacks to {file_size} bytes").format(file_size=member.file_size))
    return member


class CmsaEphemeris:
    """The operator's forecast of the coming week; only if the user switched it on."""

    source: Source = CMSA

    def fetch(self, get: Getter, last_url: str) -> Iterator[Download]:
        """The page, and the file it links unless it is the one of last time."""
        page = get("", PAGE_KIND)
        yield page
        check_status(page, self.source.host)
        address = parse_page(page.body, page.url)
        if address != last_url:
            yield get(address, FILE_KIND)

    def parse(self, download: Download) -> ParsedResponse:
        """The span of the file, parsed as an ephemeris of the station."""
        check_status(download, self.source.host)
        if download.kind == PAGE_KIND:
            name = parse_page(download.body, download.url).rpartition("/")[2]
            return ParsedResponse(summary=name, is_data=False)
        from sim.orbit.files.oem_reader import parse_oem  # loads numpy, which a refresh can afford and a start cannot
        from sim.orbit.oem import OemOrbit

        found = parse(download.body)
        oem = parse_oem(found.text.decode("utf-8", "replace"), source=self.source.title)
        check_ephemeris(oem, download.fetched_unix_s)
        orbit = OemOrbit(oem)
        return ParsedResponse(
            summary=f"{found.name}, {iso_z(oem.start_unix_s)} to {iso_z(oem.stop_unix_s)}",
            predicted=(orbit.elements(oem.start_unix_s), orbit.elements(oem.stop_unix_s - 1.0)),
        )
