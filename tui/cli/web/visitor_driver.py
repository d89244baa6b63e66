"""Textual's driver for browsers, with bounds for what comes from a stranger."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp

from tui.cli.web.visit import bounded_cells


class VisitorDriver(WebDriver):
    """Refuses sizes that would take all memory, and ends the program when the server is gone."""

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Handle a message of the server; a resize is kept within bounds, one that is not a size is ignored."""
        if packet_type == "resize":
            columns, rows = payload.get("width"), payload.get("height")
            if not (isinstance(columns, int) and isinstance(rows, int)):
                return
            bounded_columns, bounded_rows = bounded_cells(columns, rows)
            payload = payload | {"width": bounded_columns, "height": bounded_rows}
        super().on_meta(packet_type, payload)

    def run_input_thread(self) -> None:
        """Read until the input ends, which it also does when the server was killed; then leave the program."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self.process_message(ExitApp())
