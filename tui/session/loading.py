"""What every start needs from disk: the orbit, the chronicle, the place. Shared by the commands and the dashboard."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from sim.constants import CSS_COSPAR_ID, CSS_NORAD_ID
from sim.errors import ElementsError, OrbitError
from sim.language import _
from sim.sanitize import clean, folded
from sim.time import iso_z
from tui.config.settings import cache_dir, config_dir

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.chronicle import Chronicle
    from sim.clock import SimulationClock
    from sim.orbit.alternatives import Alternative
    from sim.orbit.element_history import ElementHistory
    from sim.orbit.oem import OemOrbit
    from sim.orbit.propagation import Orbit
    from sim.orbit.space_object import SpaceObject
    from sim.orbit.supplemental import ForecastOrbit
    from sim.places.place import Place
    from sim.sources.storage.store import Store
    from tui.config.options import DashboardOptions
    from tui.config.settings import Settings
    from tui.session.session import Session

FACTS_FOLDER = "facts"
"""Files of a person's own facts, beside the settings."""


MOST_ALTERNATIVES = 3
"""Each costs an SGP4 evaluation for every stated error."""


class LoadedOrbit(msgspec.Struct, frozen=True):
    """An orbit, what was refused on the way, one line each, and all objects of the files it was chosen from."""

    orbit: Orbit
    messages: tuple[str, ...]
    objects: tuple[SpaceObject, ...] = ()


def load_orbit(elements_paths: Sequence[Path] = (), wanted: str | None = None) -> LoadedOrbit:
    """The orbit of files used alone, else the embedded history with every set ever downloaded.

    Args:
        elements_paths: The files; several are one history.
        wanted: Name or number of one of their objects.

    Raises:
        ElementsError: A file cannot be used, or does not hold the wanted object.
    """
    if elements_paths:
        from sim.orbit.files.object_choice import orbit_from_files

        chosen = orbit_from_files(elements_paths, wanted)
        return LoadedOrbit(orbit=chosen.orbit, messages=chosen.messages, objects=chosen.objects)
    if wanted is not None:
        _require_station(wanted)
    from sim.orbit.element_history import embedded_history

    folder = cache_dir()
    if not folder.is_dir() or not any(folder.iterdir()):
        return LoadedOrbit(orbit=embedded_history(), messages=())
    from sim.sources.storage.store import Store

    store = Store(folder)
    downloaded = store.element_sets()
    history = embedded_history()
    if downloaded:
        history = history.extended(downloaded)
    disputed = _disputed_sets(history, store)
    loaded = _with_forecast(history, disputed, store)
    return LoadedOrbit(orbit=loaded.orbit, messages=(*store.messages, *loaded.messages))


def _require_station(wanted: str) -> None:
    """Refuse another object than the station, of which no elements are at hand."""
    if folded(wanted.strip()) not in {str(CSS_NORAD_ID), folded(CSS_COSPAR_ID), "tiangong", "css", "tianhe", "天宫"}:
        raise ElementsError(
            _("there are elements of the station alone, none of “{wanted}”: give a file with --elements").format(
                wanted=clean(wanted, limit=40)
            )
        )


def _disputed_sets(history: ElementHistory, store: Store) -> list[Alternative]:
    """The disputed sets later than the newest one in use whose time has come."""
    from sim.orbit.alternatives import Alternative
    from sim.orbit.propagation import Sgp4Orbit
    from sim.sources import disputes

    newest = history.elements(history.last_unix_s)
    alternatives = []
    for found in store.disputed_sets():
        reason = disputes.contradiction(found, newest)
        if reason is not None and history.last_unix_s < found.epoch_unix_s <= time.time():
            label = _("{source} set of {epoch}").format(source=found.source, epoch=iso_z(found.epoch_unix_s))
            alternatives.append(Alternative(label=label, reason=reason, orbit=Sgp4Orbit(found)))
    return alternatives[-MOST_ALTERNATIVES:]


def _with_forecast(history: ElementHistory, disputed: list[Alternative], store: Store) -> LoadedOrbit:
    """The history, with the operator's ephemeris or the sets fitted to it where they reach further.

    Which of the two is kept in the store is the person's choice; the ephemeris itself is the better one. A forecast
    that contradicts the newest set is not used, but widens the stated error.
    """
    from sim.orbit.alternatives import Alternative
    from sim.orbit.composite import CompositeOrbit
    from sim.sources.disputes import contradiction

    newest = history.elements(history.last_unix_s)
    messages = [
        _("disputed and not used: {label}: {reason}").format(label=one.label, reason=one.reason) for one in disputed
    ]
    try:
        forecast = _forecast(history, store)
        if forecast is not None:
            reason = contradiction(forecast.elements(forecast.nearest_unix_s(history.last_unix_s)), newest)
            if reason is None:
                composite = CompositeOrbit(history.disputed_by(disputed), forecast)
                return LoadedOrbit(orbit=composite, messages=tuple(messages))
            source = forecast.elements(forecast.nearest_unix_s(history.last_unix_s)).source
            label = _("forecast by {source}").format(source=source)
            disputed = [*disputed, Alternative(label=label, reason=reason, orbit=forecast)]
            messages.append(_("disputed and not used: {label}: {reason}").format(label=label, reason=reason))
    except (ElementsError, OrbitError) as error:
        messages.append(_("the operator's forecast cannot be used: {error}").format(error=error))
    return LoadedOrbit(orbit=history.disputed_by(disputed) if disputed else history, messages=tuple(messages))


def _forecast(history: ElementHistory, store: Store) -> OemOrbit | ForecastOrbit | None:
    """The operator's ephemeris, or the sets fitted to it, if it reaches beyond the history."""
    from sim.sources.registry import CELESTRAK_SUPPLEMENTAL, CMSA
    from sim.sources.storage.store import DOWNLOADS_NAME

    kinds = (CELESTRAK_SUPPLEMENTAL.key, CMSA.key)
    if not any((store.folder / DOWNLOADS_NAME / kind).is_dir() for kind in kinds):
        return None
    from sim.orbit.supplemental import ForecastOrbit
    from sim.sources import crew_news

    if (ephemeris := crew_news.operator_ephemeris(store)) is not None:
        from sim.orbit.files.oem_reader import parse_oem  # loads numpy, which sets can do without
        from sim.orbit.oem import OemOrbit

        oem = parse_oem(ephemeris.text.decode("utf-8", "replace"), source=CMSA.title)
        if oem.stop_unix_s > history.last_unix_s:
            return OemOrbit(oem)
    pieces = crew_news.supplemental_sets(store)
    if pieces and pieces[-1].epoch_unix_s > history.last_unix_s:
        return ForecastOrbit(pieces, history.last_unix_s)
    return None


def load_chronicle() -> tuple[Chronicle, tuple[str, ...]]:
    """The chronicle with the person's own facts, and one line for each that was left out."""
    folder = config_dir() / FACTS_FOLDER
    if folder.is_dir():
        from sim.chronicle.user_facts import merged_chronicle

        book, problems = merged_chronicle(folder)
        return book, tuple(problems)
    from sim.chronicle import embedded_chronicle

    if not folder.exists():
        return embedded_chronicle(), ()
    text = _("{path} is not a folder: your own facts are read from the .toml and .json files of a folder of this name")
    return embedded_chronicle(), (text.format(path=clean(str(folder), limit=200)),)


def load_place(asked: Place | None, settings: Settings) -> tuple[Place, str]:
    """The place asked for, the one of the settings, or that of the system's time zone; and why, if nobody chose."""
    if asked is not None:
        return asked, ""
    if settings.place is not None:
        if settings.place.timezone:
            return settings.place, ""
        from sim.places.point_zone import zone_at  # 0.2 s, which a place with its zone in the settings saves

        return settings.place.in_zone(zone_at(settings.place.latitude_deg, settings.place.longitude_deg).name), ""
    from sim.places.timezones import default_place

    default = default_place()
    return default.place, default.reason


def make_session(options: DashboardOptions, clock: SimulationClock | None = None) -> tuple[Session, tuple[str, ...]]:
    """Load what the options ask for.

    Returns:
        The session, and messages to the person, one line each.

    Raises:
        TiangongError: Something cannot be loaded.
    """
    from sim.clock import SimulationClock
    from tui.session.session import Session

    clock = clock or SimulationClock()
    if options.at_unix_s is not None:
        clock.seek(options.at_unix_s)
    if options.rate != 1.0:
        clock.set_rate(options.rate)
    if options.paused:
        clock.pause()
    loaded = load_orbit(options.elements_paths, options.object_name)
    chronicle, facts_messages = load_chronicle()
    place, reason = load_place(options.place, options.settings)
    least_deg = options.settings.min_elevation_deg
    session = Session(clock, loaded.orbit, chronicle, place, least_elevation_deg=least_deg)
    session.zone = options.zone or options.settings.zone
    session.stand_at(place)
    if reason:
        from sim.places.timezones import system_timezone

        session.default_zone = system_timezone().name
    session.use_horizon(options.horizon)
    session.objects = loaded.objects
    session.utc = options.settings.utc and options.zone is None
    session.standard_magnitude = options.standard_magnitude
    return session, (*loaded.messages, *facts_messages, *_place_words(reason, options), *options.messages)


def _place_words(reason: str, options: DashboardOptions) -> list[str]:
    """Which place was taken, where nobody chose one, and how to choose."""
    if not reason:
        return []
    if options.plain:
        return [_("{place} (place NAME chooses another)").format(place=reason)]
    return [_("{place} ({key} chooses another)").format(place=reason, key=options.settings.keys.get("place", "o"))]
