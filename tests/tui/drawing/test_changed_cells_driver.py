"""The driver that writes through the filter of changed cells."""

from __future__ import annotations

from textual.drivers.headless_driver import HeadlessDriver

from tests.support.dashboard import make_app
from tui.drawing.changed_cells import ChangedCells, changed_cells_driver

NOTIFICATION = "\x1b]9;Tiangong rises\x1b\\"


class Recorder(HeadlessDriver):
    """Keeps what is written."""

    written = ""

    def write(self, data: str) -> None:
        self.written += data


async def test_changed_cells_driver_writes_a_sequence_past_the_filter() -> None:
    changed = ChangedCells()
    changed.write_sequence(NOTIFICATION)  # no terminal yet: nothing happens
    driver = changed_cells_driver(Recorder, changed)(make_app())
    assert isinstance(driver, Recorder)
    changed.write_sequence(NOTIFICATION)
    assert driver.written == NOTIFICATION
