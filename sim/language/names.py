"""Names of people, ships and modules: in Chinese the Chinese one first, everywhere else the Latin one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _, language
from sim.language.lists import comma_list

if TYPE_CHECKING:
    from collections.abc import Iterable


def both_names(latin: str, chinese: str) -> str:
    """`Cai Xuzhe 蔡旭哲`; in Chinese `蔡旭哲 Cai Xuzhe`. One name alone where there is no other."""
    return " ".join(filter(None, name_pair(latin, chinese)))


def name_pair(latin: str, chinese: str) -> tuple[str, str]:
    """The name that comes first in this language, and the other one; that is empty where there is none."""
    return (chinese, latin) if chinese and reads_chinese() else (_(latin), chinese)


def leading_name(latin: str, chinese: str) -> str:
    """The one of two names shown side by side that the reader's language puts first."""
    return chinese if chinese and reads_chinese() else latin


def second_name(latin: str, chinese: str) -> str:
    """The one that stands beside it; empty where there is one name alone."""
    if not chinese:
        return ""
    return latin if reads_chinese() else chinese


def one_name(latin: str, chinese: str) -> str:
    """The name a reader of this language knows it by: `Cai Xuzhe`, `蔡旭哲`."""
    return chinese if chinese and reads_chinese() else _(latin)


def short_ship_name(ship: str) -> str:
    """`SZ-19` for `Shenzhou-19`, `TZ-9` for `Tianzhou-9`, `神十九`; other names stay."""
    return _(english_short_name(ship))


def english_short_name(ship: str) -> str:
    """`SZ-19` for `Shenzhou-19`, as files and catalogues have it."""
    return ship.replace("Shenzhou-", "SZ-").replace("Tianzhou-", "TZ-")


def reads_chinese() -> bool:
    """Whether names are written in Chinese first."""
    return language().startswith("zh")


def family_names(people: Iterable[str]) -> str:
    """`Cai, Song` of `Cai Xuzhe` and `Song Lingdong`; a name in characters has no blank, and is short."""
    return comma_list(_(name).split(maxsplit=1)[0] for name in people)
