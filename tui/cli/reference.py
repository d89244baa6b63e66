"""The help as the command line shows it: with the person's own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.config.settings import FILE_NAME, config_dir
from tui.reference.topics import Topic, read_topic

if TYPE_CHECKING:
    from collections.abc import Mapping


def own_keys() -> Mapping[str, str]:
    """Keys of the settings as they are written for people, by the ids of the actions."""
    path = config_dir() / FILE_NAME
    if not path.is_file():
        return {}
    from textual.keys import format_key

    from tui.config.keymap import checked
    from tui.config.settings_store import read_settings

    keys = checked(read_settings(path).settings.keys).keys
    return {name: " ".join(map(format_key, text.split(","))) for name, text in keys.items()}


def topic_in_force(name: str) -> Topic:
    """A topic with the keys that are in force."""
    return read_topic(name, own_keys=own_keys())
