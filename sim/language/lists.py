"""Lists of words as a language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable


def and_list(words: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`; `A、B和C`."""
    return _chained(list(words), pgettext("list", "{before} and {last}"))


def or_list(words: Iterable[str]) -> str:
    """`A`, `A or B`, `A, B or C`; `A、B或C`."""
    return _chained(list(words), pgettext("list", "{before} or {last}"))


def comma_list(words: Iterable[str]) -> str:
    """`A, B, C`; `A、B、C`."""
    return _chained(list(words), pgettext("list", "{before}, {last}"))


def clauses(words: Iterable[str]) -> str:
    """Parts of one sentence: `A, B, C`; `A，B，C`."""
    return _strung(words, pgettext("clauses", "{before}, {after}"))


def joined(sentences: Iterable[str]) -> str:
    """Whole sentences one after the other: `A. B.`, `A。B。`."""
    return _strung(sentences, pgettext("sentences", "{before} {after}"))


def _strung(parts: Iterable[str], pair: str) -> str:
    text = ""
    for part in parts:
        text = pair.format(before=text, after=part) if text else part
    return text


def _chained(words: list[str], end: str) -> str:
    if len(words) < 2:
        return "".join(words)
    comma = pgettext("list", "{before}, {last}")
    text = words[0]
    for word in words[1:-1]:
        text = comma.format(before=text, last=word)
    return end.format(before=text, last=words[-1])
