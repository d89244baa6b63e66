"""Reference pictures of the views, made by the program itself; the README shows them.

Renew them with `pytest tests/snapshots/test_pictures.py --snapshot-update`, look at them, then commit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.dashboard import make_app
from tests.support.operating import operating
from tests.support.snapshots import SvgSnapshot
from tui.config.actions import VIEWS

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


PICTURES = [
    ("station", "2024-12-17T13:40:00Z", (160, 45), ()),
    ("station-small", "2026-10-08T00:40:00Z", (80, 24), ()),
    ("map-near", "2026-10-08T00:42:00Z", (120, 36), ("plus",) * 4 + ("up",) * 5 + ("left",) * 3),
    ("window", "2026-10-01T12:26:00Z", (120, 36), ("W",)),
    ("globe", "2026-09-03T13:58:30Z", (120, 36), ("m",) * 4),
    ("model", "2024-10-30T02:51:30Z", (120, 36), ("3", "f")),
    ("crew", "2026-10-04T12:00:00Z", (120, 36), ("2",)),
    ("missions", "2024-12-17T13:40:00Z", (120, 36), ("3",)),
    ("spacewalks", "2024-12-17T13:40:00Z", (120, 36), ("4",)),
    ("passes", "2026-10-08T12:00:00Z", (120, 36), ("5",)),
    ("story", "2026-10-08T12:00:00Z", (120, 30), ("S", *("down",) * 3, "enter", *("space",) * 4)),
    ("theatre", "2026-09-03T13:45:00Z", (160, 45), ("w", "v", "v")),
    ("orbit", "2026-10-08T12:00:00Z", (160, 45), ("6",)),
    ("partners", "2026-10-04T12:00:00Z", (120, 36), ("7",)),
]


@pytest.mark.parametrize(("name", "at", "size", "keys"), PICTURES, ids=[picture[0] for picture in PICTURES])
async def test_view_looks_like_its_picture(
    name: str, at: str, size: tuple[int, int], keys: tuple[str, ...], snapshot: SnapshotAssertion
) -> None:
    app = make_app(at)
    async with operating(app, size=size) as pilot:
        for key in keys:
            await pilot.press(key)
        if name == "theatre":
            app.session.clock.pause()
            watched = app.session.watched
            assert watched is not None
            app.session.clock.seek(watched.rise.unix_s + 0.56 * watched.duration_s)  # over the dusk in the west
        app.draw()
        app.clear_notifications()
        await pilot.pause()
        svg = app.export_screenshot(title="Tiangong")
    # The prefix of the style names is a checksum over everything, the title included: not part of the picture.
    assert re.sub(r"terminal-\d+", "terminal", svg) == snapshot(extension_class=SvgSnapshot, name=name)


def test_pictures_cover_every_view() -> None:
    assert set(VIEWS) <= {picture[0] for picture in PICTURES}
