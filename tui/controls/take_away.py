"""Copies the line or the panel under the cursor as text, and saves the screen as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim import atomic_files
from sim.language import _, ngettext
from sim.time import to_datetime
from tui.config.settings import state_dir
from tui.messages import Notice
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.controls.host import AppHost
    from tui.session.session import Session

COPY_NAME = "copied.txt"
"""In the folder of the state: for terminals that do not take text into the clipboard."""


class TakeAway:
    """Copies and saves what is on the screen.

    Args:
        host: Has the screen, and the terminal's clipboard.
        session: Whose instant stands in the name of a picture.
    """

    def __init__(self, host: AppHost, session: Session) -> None:
        self._host = host
        self._session = session

    def copy(self, whole: bool) -> None:
        """Copy the line under the cursor, or the whole focused panel.

        Args:
            whole: All of it, also where there is a cursor.
        """
        panel = self._host.focused
        if not isinstance(panel, Panel):
            self._host.post_message(Notice(_("Tab goes to a panel, y then copies it"), title=_("copy"), timeout_s=3.0))
            return
        text = panel.text.rstrip() if whole else panel.cursor_text or panel.text.rstrip()
        self._host.copy_to_clipboard(text)  # by OSC 52; no terminal says whether it took it
        count = text.count("\n") + 1
        said = ngettext("copied {count} line", "copied {count} lines", count).format(count=count)
        kept = self._kept(text)
        words = _("{copied}; {kept}").format(copied=said, kept=kept) if kept else said
        self._host.post_message(Notice(words, title=_("copy"), timeout_s=4.0))

    def _kept(self, text: str) -> str:
        """Write the text to a file as well; returns a phrase with its path."""
        if self._host.is_web:
            return ""
        path = state_dir() / COPY_NAME
        try:
            atomic_files.write_whole(path, f"{text}\n".encode())
        except OSError as problem:
            return _("{path} could not be written: {reason}").format(path=path, reason=problem.strerror)
        return _("if your terminal has no clipboard: {path}").format(path=path)

    def save_picture(self, save: Callable[[str, str], str]) -> None:
        """Save the screen in the pictures folder and say where; not in a browser: the folder is the owner's.

        Args:
            save: Writes the file of a name into a folder and returns its path.
        """
        instant = to_datetime(self._session.clock.now())
        name = f"tiangong-{self._host.current_mode}-{instant:%Y%m%dT%H%M%SZ}.svg"
        if self._host.is_web:
            notice = Notice(_("pictures cannot be saved from a browser"), severity="warning")
        else:
            try:
                notice = Notice(save(name, _picture_folder()), title=_("picture saved"), timeout_s=4.0)
            except OSError as problem:
                text = _("the picture could not be saved: {reason}").format(reason=problem.strerror)
                notice = Notice(text, severity="error")
        self._host.post_message(notice)


def _picture_folder() -> str:
    """The user's folder of pictures; the current folder where there is none."""
    from platformdirs import user_pictures_path

    folder: Path = user_pictures_path()
    return str(folder) if folder.is_dir() else "."
