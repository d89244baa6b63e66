"""The language in which texts are written: English as it stands in the source, or a gettext catalogue.

A terminal has one reader, so a process has one language. It is chosen before anything is written (`use`) and may change
while the program runs; nothing that holds a text may therefore outlive the choice:

- a text is translated where it is shown, not where it is defined: a table of a module is marked with `N_`, and `_` is
  called on its entry when that is drawn;
- a function that keeps texts is decorated with `text_cache` in place of `lru_cache`.

English needs no catalogue and no module beyond this one: the message is the text.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from sim.errors import LanguageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sim.language.catalogue import Catalogue

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

ENGLISH = "en"

_OWN_NAME = "the name of this language in this language"

_SCRIPTS = {"zh_sg": "zh_CN", "zh_hans": "zh_CN", "zh_hans_cn": "zh_CN"}
"""Other names of the same writing; a reader in `zh_TW` reads another one, and is not given this unasked."""


class _Chosen:
    """The language of this process."""

    code = ENGLISH
    catalogue: Catalogue | None = None


_chosen = _Chosen()


# ── texts ─────────────────────────────────────────────────────────────────────────────────────


def _(message: str) -> str:
    """The message in the language of this process; itself where the catalogue has no other.

    Args:
        message: A whole sentence or label. With values it is a template with named fields,
            `_("{count} of {total}").format(count=2, total=7)`: never an f-string, which no catalogue holds.
    """
    catalogue = _chosen.catalogue
    return message if catalogue is None else catalogue.text(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """The message itself: marks a text in a table for the catalogue, which `_` translates when it is shown."""
    return message


def pgettext(context: str, message: str) -> str:
    """The message in a sense that the context names, where one English word has two translations.

    Args:
        context: Not shown; says to the translator which sense is meant.
        message: As for `_`.
    """
    catalogue = _chosen.catalogue
    return message if catalogue is None else catalogue.text(message, context)


def ngettext(one: str, many: str, count: int) -> str:
    """The template for one thing, or for any other number of them; `format` then puts the number in."""
    catalogue = _chosen.catalogue
    if catalogue is None:
        return one if count == 1 else many
    return catalogue.plural(one, many, count)


# ── the choice ────────────────────────────────────────────────────────────────────────────────


def language() -> str:
    """Code of the language, `en` or `zh_CN`."""
    return _chosen.code


def use(code: str) -> None:
    """Write in one of `languages()` from now on."""
    if code == _chosen.code:
        return
    catalogue = None
    if code != ENGLISH:
        from sim.language.catalogue import read_catalogue

        catalogue = read_catalogue(code)
    _chosen.code, _chosen.catalogue = code, catalogue


def language_name() -> str:
    """The language's own name for itself, as every catalogue holds it."""
    return pgettext("the name of this language in this language", "English")


def name_of(code: str) -> str:
    """The name that one of `languages()` has for itself: `简体中文`."""
    if code == _chosen.code:
        return language_name()
    if code == ENGLISH:
        return "English"
    from sim.language.catalogue import read_catalogue

    return read_catalogue(code).text("English", _OWN_NAME)


def languages() -> tuple[str, ...]:
    """Codes of the languages there are, English first."""
    from sim.language.catalogue import catalogue_names

    return (ENGLISH, *catalogue_names())


def asked_names() -> tuple[str, ...]:
    """What a person asks for each of `languages()` by: `zh`, where no other catalogue is of that language."""
    codes = languages()
    bare = [code.partition("_")[0] for code in codes]
    return tuple(name if bare.count(name) == 1 else code for name, code in zip(bare, codes, strict=True))


def language_named(text: str) -> str:
    """The language that a person asks for: `zh`, `zh_CN`, `zh-cn`, `zh_CN.UTF-8`.

    Raises:
        LanguageError: There is none of this name.
    """
    found = _matching(text)
    if found is None:
        from sim.sanitize import clean

        known = ", ".join(asked_names())
        shown = clean(text, limit=20)
        raise LanguageError(_("there is no language “{name}”; there are {known}").format(name=shown, known=known))
    return found


def language_of_system(environ: Mapping[str, str], *, platform: str) -> str:
    """The language of the system's messages; English where there is no catalogue for it.

    Args:
        environ: The environment: `LC_ALL`, else `LC_MESSAGES`, else `LANG`, as everywhere.
        platform: `sys.platform`; Windows sets none of these variables.
    """
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")
    if not named and platform == "win32":
        named = _language_of_windows()
    return _matching(named) or ENGLISH


def _language_of_windows() -> str:
    """The language of the person's Windows, as its locale is called elsewhere; empty where it cannot be asked."""
    import ctypes
    import locale

    windows = getattr(ctypes, "windll", None)
    return "" if windows is None else locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "")


def _matching(name: str) -> str | None:
    """The catalogue for a locale: of the very name, of the same writing, of the language, or of the first country."""
    wanted = name.partition(".")[0].partition("@")[0].replace("-", "_").strip().lower()
    bare = wanted.split("_", maxsplit=1)[0]
    if bare in {"", "c", "posix"}:
        return None
    if bare == ENGLISH:
        return ENGLISH
    by_name = {code.lower(): code for code in languages()}
    if code := by_name.get(wanted) or by_name.get(_SCRIPTS.get(wanted, bare).lower()):
        return code
    return next((code for low, code in by_name.items() if low.startswith(f"{wanted}_")), None)


# ── texts that are kept ───────────────────────────────────────────────────────────────────────


def text_cache(maxsize: int) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """`lru_cache` for a function whose result holds texts: what it keeps is that of the language of the call."""

    def decorate(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        def in_language(_code: str, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            return function(*args, **kwargs)

        kept: Callable[..., Result] = lru_cache(maxsize=maxsize)(in_language)

        @wraps(function)
        def call(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            return kept(_chosen.code, *args, **kwargs)

        return call

    return decorate
