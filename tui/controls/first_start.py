"""The notice of the first start: that stories can be played. It is shown once and asks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sim.errors import SettingsError
from sim.language import N_, _
from tui.config.state_file import change_state, read_state
from tui.messages import Notice

if TYPE_CHECKING:
    from tui.session.host import Host

OFFER = N_("S tells the station's story")


def offer_stories(host: Host) -> None:
    """Show the notice unless it has been shown; not at all where that cannot be stored."""
    try:
        if read_state().welcomed:
            return
        change_state(lambda state: msgspec.structs.replace(state, welcomed=True))
    except SettingsError:
        return  # the list of bookmarks tells what is wrong with the file
    host.post_message(Notice(_(OFFER), timeout_s=8.0))
