"""Contact plan of ground stations against skyfield; tables of stations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sim.constants import DAY_S
from sim.errors import PlaceError
from sim.orbit.uncertainty import UNSTATED, ExpectedError
from sim.passes.plans.contacts import find_contacts, share_in_view
from sim.passes.plans.stations import known_stations, named, parse_stations, read_stations
from tests.support.orbits import LINES, epoch_of, example_orbit
from tests.support.reference_sky import look, satellite, spot, times

if TYPE_CHECKING:
    from pathlib import Path

ORBIT = example_orbit("station")
START = epoch_of(ORBIT)
END = START + 3.0 * DAY_S
STATIONS = known_stations()


def known(_: float) -> ExpectedError:
    return UNSTATED


@pytest.mark.validation
def test_contacts_of_every_station_agree_with_skyfield() -> None:
    """skyfield finds events to half a second; at ours it must see the very elevation."""
    contacts = find_contacts(ORBIT, STATIONS, START, END, error_at=known, min_elevation_deg=5.0)
    assert [one.times.rise.unix_s for one in contacts] == sorted(one.times.rise.unix_s for one in contacts)
    count = 0
    for station in STATIONS:
        found, kinds = satellite(LINES["station"]).find_events(
            spot(station.place), times(START), times(END), altitude_degrees=5.0
        )
        theirs = {kind: [(t.tt - 2440587.5) * DAY_S - 69.184 for t, k in zip(found, kinds, strict=True) if k == kind]
                  for kind in (0, 2)}  # fmt: skip
        own = [one.times for one in contacts if one.station is station]
        for kind, ours in ((0, [t.rise.unix_s for t in own]), (2, [t.set.unix_s for t in own])):
            inside = [t for t in ours if START <= t <= END]
            assert inside == pytest.approx(theirs[kind], abs=0.6)
            elevation_deg = look(LINES["station"], station.place, np.array(inside))[1]
            assert np.abs(elevation_deg - 5.0).max() < 1e-4
            count += len(inside)
    assert count > 200


def test_contacts_own_elevation_of_a_station_counts() -> None:
    low, high = parse_stations("Kashi low,39.5,75.9,,5\nKashi high,39.5,75.9,1300,40")
    contacts = find_contacts(ORBIT, [low, high], START, END, error_at=known, min_elevation_deg=10.0)
    for contact in contacts:
        least_deg = {"Kashi low": 5.0, "Kashi high": 40.0}[contact.station.place.name]
        assert contact.times.rise.elevation_deg == pytest.approx(least_deg, abs=1e-3)
        assert contact.times.peak.elevation_deg >= least_deg
        assert contact.min_elevation_deg == least_deg
    assert {contact.station.place.name for contact in contacts} == {"Kashi low", "Kashi high"}


def test_share_in_view_counts_overlaps_once_as_a_second_by_second_count_does() -> None:
    contacts = find_contacts(ORBIT, STATIONS, START, START + DAY_S, error_at=known)
    share = share_in_view(contacts, START, START + DAY_S)
    assert share is not None
    seen = [
        any(one.times.rise.unix_s <= START + second < one.times.set.unix_s for one in contacts)
        for second in range(int(DAY_S))
    ]
    assert share.in_view_s == pytest.approx(sum(seen), abs=2.0 * len(contacts))
    assert share.share == pytest.approx(sum(seen) / DAY_S, abs=1e-3)
    longest = max(len(run) for run in "".join("x" if one else "." for one in seen).split("x"))
    assert share.longest_gap_s == pytest.approx(longest, abs=2.0)


def test_share_in_view_of_times_that_are_not_known_is_none() -> None:
    lost = ExpectedError(1.0, 2.0, position_known=False, stale=True)
    contacts = find_contacts(ORBIT, STATIONS, START, END, error_at=lambda _: lost)
    assert share_in_view(contacts, START, END) is None
    empty = share_in_view([], START, END)
    assert empty is not None
    assert (empty.in_view_s, empty.longest_gap_s) == (0.0, END - START)


@pytest.mark.parametrize(
    "text",
    [
        "Kashi,39.5,75.9,1300,7",
        "# mine\n\nKashi, 39.5, 75.9, 1300, 7\n",
        "lat;lon;mask;name;height_m\n39.5;75.9;7;Kashi;1300",
        "Name\tLatitude\tLongitude\tAlt\tmin_elevation\nKashi\t39.5\t75.9\t1300\t7\n",
        '"Kashi",+39.5,75.90,1300.0,7.0',
    ],
)
def test_parse_stations_every_form_gives_the_same(text: str) -> None:
    (station,) = parse_stations(text)
    place = station.place
    assert (place.name, place.latitude_deg, place.longitude_deg, place.height_m) == ("Kashi", 39.5, 75.9, 1300.0)
    assert station.min_elevation_deg == 7.0


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "holds no station"),
        ("# nothing\n", "holds no station"),
        ("name,latitude,longitude\n", "holds no station"),
        ("Kashi,39.5", "line 1: a station has a name, a latitude and a longitude"),
        ("Kashi,39.5,75.9\n,1,2", "line 2: a station has a name"),
        ("Kashi,39.5,nan", "line 1: “nan” is not a number"),
        ("Kashi,95,75.9", "line 1: latitude 95 is outside"),
        ("Kashi,39.5,75.9,99999", "line 1: height 99999 is outside"),
        ("Kashi,39.5,75.9,,95", "line 1: the least elevation 95 is outside"),
        ("Kashi,39.5,75.9\nKASHI,1,2", "two stations of the name “kashi”"),
        ("\n".join(f"S{n},1,2" for n in range(501)), "more than 500 stations"),
    ],
)
def test_parse_stations_mistakes_name_the_line(text: str, complaint: str) -> None:
    with pytest.raises(PlaceError, match=complaint):
        parse_stations(text)


def test_read_stations_of_what_is_no_text_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match=r"stations no\.csv: cannot be read: No such file"):
        read_stations(tmp_path / "no.csv")
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PlaceError, match="not UTF-8 text"):
        read_stations(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_bytes(b"x" * 200_001)
    with pytest.raises(PlaceError, match="larger than 200 kB"):
        read_stations(tmp_path / "b.csv")


def test_named_takes_some_and_offers_those_there_are() -> None:
    assert [one.place.name for one in named(STATIONS, ["malindi", "KASHI"])] == ["Kashi", "Malindi"]
    assert named(STATIONS, []) == STATIONS
    assert all(math.isfinite(one.place.latitude_deg) and one.source for one in STATIONS)
    with pytest.raises(PlaceError, match="no station “Moon”; there are Beijing, Weinan"):
        named(STATIONS, ["Moon"])
