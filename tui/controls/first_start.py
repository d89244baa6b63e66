"""What is said at the first start, once: that the station's story can be told. Nothing is asked."""

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
    """Say it unless it has been said; where that cannot be remembered, it is not said."""
    try:
        if read_state().welcomed:
            return
        change_state(lambda state: msgspec.structs.replace(state, welcomed=True))
    except SettingsError:
        return  # the list of bookmarks tells what is wrong with the file
    host.post_message(Notice(_(OFFER), timeout_s=8.0))
