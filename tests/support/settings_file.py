"""A settings file as a user may have written it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.config.settings import Settings
from tui.config.settings_store import save_changes

if TYPE_CHECKING:
    from pathlib import Path


def write_settings(settings: Settings, path: Path | None = None) -> None:
    """Write every setting that differs from its default."""
    save_changes(Settings(), settings, path)
