"""What the program puts into its texts: keys as they are in force, and tables made from what it runs by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from sim.constants import HOUR_S
from sim.language import _, pgettext
from tui.config.actions import ACTIONS, groups
from tui.config.settings import Settings, file_key
from tui.reference.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PLACEHOLDER = re.compile(r"\{(key|table) ([\w.-]+)\}")


def filled(text: str, own_keys: Mapping[str, str]) -> str:
    """A text with its placeholders replaced.

    Args:
        text: Markdown.
        own_keys: The person's own keys as they are written, by the ids of the actions.

    Raises:
        KeyError: There is no such action or table.
    """

    def put(match: re.Match[str]) -> str:
        kind, name = match.groups()
        return TABLES[name](own_keys) if kind == "table" else code(keys_of(name, own_keys))

    return _PLACEHOLDER.sub(put, text)


def keys_of(name: str, own_keys: Mapping[str, str]) -> str:
    """The keys of an action as they are written for people."""
    return own_keys[name] if name in own_keys else next(a.shown for a in ACTIONS if a.id == name)


def _keys(own_keys: Mapping[str, str]) -> str:
    """Every key of every view by group, then those of single screens."""
    from tui.config.screen_keys import SCREENS

    parts = [
        (_(group), [(code(own_keys.get(action.id, action.shown)), _(action.title)) for action in actions])
        for group, actions in groups().items()
    ]
    parts += [(_(heading), [(code(key.shown), _(key.title)) for key in keys]) for heading, keys in SCREENS.items()]
    columns = (_("key"), _("what it does"))
    return "\n\n".join(f"## {heading}\n\n{table(columns, rows)}" for heading, rows in parts)


def _words(own_keys: Mapping[str, str]) -> str:
    from tui.config.words import WORDS

    return table((_("word"), _("what it means")), [(f"**{_(word)}**", _(meaning)) for word, meaning in WORDS])


def _hosts(own_keys: Mapping[str, str]) -> str:
    """Every address that is ever asked."""
    from sim.sources.registry import SOURCES

    rows = [
        (source.host, _("{hours:.0f} h").format(hours=source.interval_s / HOUR_S), _(source.purpose))
        for source in SOURCES
    ]
    return table((_("host"), _("at most every"), _("why")), rows)


def _answers(own_keys: Mapping[str, str]) -> str:
    """The formats of the answers."""
    from tui.reference.schemas import FORMATS, read_schema, title_of

    return table((_("format"), _("what it holds")), [(f"`{name}`", title_of(read_schema(name))) for name in FORMATS])


def _stories(own_keys: Mapping[str, str]) -> str:
    from sim.stories.library import covers

    rows = [
        (f"`{cover.name}`", _("{title}: {text}").format(title=_(cover.title), text=_(cover.summary)))
        for cover in covers()
    ]
    return table((pgettext("of a story", "name"), _("story")), rows)


def _actions(own_keys: Mapping[str, str]) -> str:
    """Names of the actions, for key maps."""
    return table(
        (_("action"), _("key"), _("what it does")),
        [(f"`{a.id}`", code(own_keys.get(a.id, a.shown)), _(a.title)) for a in ACTIONS],
    )


def _settings(own_keys: Mapping[str, str]) -> str:
    """Every setting, with what it may be and what it is until somebody sets it."""
    from tui.config.settings_store import description_of

    rows = []
    for field in msgspec.structs.fields(Settings):
        default = "" if field.default is msgspec.NODEFAULT else _toml(field.default)
        rows.append((f"`{file_key(field.name)}`", description_of(field.type), default))
    return table((_("setting"), _("value"), _("default")), rows)


def _toml(value: object) -> str:
    """A value as the settings file has it; empty for what is not set."""
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{part}`" for part in value)
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def _layers(own_keys: Mapping[str, str]) -> str:
    from tui.config.map_layers import MAP_LAYERS

    return table((_("layer"), _("what it shows")), [(f"`{layer.name}`", _(layer.title)) for layer in MAP_LAYERS])


TABLES: dict[str, Callable[[Mapping[str, str]], str]] = {
    "keys": _keys,
    "words": _words,
    "hosts": _hosts,
    "answers": _answers,
    "stories": _stories,
    "actions": _actions,
    "layers": _layers,
    "settings": _settings,
}
"""What makes each table, from the person's own keys."""
