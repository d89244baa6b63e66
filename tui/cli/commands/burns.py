"""`tiangong burns`: when the engines raised or lowered the orbit, found in the element sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.cli.arguments import Parser, add_common, add_format
from tui.cli.context import Query

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    made = Parser(
        "burns",
        _(
            "When the engines changed the orbit: what drag does not explain between two element sets. The number of "
            "revolutions in between dates a burn; where it cannot, the window between the sets is all that is known. A "
            "date holds if it was one burn: between sets ten days and more apart one in six was several. The size of a "
            "campaign is the sum of its burns."
        ),
        ["tiangong burns", "tiangong burns --at 2024-11-20", "tiangong burns --format csv > burns.csv"],
    )
    add_format(made, "text", "json", "csv")
    add_common(made, at=_("the list ends there"))
    return made


def run(arguments: argparse.Namespace) -> None:
    """Print those up to the instant."""
    query = Query(arguments)
    burns = query.altitude.at(query.at_unix_s).burns
    if arguments.format == "text":
        from tui.cli.output.altitude_report import burn_lines

        print("\n".join(burn_lines(burns, query.clock_zone)))
        return
    from tui.cli.output.json_export import dated, print_data
    from tui.cli.output.list_rows import BURN_COLUMNS
    from tui.cli.output.orbit_shapes import burn_shape

    shapes = [burn_shape(burn) for burn in burns]
    print_data(arguments.format, BURN_COLUMNS, shapes, dated(query.object, query.at_unix_s, burns=shapes))
