"""Directions as a language writes them."""

from __future__ import annotations

from sim.language import pgettext


def compass_points() -> tuple[str, ...]:
    """The sixteen compass points from north over east."""
    return (
        pgettext("compass", "N"),
        pgettext("compass", "NNE"),
        pgettext("compass", "NE"),
        pgettext("compass", "ENE"),
        pgettext("compass", "E"),
        pgettext("compass", "ESE"),
        pgettext("compass", "SE"),
        pgettext("compass", "SSE"),
        pgettext("compass", "S"),
        pgettext("compass", "SSW"),
        pgettext("compass", "SW"),
        pgettext("compass", "WSW"),
        pgettext("compass", "W"),
        pgettext("compass", "WNW"),
        pgettext("compass", "NW"),
        pgettext("compass", "NNW"),
    )
