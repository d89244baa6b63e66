"""Helpers of the tests of whole refreshes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.constants import CSS_NORAD_ID
from sim.orbit.elements import of_object
from sim.sources.refresh import refresh_now
from sim.sources.refresh_report import RefreshReport, SourceResult
from sim.sources.registry import CELESTRAK_GP
from sim.sources.storage.store import Store
from tests.support.loopback_server import NOW, Service, stations

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet
    from sim.sources.registry import Source

NEW = of_object(stations(), CSS_NORAD_ID)[-1]
OLD = of_object(stations("2026-05-30"), CSS_NORAD_ID)[-1]
GP_ONLY: dict[str, Any] = {"use_supplemental": False, "use_launch_library": False, "use_fallbacks": False}


def of(report: RefreshReport, source: Source) -> SourceResult:
    return next(result for result in report.results if result.source is source)


def gp(service: Service, store: Store, now: float = NOW, known: ElementSet | None = None) -> SourceResult:
    """Refresh CelesTrak alone."""
    return of(refresh_now(store, service.settings(**GP_ONLY), now, known=known), CELESTRAK_GP)
