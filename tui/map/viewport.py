"""Moving a flat map: zoom at a place, pan, follow the station."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.map.scene import ZOOMS, MapOptions

if TYPE_CHECKING:
    from tui.map.projection import Place

PAN_SHARE = 0.125
"""An arrow key moves the map by this share of what it shows."""

LOOK_ZOOM = 4.0
"""To look at a place, the map is at least as large as this."""


def next_zoom(zoom: float, step: int) -> float:
    """The next larger (step 1) or smaller (-1) zoom, or all of the Earth (0)."""
    if step == 0:
        return ZOOMS[0]
    if step > 0:
        return next((z for z in ZOOMS if z > zoom + 1e-9), ZOOMS[-1])
    return next((z for z in reversed(ZOOMS) if z < zoom - 1e-9), ZOOMS[0])


def begun(options: MapOptions) -> MapOptions:
    """The options of the whole Earth one step nearer: at the station, which it then follows."""
    return replace(options, zoom=next_zoom(options.zoom, 1), centre_longitude_deg=None)


def zoomed(options: MapOptions, step: int, at: tuple[Place, Place] | None = None) -> MapOptions:
    """The options of the map one step nearer or further away.

    Args:
        options: Those of now.
        step: 1 nearer, -1 further, 0 all of the Earth.
        at: The middle of what the map shows now, and the place that stays where it is in the picture; without, the
            place that the map is centred on does.
    """
    zoom = next_zoom(options.zoom, step)
    if zoom == options.zoom:
        return options
    if options.centre_longitude_deg is None:  # the station stays in the middle
        return replace(options, zoom=zoom)
    if at is None:  # also where an edge of the Earth keeps it from the middle of the picture
        return centred(replace(options, zoom=zoom), (options.centre_latitude_deg, options.centre_longitude_deg))
    middle, (north, east) = at
    share = options.zoom / zoom
    latitude_deg = north + (middle[0] - north) * share
    longitude_deg = east + ((middle[1] - east + 180.0) % 360.0 - 180.0) * share
    return centred(replace(options, zoom=zoom), (latitude_deg, longitude_deg))


def panned(options: MapOptions, middle: Place, east_deg: float, north_deg: float) -> MapOptions:
    """The options of the map moved by so many degrees; it does not follow the station any more."""
    return centred(options, (middle[0] + north_deg, middle[1] + east_deg))


def looking_at(options: MapOptions, place: Place) -> MapOptions:
    """The options of the map with a place in the middle, large enough to see its surroundings."""
    return centred(replace(options, zoom=max(options.zoom, LOOK_ZOOM)), place)


def centred(options: MapOptions, place: Place) -> MapOptions:
    """The options of the map with a place in the middle."""
    latitude_deg = 0.0 if options.zoom == 1.0 else max(-90.0, min(90.0, place[0]))
    longitude_deg = (place[1] + 180.0) % 360.0 - 180.0
    return replace(options, centre_longitude_deg=longitude_deg, centre_latitude_deg=latitude_deg)
