"""Elements and states written for other programs, read back by this one and by others."""

from __future__ import annotations

import io
import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from astropy import units
from astropy.coordinates import GCRS, ITRS, CartesianRepresentation
from astropy.time import Time
from msgspec.structs import replace
from sgp4 import omm
from sgp4.api import Satrec
from sgp4.exporter import export_tle

from seeds.makers import beside
from seeds.makers.uncertainty import published_sets
from sim.astro.frames import teme_position_to_itrs
from sim.astro.precession import gcrf_to_teme
from sim.constants import DAY_S
from sim.errors import ElementsError, OrbitError
from sim.orbit.element_history import embedded_history
from sim.orbit.export import FRAMES, mean_sets, omm_text
from sim.orbit.export.covariance import covariance_rtn, sigma_rtn_km
from sim.orbit.export.ephemeris import sampled_ephemeris
from sim.orbit.export.oem_text import oem_kvn, oem_message, oem_xml
from sim.orbit.export.omm_text import OmmPart
from sim.orbit.export.tle_lines import EPOCH_STEP_S, printable_epoch, tle_lines
from sim.orbit.files.element_files import read_elements
from sim.orbit.files.oem_reader import parse_oem
from sim.orbit.oem import OemOrbit
from sim.orbit.propagation import Sgp4Orbit
from sim.orbit.space_object import STATION
from sim.orbit.tle import parse_tle
from sim.orbit.uncertainty import expected_error
from sim.seed_data import seed_json
from sim.time import julian_pair, parse_instant
from tests.support.orbits import LINES, example_orbit

if TYPE_CHECKING:
    from pathlib import Path

    from sim.orbit.elements import ElementSet
    from sim.orbit.propagation import States
    from sim.orbit.uncertainty import ExpectedError
    from sim.types import Floats

HISTORY = embedded_history()
AT = parse_instant("2026-09-01T06:07:08.9Z")
INSTANTS = np.random.default_rng(5).uniform(HISTORY.first_unix_s, HISTORY.last_unix_s, 60).tolist()

TLE_DIGITS = {
    "epoch_unix_s": EPOCH_STEP_S, "mean_motion_rev_day": 1e-8, "eccentricity": 1e-7, "inclination_deg": 1e-4,
    "raan_deg": 1e-4, "argument_of_perigee_deg": 1e-4, "mean_anomaly_deg": 1e-4, "mean_motion_dot": 1e-8,
}  # fmt: skip
OMM_DIGITS = {
    "epoch_unix_s": 1e-6, "mean_motion_rev_day": 1e-10, "eccentricity": 1e-10, "inclination_deg": 1e-8,
    "raan_deg": 1e-8, "argument_of_perigee_deg": 1e-8, "mean_anomaly_deg": 1e-8, "mean_motion_dot": 1e-10,
}  # fmt: skip


def error_at(unix_s: float) -> ExpectedError:
    return expected_error(HISTORY, unix_s)


def assert_same(found: ElementSet, wanted: ElementSet, digits: dict[str, float]) -> None:
    for name, last_digit in digits.items():
        difference = getattr(found, name) - getattr(wanted, name)
        if name in {"raan_deg", "argument_of_perigee_deg", "mean_anomaly_deg"}:
            difference = (difference + 180.0) % 360.0 - 180.0
        assert abs(difference) <= 0.5001 * last_digit + 3e-7 * (name == "epoch_unix_s"), name
    assert found.bstar == pytest.approx(wanted.bstar, rel=5.1e-5, abs=1e-10)
    assert (found.norad_id, found.international_designator) == (48274, "2021-035A")


def test_tle_lines_of_every_published_set_read_back_as_it_was() -> None:
    for known in published_sets():
        found = parse_tle(*tle_lines(known))
        assert replace(found, revolution=0) == replace(known, revolution=0)
        assert found.revolution == known.revolution % 100_000


def test_tle_lines_equal_those_of_the_library_sgp4() -> None:
    for line1, line2 in LINES.values():
        ours = tle_lines(parse_tle(line1, line2))
        theirs = export_tle(Satrec.twoline2rv(line1, line2))
        for own, other in zip(ours, theirs, strict=True):
            assert (own[:44], own[53:62]) == (other[:44], other[53:62])


@pytest.mark.parametrize("unix_s", [AT, *INSTANTS[:20]])
def test_tle_of_an_instant_is_the_shown_state_within_its_digits(unix_s: float) -> None:
    """Half of the last digits of five angles and the eccentricity, and of the epoch, are 6 m each."""
    elements = mean_sets.of_instant(HISTORY, unix_s)
    found = parse_tle(*tle_lines(elements))
    assert_same(found, elements, TLE_DIGITS)
    epoch_unix_s = printable_epoch(unix_s)
    shown, read = HISTORY.state(epoch_unix_s), Sgp4Orbit(found).state(epoch_unix_s)
    assert math.dist(shown.position_teme_km, read.position_teme_km) < 0.025


@pytest.mark.parametrize("form", ["json", "kvn", "xml"])
def test_omm_of_instants_reads_back_as_the_shown_states_within_a_centimetre(form: str) -> None:
    sets = [mean_sets.of_instant(HISTORY, unix_s) for unix_s in INSTANTS[:5]]
    parts = [OmmPart(one, ("made <for> a test & more",), {"STALE": False}) for one in sets]
    text = {
        "json": json.dumps(omm_text.omm_records(parts)),
        "kvn": omm_text.omm_kvn(parts, AT),
        "xml": omm_text.omm_xml(parts, AT),
    }[form]
    found = read_elements(text.encode(), name=f"sets.{form}").sets
    for one, wanted in zip(found, sets, strict=True):
        assert_same(one, wanted, OMM_DIGITS)
        shown, read = HISTORY.state(wanted.epoch_unix_s), Sgp4Orbit(one).state(wanted.epoch_unix_s)
        assert math.dist(shown.position_teme_km, read.position_teme_km) < 1e-5


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"norad_id": 799_501_234}, "number 799501234 does not fit into a TLE"),
        ({"mean_motion_dot": -1.5}, "derivative -1.5 does not fit"),
        ({"epoch_unix_s": parse_instant("2059-01-01")}, "2059 does not fit into a TLE"),
    ],
)
def test_tle_lines_of_what_has_no_columns_is_refused(changes: dict[str, float], complaint: str) -> None:
    known = replace(example_orbit("ISS").element_set, **changes)
    with pytest.raises(ElementsError, match=complaint):
        tle_lines(known)


def test_tle_lines_round_up_without_leaving_their_columns() -> None:
    known = replace(
        example_orbit("ISS").element_set,
        norad_id=339_999, raan_deg=359.99997, mean_anomaly_deg=-0.00001, bstar=-9.99999e-4, mean_motion_ddot=3e-12,
        epoch_unix_s=parse_instant("2026-12-31T23:59:59.9999Z"), revolution=123_456,
    )  # fmt: skip
    line1, line2 = tle_lines(known)
    assert (len(line1), len(line2)) == (69, 69)
    found = parse_tle(line1, line2)
    assert (found.norad_id, found.raan_deg, found.mean_anomaly_deg, found.bstar) == (339_999, 0.0, 0.0, -1e-3)
    assert abs(found.epoch_unix_s - known.epoch_unix_s) <= EPOCH_STEP_S
    assert (found.revolution, found.mean_motion_ddot) == (23456, 0.0)


def test_published_sets_of_a_span_are_those_with_their_epochs_in_it() -> None:
    first, last = parse_instant("2026-08-01"), parse_instant("2026-09-01")
    epochs = [one.epoch_unix_s for one in mean_sets.published_sets(HISTORY, first, last)]
    assert epochs == [epoch for epoch in HISTORY.epochs_unix_s if first <= epoch <= last]
    assert len(epochs) > 3
    nearest = mean_sets.published_set(HISTORY, AT).epoch_unix_s
    assert abs(nearest - AT) == min(abs(epoch - AT) for epoch in HISTORY.epochs_unix_s)
    with pytest.raises(ElementsError, match="no element set has its epoch in this span"):
        mean_sets.published_sets(HISTORY, AT, AT + 1.0)


FORMS = {"kvn": oem_kvn, "xml": oem_xml}


def ephemeris_text(frame: str = "GCRF", hours: float = 6.0, form: str = "kvn") -> str:
    ephemeris = sampled_ephemeris(HISTORY, error_at, AT, 60.0, int(hours * 60) + 1)
    assert (ephemeris.unknown, ephemeris.jumps_unix_s) == (0, ())
    comments = ("made <for> a test & more",)
    message = oem_message(ephemeris, HISTORY, STATION, error_at, frame=frame, created_unix_s=AT, comments=comments)
    return FORMS[form](message)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("frame", FRAMES)
def test_oem_of_every_frame_reads_back_within_a_metre(frame: str, form: str) -> None:
    reader = OemOrbit(parse_oem(ephemeris_text(frame, form=form)))
    times = np.random.default_rng(8).uniform(AT, AT + 6.0 * 3600.0, 300)
    miss_km = reader.states(times).position_teme_km - HISTORY.states(times).position_teme_km
    assert np.linalg.norm(miss_km, axis=1).max() < 0.001
    miss_km_s = reader.states(times).velocity_teme_km_s - HISTORY.states(times).velocity_teme_km_s
    assert np.linalg.norm(miss_km_s, axis=1).max() < 1e-3  # SGP4's velocity is not quite the slope of its position


def test_oem_states_turned_by_astropy_are_over_the_same_ground_within_a_metre() -> None:
    rows = [line.split() for line in ephemeris_text().splitlines() if line.startswith("2026-09-01T")][::30]
    for row in rows:
        time = Time(row[0], scale="utc")
        sky = GCRS(CartesianRepresentation(*(float(part) * units.km for part in row[1:4])), obstime=time)
        ground_km = sky.transform_to(ITRS(obstime=time)).cartesian.xyz.to_value(units.km)
        unix_s = parse_instant(row[0])
        ours_km = teme_position_to_itrs(unix_s, HISTORY.state(unix_s).position_teme_km)
        assert math.dist(ground_km, ours_km) < 0.001
    assert len(rows) == 13


@pytest.mark.parametrize("form", FORMS)
def test_oem_read_by_the_library_oem_gives_the_shown_places_and_covariances(form: str, tmp_path: Path) -> None:
    library = pytest.importorskip("oem", reason="the library oem is not installed")
    file = tmp_path / f"station.{form}"
    file.write_text(ephemeris_text(form=form), "utf-8")
    read = library.OrbitEphemerisMessage.open(file)
    (segment,) = read.segments
    assert (segment.metadata["OBJECT_ID"], read.header["ORIGINATOR"]) == ("2021-035A", "TIANGONG-TUI")
    ours = parse_oem(ephemeris_text())
    wanted_km = OemOrbit(ours).states(np.array([state.epoch.unix for state in read.states])).position_teme_km
    matrices = gcrf_to_teme(np.array([state.epoch.unix for state in read.states]))
    for state, matrix, wanted in zip(read.states, matrices, wanted_km, strict=True):
        assert math.dist(matrix @ state.position, wanted) < 0.001
    assert len(read.states) == 361
    for theirs, own in zip(read.covariances, ours.covariances, strict=True):
        assert np.sqrt(theirs.matrix.diagonal()[:3]) == pytest.approx(own.sigma_rtn_km, rel=1e-8)


@pytest.mark.parametrize("form", FORMS)
def test_oem_covariances_are_the_stated_error_and_possible(form: str) -> None:
    oem = parse_oem(ephemeris_text(form=form))
    assert len(oem.covariances) == 7
    for stated in oem.covariances:
        expected = error_at(stated.unix_s)
        radial, along, across = stated.sigma_rtn_km
        assert along * 1.644854 == pytest.approx(expected.p90_km, rel=1e-5)
        assert 0.05 < radial < 0.5
        assert 0.05 < across < 0.5
    wanted = sigma_rtn_km(HISTORY.provenance(AT), error_at(AT))
    assert wanted is not None
    matrix = np.array(covariance_rtn(wanted, 15.6))
    assert np.linalg.eigvalsh(matrix / np.outer(np.sqrt(matrix.diagonal()), np.sqrt(matrix.diagonal()))).min() > -1e-9


def test_covariance_rtn_is_that_of_orbits_that_are_late_eccentric_and_tilted() -> None:
    """Against 4,000 orbits whose elements are off at random by just that."""
    sigma_km, chance = (0.1, 3.0, 0.2), np.random.default_rng(4)
    axis_km, motion = 6770.0, 15.58
    early = math.sqrt(sigma_km[1] ** 2 - 4.0 * sigma_km[0] ** 2)
    rows = []
    for _ in range(4000):
        u = chance.uniform(0.0, 2.0 * math.pi)
        late, (h, k), tilts = chance.normal(0.0, early / axis_km), chance.normal(size=2), chance.normal(size=2)
        h, k = h * sigma_km[0] / axis_km, k * sigma_km[0] / axis_km
        r = axis_km * (1.0 - k * math.cos(u) - h * math.sin(u))
        angle = late + 2.0 * (k * math.sin(u) - h * math.cos(u))
        n = motion * 2.0 * math.pi / DAY_S
        radial_speed = axis_km * n * (k * math.sin(u) - h * math.cos(u))
        along_speed = axis_km * n * (1.0 + k * math.cos(u) + h * math.sin(u))
        across = sigma_km[2] * (tilts[0] * math.cos(u) + tilts[1] * math.sin(u))
        across_speed = sigma_km[2] * n * (tilts[1] * math.cos(u) - tilts[0] * math.sin(u))
        rows.append([
            r * math.cos(angle) - axis_km, r * math.sin(angle), across,
            radial_speed * math.cos(angle) - along_speed * math.sin(angle),
            radial_speed * math.sin(angle) + along_speed * math.cos(angle) - axis_km * n, across_speed,
        ])  # fmt: skip
    found, wanted = np.cov(np.array(rows).T), np.array(covariance_rtn(sigma_km, motion))
    scale = np.sqrt(np.outer(wanted.diagonal(), wanted.diagonal()))
    assert np.abs(found - wanted).max(where=scale > 0.0, initial=0.0) < 1.0
    assert np.abs((found - wanted) / scale).max() < 0.08


def test_sigma_of_what_is_not_known_is_none() -> None:
    orbit = example_orbit("ISS")
    at = orbit.element_set.epoch_unix_s
    assert sigma_rtn_km(orbit.provenance(at), expected_error(orbit, at)) is None
    late = HISTORY.last_unix_s + 30.0 * DAY_S
    assert sigma_rtn_km(HISTORY.provenance(late), error_at(late)) is None


def test_sampled_ephemeris_ends_where_the_place_is_not_known() -> None:
    start = HISTORY.last_unix_s + 7.0 * DAY_S
    ephemeris = sampled_ephemeris(HISTORY, error_at, start, 60.0, 3 * 1440)
    ((unix_s, _),) = ephemeris.runs
    assert len(unix_s) + ephemeris.unknown == 3 * 1440
    assert 100 < ephemeris.unknown < 3 * 1440 - 100
    assert not error_at(float(unix_s[-1]) + 600.0).position_known
    with pytest.raises(OrbitError, match="not known at any"):
        sampled_ephemeris(HISTORY, error_at, start + 30.0 * DAY_S, 60.0, 10)
    with pytest.raises(OrbitError, match="two states or more"):
        sampled_ephemeris(HISTORY, error_at, AT, 60.0, 1)


def test_sampled_ephemeris_steps_too_long_for_interpolation_are_refused() -> None:
    with pytest.raises(OrbitError, match="take a smaller step"):
        sampled_ephemeris(HISTORY, error_at, AT, 1200.0, 72)


def test_sampled_ephemeris_is_cut_where_the_orbit_jumps() -> None:
    class Jumping:
        """Another orbit of the same station from an instant on."""

        def __init__(self) -> None:
            self.late = Sgp4Orbit(replace(HISTORY.elements(AT), mean_anomaly_deg=90.0))

        def states(self, unix_s: Floats) -> States:
            states = HISTORY.states(unix_s)
            states.fill(unix_s > AT + 3630.0, self.late.states(unix_s[unix_s > AT + 3630.0]))
            return states

    ephemeris = sampled_ephemeris(Jumping(), error_at, AT, 60.0, 121)  # type: ignore[arg-type]
    assert ephemeris.jumps_unix_s == pytest.approx([AT + 3600.0])
    assert [len(unix_s) for unix_s, _ in ephemeris.runs] == [61, 60]
    assert ephemeris.worst_km < 0.001


def test_sampled_ephemeris_tells_where_a_burn_bends_the_track() -> None:
    """A burn on 4 June 2021 lies within a step: a reader is metres off there, centimetres elsewhere."""
    start = parse_instant("2021-06-03")
    ephemeris = sampled_ephemeris(HISTORY, error_at, start, 60.0, 2 * 1440)
    ((unix_s, states),) = ephemeris.runs
    assert ephemeris.jumps_unix_s == ()
    assert 0.001 < ephemeris.worst_km < 0.02
    assert abs(ephemeris.worst_unix_s - parse_instant("2021-06-04T02:32Z")) < 300.0
    assert len(unix_s) == len(states.ok) == 2 * 1440


@pytest.mark.validation
def test_table_of_errors_beside_the_track_equals_the_one_derived_from_the_history() -> None:
    assert beside.table() == seed_json("uncertainty.json")["beside"]


def test_omm_xml_read_by_the_library_sgp4_gives_the_shown_state() -> None:
    elements = mean_sets.of_instant(HISTORY, AT)
    (fields,) = omm.parse_xml(io.StringIO(omm_text.omm_xml([OmmPart(elements)], AT)))
    satrec = Satrec()
    omm.initialize(satrec, fields)
    error, position, _ = satrec.sgp4(*julian_pair(elements.epoch_unix_s))
    assert error == 0
    # Its epoch is one float of days, good to 20 microseconds: 0.2 m.
    assert math.dist(position, HISTORY.state(elements.epoch_unix_s).position_teme_km) < 0.001
