"""Which language a start is written in: that of `--lang`, else that of the settings, else the system's."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from sim.errors import LanguageError
from sim.language import language_named, language_of_system
from tui.config.settings import FILE_NAME, config_dir

if TYPE_CHECKING:
    from collections.abc import Sequence

OPTION = "--lang"


def without_language(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The command line without `--lang`, which may stand anywhere before `--`, and what it asks for.

    The parsers themselves write in the language, so it is known before there is one. An option without a value is left
    for the parser to refuse.
    """
    kept: list[str] = []
    wanted: str | None = None
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return [*kept, word, *rest], wanted
        if word == OPTION and rest:
            wanted = rest.pop(0)
        elif word.startswith(f"{OPTION}="):
            wanted = word.partition("=")[2]
        else:
            kept.append(word)
    return kept, wanted


def chosen_language(wanted: str | None) -> str:
    """Code of the language to write in: what `--lang` says, if it was given.

    Raises:
        LanguageError: `--lang` names none there is. A wrong one in the settings is reported with the other settings.
    """
    if wanted is not None:
        return language_named(wanted)
    if (set_ := _set_language()) is not None:
        with suppress(LanguageError):
            return language_named(set_)
    return language_of_system(os.environ, platform=sys.platform)


def _set_language() -> str | None:
    """The language of the settings; most files name none, and are not parsed for it."""
    try:
        content = (config_dir() / FILE_NAME).read_bytes()
    except OSError:
        return None  # none, or one whose trouble is reported when all settings are read
    if b"language" not in content:
        return None
    from tui.config.settings_store import read_settings

    return read_settings().settings.language
