"""A sentence that is kept as what it is made of: written in English for programs, and in the reader's language."""

from __future__ import annotations

from typing import TypeAlias, Union

import msgspec

from sim.language import ENGLISH, _, language
from sim.language.lists import comma_list

Part: TypeAlias = Union[str, int, float, tuple[str, ...], "Phrase"]


class Phrase(msgspec.Struct, frozen=True):
    """A template with what stands in its fields.

    Attributes:
        template: A message marked by `N_`, with named fields.
        parts: What stands in them: names and other texts, which are translated by themselves, lists of them, numbers,
            and phrases.
    """

    template: str
    parts: dict[str, Part] = {}

    @property
    def english(self) -> str:
        """As programs read it, and as it is known by whatever the language."""
        if not self.parts:
            return self.template
        return self.template.format(**{name: _plain(part) for name, part in self.parts.items()})

    @property
    def text(self) -> str:
        """In the language of this process."""
        if language() == ENGLISH:
            return self.english
        if not self.parts:
            return _(self.template)
        return _(self.template).format(**{name: _told(part) for name, part in self.parts.items()})


def _plain(part: Part) -> str | int | float:
    if isinstance(part, Phrase):
        return part.english
    return ", ".join(part) if isinstance(part, tuple) else part


def _told(part: Part) -> str | int | float:
    if isinstance(part, Phrase):
        return part.text
    if isinstance(part, tuple):
        return comma_list(_(one) for one in part)
    return _(part) if isinstance(part, str) else part
