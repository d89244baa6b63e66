"""The catalogues of `seeds/languages`: takes the messages from the source, compiles what was translated.

    python -m seeds.makers.languages                    all rooms of all languages: new messages in, unused out; compile
    python -m seeds.makers.languages views commands     only these rooms, so that several people can work at a time
    python -m seeds.makers.languages --compile          compile only

A language is one file, `de.po`, or a folder with a file for each room, `zh_CN/views.po`; beside each `.po` lies its
compiled `.mo`. A new language is begun with an empty file of its name. Extraction is Babel's.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from seeds.makers.embedded_texts import embedded_texts, known_names

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "seeds" / "languages"

ROOMS: dict[str, tuple[str, ...]] = {
    "engine": ("sim",),
    "screen": ("tui",),  # what is in no other room: wording, widgets, maps, controls
    "views": ("tui/views",),
    "dialogs": ("tui/views/dialogs", "tui/views/palette", "tui/config"),
    "commands": ("tui/cli",),
    "facts": ("seeds/chronicle.json",),
    "stories": ("seeds/stories",),
    "places": ("seeds/names.tsv", "seeds/constellations.tsv", "seeds/sites.tsv", "seeds/ground_stations.tsv"),
    "schemas": ("seeds/schemas",),
}
"""The rooms, and where their messages come from; of two places the longer name counts."""

CONTEXTS = {"schemas": "format"}
"""The sense of all embedded texts of a room, where they are so short that other rooms mean something else by them."""

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}

COMMENT_TAG = "Translators:"
"""Comments that begin with it, above a message in the source, reach the translator."""


# ── from the source ───────────────────────────────────────────────────────────────────────────


def room_of(path: str) -> str:
    """The room of a source file, by its path from the root of the project."""
    places = [(place, room) for room, where in ROOMS.items() for place in where]
    fitting = [(len(place), room) for place, room in places if path == place or path.startswith(f"{place}/")]
    return max(fitting)[1]


def template(room: str) -> Catalog:
    """All messages of a room, in the order of the source, without translations."""
    found = Catalog()
    for text, place in embedded_texts(room):
        found.add(text, context=CONTEXTS.get(room), locations=[(place, 1)])
    for path in sorted(path for top in ("sim", "tui") for path in (ROOT / top).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if room_of(name) != room:
            continue
        for _line, message, comments, context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=(COMMENT_TAG,), strip_comment_tags=True
        ):
            found.add(message, context=context, locations=[(name, 1)], auto_comments=comments)
    return found


def fields(text: str) -> frozenset[str]:
    """The named fields of a template; none in a text with other braces."""
    try:
        return frozenset(name for _before, name, _spec, _conversion in Formatter().parse(text) if name is not None)
    except ValueError:
        return frozenset()


# ── catalogues ────────────────────────────────────────────────────────────────────────────────


def catalogue_files(language: str = "") -> Iterator[tuple[str, Path]]:
    """Language and `.po` files of each, or of one."""
    for path in sorted(FOLDER.rglob("*.po")):
        code = path.stem if path.parent == FOLDER else path.parent.name
        if language in {"", code}:
            yield code, path


def read(path: Path, code: str) -> Catalog:
    """A `.po` file."""
    with path.open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def updated(old: Catalog, rooms: Iterable[str], others: Iterable[Catalog] = ()) -> Catalog:
    """The messages of the source with the translations of an older catalogue; an altered message begins anew.

    Args:
        old: The catalogue as it was.
        rooms: The rooms it holds.
        others: Where a message that comes from another room has its translation.
    """
    fresh = Catalog(locale=old.locale, project="Tiangong", fuzzy=False, header_comment="")
    known = known_names(str(old.locale.language)) if old.locale else {}
    for room in rooms:
        for message in template(room):
            if message.id:
                found = (one.get(_singular(message), context=message.context) for one in (old, *others))
                before = next((one for one in found if one is not None and is_translated(one)), None)
                kept = before is not None and before.id == message.id
                fresh.add(
                    message.id,
                    string=before.string if before is not None and kept else known.get(_singular(message)),
                    context=message.context,
                    locations=message.locations,
                    auto_comments=message.auto_comments,
                    user_comments=() if before is None else before.user_comments,
                )
    return fresh


def text_of(catalogue: Catalog, code: str) -> bytes:
    """A catalogue as a `.po` file: without dates and line numbers, which would change with every commit."""
    out = BytesIO()
    write_po(out, catalogue, width=118, include_lineno=False, omit_header=True)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return (head.encode() + out.getvalue()).rstrip(b"\n") + b"\n"


def compiled(catalogue: Catalog, code: str) -> bytes:
    """A catalogue as a `.mo` file, sorted by the bytes of its messages, as `sim.language.catalogue` searches it.

    Babel's own writer sorts messages with a context elsewhere.
    """
    head = f"Language: {code}\nPlural-Forms: {catalogue.plural_forms}\nContent-Type: text/plain; charset=utf-8\n"
    rows = {b"": head.encode()}
    for message in catalogue:
        if message.id and is_translated(message):
            context = f"{message.context}\x04" if message.context else ""
            rows[(context + "\0".join(_forms(message.id))).encode()] = "\0".join(_forms(message.string)).encode()
    keys = sorted(rows, key=lambda key: key.split(b"\0", 1)[0])
    texts = [*keys, *(rows[key] for key in keys)]
    first = 28 + 8 * len(texts)
    table, body = b"", b""
    for text in texts:
        table += struct.pack("<2I", len(text), first + len(body))
        body += text + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, first) + table + body


def is_translated(message: Message) -> bool:
    """Whether every form has a translation that nobody doubts."""
    return not message.fuzzy and all(_forms(message.string))


def _forms(text: object) -> tuple[str, ...]:
    """Singular and plural forms of a message; one for a message without a number."""
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, (tuple, list)) else ("",)


def _singular(message: Message) -> str:
    return _forms(message.id)[0]


def problems(catalogue: Catalog) -> Iterator[str]:
    """What is wrong with the translations, one line for each message."""
    for message in catalogue:
        if not message.id:
            continue
        if not is_translated(message):
            yield f"not translated: {_singular(message)}"
            continue
        wanted = fields(_forms(message.id)[-1])
        for text in _forms(message.string):
            if fields(text) != wanted:
                yield f"fields {sorted(fields(text))} in place of {sorted(wanted)}: {_singular(message)}"


# ── the command ───────────────────────────────────────────────────────────────────────────────


def rooms_of(path: Path) -> tuple[str, ...]:
    """The rooms that a file holds: its own, or all where a language is one file."""
    return tuple(ROOMS) if path.parent == FOLDER else (path.stem,)


def main(words: list[str]) -> None:
    """Update and compile."""
    only = {word for word in words if not word.startswith("-")}
    if unknown := only - ROOMS.keys():
        sys.exit(f"there is no room {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}")
    for folder in (path for path in FOLDER.iterdir() if path.is_dir()):
        for room in only or ROOMS:
            (folder / f"{room}.po").touch()
    for code, path in catalogue_files():
        if only and path.stem not in only and path.parent != FOLDER:
            continue
        catalogue = read(path, code)
        if "--compile" not in words:
            others = [read(other, code) for _code, other in catalogue_files(code) if other != path]
            catalogue = updated(catalogue, rooms_of(path), others)
            path.write_bytes(text_of(catalogue, code))
        path.with_suffix(".mo").write_bytes(compiled(catalogue, code))
        wrong = list(problems(catalogue))
        print(f"{path.relative_to(FOLDER)}: {len(catalogue)} messages, {len(wrong)} to do")
        for line in wrong[:20]:
            print(f"  {line}")


if __name__ == "__main__":
    main(sys.argv[1:])
