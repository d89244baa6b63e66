"""`tiangong burns`: when the engines raised or lowered the orbit, found in the element sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _
from tui.cli.arguments import Parser, add_common, add_format
from tui.cli.context import Query, answer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sim.orbit.closure.burns import Burn
    from tui.cli.output.json_export import Shape


def parser() -> Parser:
    """Its arguments."""
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


def run(arguments: argparse.Namespace) -> int:
    """Print those up to the instant."""
    query = Query(arguments)
    burns = query.altitude.at(query.at_unix_s).burns
    if arguments.format == "csv":
        from tui.cli.output.json_export import csv_text
        from tui.cli.output.list_rows import BURN_COLUMNS, burn_row

        print(csv_text(BURN_COLUMNS, map(burn_row, burns)), end="")
        return 0
    return answer(arguments.format, lambda: _lines(query, burns), lambda: _shape(query, burns))


def _lines(query: Query, burns: Sequence[Burn]) -> list[str]:
    from tui.cli.output.altitude_report import burn_lines

    return burn_lines(burns, query.clock_zone)


def _shape(query: Query, burns: Sequence[Burn]) -> Shape:
    from tui.cli.output.json_export import burn_shape, dated

    return dated(query.object, query.at_unix_s, burns=[burn_shape(burn) for burn in burns])
