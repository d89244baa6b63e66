"""The texts that a file holds: unpacked (gzip, bzip2, xz, zip, tar), decoded, with one kind of line end.

Every size is bounded before it is read, packed and unpacked: a few kilobytes can unpack to gigabytes.
"""

from __future__ import annotations

import bz2
import gzip
import io
import re
import sys
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from sim.errors import ElementsError
from sim.language import _
from sim.orbit.files.foreign import binary_kind
from sim.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_BYTES = 20_000_000
"""The whole public catalogue as TLE or CSV has a third of this, a week of ephemeris a fiftieth."""

MOST_MEMBERS = 200
"""Of a zip archive; so many files together may hold `LARGEST_BYTES`."""

STANDARD_INPUT = "-"
_MOST_MEMORY = 200_000_000

_PACKED = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
_NOT_UNPACKED = ((b"\x28\xb5\x2f\xfd", "zstd"), (b"\x1f\x9d", "compress"), (b"7z\xbc\xaf", "7-Zip"), (b"Rar!", "RAR"))
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_UNPACKING_ERRORS = (
    OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip
"""What the standard library raises for a damaged, encrypted or unknown packing."""


class Content(msgspec.Struct, frozen=True):
    """One text, and what to call it on the screen."""

    label: str
    text: str


def label_of(path: Path) -> str:
    """What to call a file on the screen."""
    return _("standard input") if str(path) == STANDARD_INPUT else clean(path.name or str(path), limit=60)


def contents_of(source: Path | bytes | str, label: str) -> list[Content]:
    """The texts of a file, most often one; several for a zip archive.

    Args:
        source: A path (`-` is the standard input), or the content as bytes or text.
        label: What to call it.

    Raises:
        ElementsError: It cannot be read or unpacked, is too large, empty, or not text.
    """
    if isinstance(source, Path):
        source = _bytes_of(source, label)
    _check_size(len(source), label)
    if isinstance(source, str):
        return [Content(label, _checked(source, label))]
    packing = _packing_of(source)
    if packing == "zip":
        return _texts_of(list(_members(source, label)))
    if packing:
        source = _unpacked(source, packing, label)
    if source[257:262] == b"ustar":
        return _texts_of(list(_tar_members(source, label)))
    if other := next((name for mark, name in _NOT_UNPACKED if source.startswith(mark)), ""):
        raise ElementsError(
            _("{label} is packed with {other}, which is not unpacked here: unpack it first").format(
                label=label, other=other
            )
        )
    return [Content(label, _checked(_decoded(source), label))]


def _bytes_of(path: Path, label: str) -> bytes:
    try:
        if str(path) == STANDARD_INPUT:
            return sys.stdin.buffer.read(LARGEST_BYTES + 1) if sys.stdin is not None else b""  # as it is after `<&-`
        _check_size(path.stat().st_size, label)
        with path.open("rb") as file:
            # A pipe or a device has no size of its own: never read more than the bound.
            return file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as problem:  # a path with a zero character is a ValueError
        reason = getattr(problem, "strerror", None) or clean(str(problem), limit=80)
        raise ElementsError(_("{label} cannot be read: {reason}").format(label=label, reason=reason)) from None


def _check_size(size: int, label: str) -> None:
    if size > LARGEST_BYTES:
        raise ElementsError(
            _("{label} is larger than {largest_bytes} MB").format(label=label, largest_bytes=LARGEST_BYTES // 1_000_000)
        )


def _texts_of(members: list[tuple[str, bytes]]) -> list[Content]:
    """The texts among the files of an archive; if there is none, the error of the first."""
    texts, first_problem = [], None
    for name, data in members:
        try:
            texts.append(Content(name, _checked(_decoded(data), name)))
        except ElementsError as problem:
            first_problem = first_problem or problem
    if first_problem and not texts:
        raise first_problem
    return texts


def _packing_of(data: bytes) -> str:
    return next((name for mark, name in _PACKED if data.startswith(mark)), "")


def _unpacked(data: bytes, packing: str, label: str) -> bytes:
    """A file packed by itself."""
    try:
        if packing == "xz":
            unpacked = _from_xz(data)
        else:
            stream = io.BytesIO(data)
            file: BinaryIO = gzip.GzipFile(fileobj=stream) if packing == "gzip" else bz2.BZ2File(stream)  # type: ignore[assignment]
            with file:
                unpacked = file.read(LARGEST_BYTES + 1)
    except _UNPACKING_ERRORS as problem:
        raise ElementsError(
            _("{label} is a damaged {packing} file: {problem}").format(
                label=label, packing=packing, problem=clean(str(problem), limit=80)
            )
        ) from None
    _check_size(len(unpacked), _("{label}, unpacked,").format(label=label))
    if again := _packing_of(unpacked):
        raise ElementsError(
            _("{label} is packed twice ({packing}, then {again}): unpack it once").format(
                label=label, packing=packing, again=again
            )
        )
    return unpacked


def _from_xz(data: bytes) -> bytes:
    """Of bounded memory too: a file may ask for gigabytes of it."""
    import lzma

    unpacking = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MOST_MEMORY)
    try:
        unpacked = unpacking.decompress(data, LARGEST_BYTES + 1)
    except lzma.LZMAError as problem:
        raise ValueError(str(problem)) from None
    if not unpacking.eof and len(unpacked) <= LARGEST_BYTES:
        raise EOFError(_("the file ends too early"))
    return unpacked


def _tar_members(data: bytes, label: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the files in a tar archive, which is not larger than its files together may be."""
    import tarfile

    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            files = [info for info in archive if info.isreg() and not Path(info.name).name.startswith("._")]
            _check_count(len(files), label)
            for info in files:
                member = archive.extractfile(info)
                yield _member(info.name, member.read() if member else b"", label)
    except (tarfile.TarError, *_UNPACKING_ERRORS) as problem:
        raise ElementsError(
            _("{label} is a damaged tar file: {problem}").format(label=label, problem=clean(str(problem), limit=80))
        ) from None


def _members(data: bytes, label: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the files in a zip archive."""
    left = LARGEST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
            _check_count(len(files), label)
            for info in files:
                with archive.open(info) as member:
                    content = member.read(left + 1)  # what it says of its own size is not believed
                left -= len(content)
                if left < 0:
                    _check_size(LARGEST_BYTES + 1, _("{label}, unpacked,").format(label=label))
                yield _member(info.filename, content, label)
    except _UNPACKING_ERRORS as problem:
        raise ElementsError(
            _("{label} is a damaged or locked zip file: {problem}").format(
                label=label, problem=clean(str(problem), limit=80)
            )
        ) from None
    if left == LARGEST_BYTES:
        raise ElementsError(_("{label} is an empty archive").format(label=label))


def _check_count(files: int, label: str) -> None:
    if not files:
        raise ElementsError(_("{label} is an empty archive").format(label=label))
    if files > MOST_MEMBERS:
        raise ElementsError(
            _("{label} holds {files} files, more than {most_members}").format(
                label=label, files=files, most_members=MOST_MEMBERS
            )
        )


def _member(name: str, content: bytes, label: str) -> tuple[str, bytes]:
    """A file of an archive under the name that the screen shows."""
    if _packing_of(content):
        raise ElementsError(_("{label} holds a packed file: unpack it first").format(label=label))
    return clean(f"{label}/{Path(name).name}", limit=80), content


def _decoded(data: bytes) -> str:
    """Text in UTF-8, or in UTF-16 or UTF-32 by its mark or its zero bytes."""
    for mark, code in _MARKS:
        if data.startswith(mark):
            return data.decode(code, "replace")
    sample = data[:200]
    if len(sample) > 8 and data.isascii():  # text of Latin letters in UTF-16 without a mark: each second byte is zero
        if not any(sample[1::2]) and all(sample[::2]):
            return data.decode("utf-16-le", "replace")
        if not any(sample[::2]) and all(sample[1::2]):
            return data.decode("utf-16-be", "replace")
    return data.decode("utf-8-sig", "replace")  # a name in another code loses letters, no numbers


def _checked(text: str, label: str) -> str:
    """The text with line feeds alone and plain blanks; nothing else of it is changed."""
    if not text.strip():
        raise ElementsError(_("{label} is empty").format(label=label))
    if "\0" in text[:100_000]:
        kind = binary_kind(text)
        raise ElementsError(
            _("{label} is {kind}, not elements").format(label=label, kind=kind)
            if kind
            else _("{label} is not a text file").format(label=label)
        )
    text = text.removeprefix("\ufeff").replace("\xa0", " ").replace("\0", "")
    return re.sub(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text)
