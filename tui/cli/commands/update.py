"""`tiangong update`: ask the services whose time has come, and say what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import SourceError
from sim.language import _
from tui.cli.arguments import Parser, add_common
from tui.cli.context import Query, say
from tui.config.settings import cache_dir

if TYPE_CHECKING:
    import argparse


def parser() -> Parser:
    made = Parser(
        "update",
        _(
            "Fetch new elements and news of the crew now. Each service is asked as often as its rules allow, not more; "
            "asking again earlier does nothing."
        ),
        ["tiangong update"],
    )
    add_common(made)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Fetch, print the report."""
    query = Query(arguments)
    if query.offline:
        raise SourceError(_("offline: nothing is fetched (see --offline, network.offline and TIANGONG_OFFLINE)"))
    from sim.orbit.element_history import embedded_history
    from sim.sources.refresh import refresh_now
    from sim.sources.registry import SourceSettings
    from sim.sources.responses import Outcome
    from sim.sources.storage.store import Store

    report = refresh_now(
        Store(cache_dir()),
        SourceSettings(
            use_operator_ephemeris=query.settings.operator_ephemeris,
            use_launch_library=query.settings.crew_news,
        ),
        query.now_unix_s,
        progress=lambda title, words: say(_("{title}: {words}").format(title=title, words=words)),
        known=embedded_history().elements(query.now_unix_s),
    )
    print("\n".join(report.lines()))
    asked = report.asked
    failed = all(result.state.failed for result in asked)
    if not asked:  # because the time has not come, or because nothing could be kept
        failed = any(result.outcome is Outcome.FAILED for result in report.results)
    return 1 if report.cancelled or failed else 0
