"""Which mean elements stand for an instant or a span: those of the very instant, or the sets as they were published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import ElementsError
from sim.language import _
from sim.orbit.composite import CompositeOrbit
from sim.orbit.element_history import ElementHistory
from sim.orbit.export.tle_lines import printable_epoch
from sim.orbit.propagation import Sgp4Orbit

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import Orbit


def of_instant(orbit: Orbit, unix_s: float) -> ElementSet:
    """Mean elements of an instant: between two sets those of the closed history, through an ephemeris fitted ones.

    SGP4 makes of them the very state that the history gives there. Beyond the newest set they are that set. Their epoch
    is one that every form can print, half a millisecond away at most.
    """
    return orbit.elements(printable_epoch(unix_s))


def published_set(orbit: Orbit, unix_s: float) -> ElementSet:
    """The set that carries an instant: the one published with the nearest epoch.

    Raises:
        ElementsError: The orbit is an ephemeris.
    """
    history = _history(orbit)
    if isinstance(history, Sgp4Orbit):
        return history.element_set
    epochs = history.epochs_unix_s
    nearest = min(range(len(epochs)), key=lambda index: abs(epochs[index] - unix_s))
    return history.orbit(nearest).element_set


def published_sets(orbit: Orbit, start_unix_s: float, end_unix_s: float) -> list[ElementSet]:
    """The sets published with epochs in a span, both ends included.

    Raises:
        ElementsError: The orbit is an ephemeris, or there is no set in the span.
    """
    history = _history(orbit)
    if isinstance(history, Sgp4Orbit):
        found = [history.element_set] if start_unix_s <= history.element_set.epoch_unix_s <= end_unix_s else []
    else:
        chosen = [n for n, epoch in enumerate(history.epochs_unix_s) if start_unix_s <= epoch <= end_unix_s]
        found = [history.orbit(n).element_set for n in chosen]
    if not found:
        raise ElementsError(_("no element set has its epoch in this span: take a longer one, or leave --start away"))
    return found


def _history(orbit: Orbit) -> ElementHistory | Sgp4Orbit:
    if isinstance(orbit, CompositeOrbit):
        return orbit.history
    if isinstance(orbit, (ElementHistory, Sgp4Orbit)):
        return orbit
    raise ElementsError(_("an ephemeris holds no published sets: leave --published away"))
