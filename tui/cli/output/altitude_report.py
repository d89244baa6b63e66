"""Reports of the altitude, its decay and the burns in plain text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.language import N_, _
from sim.language.lists import comma_list
from sim.places.timezones import zone_title
from sim.time import iso_z
from tui.cli.output.text_report import table
from tui.wording import burns as burn_text
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from sim.orbit.altitude import AltitudeReport
    from sim.orbit.closure.burns import Burn
    from sim.orbit.propagation import Provenance

_CONFIDENCES = (N_("single"), N_("campaign"), N_("possible"))
"""What `Burn.confidence` may be, for the catalogue; translated where it is shown."""


def altitude_lines(report: AltitudeReport, provenance: Provenance, latest: int = 10) -> list[str]:
    """Altitude, decay, and the latest burns."""
    number = partial(quantities.altitude_number, provenance=provenance)
    mean = _("Mean altitude at {instant}: {mean} km, {error}, perigee {perigee}, apogee {apogee}").format(
        instant=iso_z(report.unix_s),
        mean=number(report.mean_altitude_km, decimals=2),
        error=quantities.altitude_error(provenance),
        perigee=number(report.perigee_km),
        apogee=number(report.apogee_km),
    )
    method = _(
        "This is Brouwer's mean semi-major axis less 6378.137 km; by Kozai's mean motion, as many catalogues print it, "
        "{kozai} km"
    ).format(kozai=number(report.kozai_altitude_km, decimals=2))
    lines = [mean, method]
    if report.floor_km is not None:
        band = _("Band {floor:.0f} to {ceiling:.0f} km")
        lines.append(band.format(floor=report.floor_km, ceiling=report.ceiling_km))
    lines += _decay_lines(report)
    windows = [burn_text.date(burn) for burn in report.undated if burn.confidence != "possible"]
    if windows:
        text = _("The engines ran in {windows}; whether before or after this instant is not known")
        lines += ["", text.format(windows=comma_list(windows))]
    if report.burns:
        shown = report.burns[-latest:]
        text = _("The last {shown} of {counts} found in the element sets:")
        lines += ["", text.format(shown=len(shown), counts=burn_text.counts(report.burns))]
        lines += _burn_table(shown)
    return lines


def _decay_lines(report: AltitudeReport) -> list[str]:
    """How fast it sinks, and how long that may go on, as far as either is known."""
    lines = []
    if report.decay is None:
        lines.append(_("Change {reason}").format(reason=quantities.unknown_decay(report)))
    else:
        off = report.decay.uncertainty_km_day
        change = (
            _("Change {change:+.3f} km a day, its error is not known")
            if off is None
            else _("Change {change:+.3f} ± {error:.3f} km a day")
        )
        lines.append(change.format(change=report.decay.km_day, error=off))
    if report.to_floor:
        text = _(
            "Without a raise about {days:.0f} days to the floor (90 %: {low:.0f} to {high:.0f}, as the activity of the "
            "Sun may change the air)"
        )
        bound = report.to_floor
        lines.append(text.format(days=bound.days, low=bound.low_days, high=bound.high_days))
    return lines


def burn_lines(burns: Sequence[Burn], zone: ZoneInfo | None = None) -> list[str]:
    """All burns as a table, by the clocks of a zone (None is UTC)."""
    if not burns:
        return [_("no burn found in the element sets")]
    text = _("{counts} found in the element sets, times in {zone}")
    words = text.format(counts=burn_text.counts(burns), zone=zone_title(zone.key) if zone else "UTC")
    return [words, "", *_burn_table(burns, zone)]


def _burn_table(burns: Sequence[Burn], zone: ZoneInfo | None = None) -> list[str]:
    header = (
        _("date"), _("set before"), _("set after"), _("kind"), _("size"), "", _("at least"), "de", _("e after"),
        _("confidence"),
    )  # fmt: skip
    rows = [
        (
            burn_text.date(burn, zone), quantities.instant(burn.after_unix_s, zone, "minutes"),
            quantities.instant(burn.before_unix_s, zone, "minutes"), _(burn.kind),
            burn_text.size(burn), f"±{burn.uncertainty_km:.2f}", f"{burn.delta_v_m_s:.1f} m/s",
            f"{burn.eccentricity_change:.5f}", f"{burn.eccentricity_after:.5f}", _(burn.confidence),
        )
        for burn in burns
    ]  # fmt: skip
    return table(header, rows, right=(4, 5, 6, 7, 8))
