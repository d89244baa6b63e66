"""Places: coordinates in accepted forms, names in two scripts, time zones, the nearest city."""

from __future__ import annotations

import math
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import PlaceError
from sim.places import timezones
from sim.places.coordinates import coordinates_text, looks_like_coordinates, parse_coordinates
from sim.places.gazetteer import _table, find_place, fold, look_up, nearest_city, over, place_at, suggest
from sim.places.place import Place
from sim.time import parse_instant

if TYPE_CHECKING:
    from collections.abc import Callable

latitudes = st.floats(-90, 90, allow_nan=False)
longitudes = st.floats(-180, 180, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("33.7, 73.1", (33.7, 73.1)),
        ("33.7 73.1", (33.7, 73.1)),
        ("-33.9 151.2", (-33.9, 151.2)),
        ("−33.9; 151.2", (-33.9, 151.2)),
        ("33.7N 73.1E", (33.7, 73.1)),
        ("33.7 N, 73.1 e", (33.7, 73.1)),
        ("N33.7 E73.1", (33.7, 73.1)),
        ("33.9S151.2E", (-33.9, 151.2)),
        ("73.1E 33.7N", (33.7, 73.1)),
        ("151.2W 33.9S", (-33.9, -151.2)),
        ("33°41'N 73°03'E", (33 + 41 / 60, 73 + 3 / 60)),
        ("33°41′24″N 73°03′E", (33.69, 73.05)),
        ("33º 41' 24'' S, 73° 3' W", (-33.69, -73.05)),
        ("+90, -180", (90.0, -180.0)),
        ("0 0", (0.0, 0.0)),
        ("33,7", (33.0, 7.0)),  # a comma parts the two numbers, it is no decimal point
    ],
)
def test_parse_coordinates_accepted_forms_give_latitude_and_longitude(text: str, expected: tuple[float, float]) -> None:
    assert parse_coordinates(text) == pytest.approx(expected, abs=1e-12)
    assert looks_like_coordinates(text)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("95, 73", "latitude 95 is outside -90 to 90"),
        ("33, 181", "longitude 181 is outside"),
        ("73.1E 33.7E", "one axis twice"),
        ("10N 20S", "one axis twice"),
        ("33.7N 73.1", "one number only"),
        ("-33.7S 73.1E", "both a sign and a direction letter"),
        ("33°61'N 73°E", "must be below 60"),
        ("33.7", "not coordinates"),
        ("1 2 3", "not coordinates"),
        ("1e3, 4", "not coordinates"),
        ("nan, 4", "not coordinates"),
        ("", "not coordinates"),
    ],
)
def test_parse_coordinates_invalid_text_names_the_error(text: str, complaint: str) -> None:
    with pytest.raises(PlaceError, match=complaint) as caught:
        parse_coordinates(text)
    assert "\n" not in str(caught.value)


@given(latitudes, longitudes)
def test_coordinates_text_is_parsed_to_the_same_coordinates(latitude_deg: float, longitude_deg: float) -> None:
    decimal = f"{latitude_deg:.6f}, {longitude_deg:.6f}"
    assert parse_coordinates(decimal) == pytest.approx((latitude_deg, longitude_deg), abs=6e-7)
    letters = f"{abs(latitude_deg):.6f}{'S' if latitude_deg < 0 else 'N'} {abs(longitude_deg):.6f}"
    letters += "W" if longitude_deg < 0 else "E"
    assert parse_coordinates(letters) == pytest.approx((latitude_deg, longitude_deg), abs=6e-7)
    shown = coordinates_text(latitude_deg, longitude_deg)
    assert parse_coordinates(shown) == pytest.approx((latitude_deg, longitude_deg), abs=0.0051)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_look_up_any_text_is_a_place_or_a_place_error(text: str) -> None:
    suggest(text)
    if len(text) > 12:  # the search for near names costs 50 ms each
        return
    problem = ""
    try:
        place = look_up(text).place
    except PlaceError as refusal:
        problem = str(refusal)
    else:
        assert isinstance(place, Place)
    assert "\n" not in problem


@pytest.mark.parametrize(("latitude", "longitude", "height"), [(95, 0, 0), (0, 200, 0), (math.nan, 0, 0), (0, 0, 1e5)])
def test_place_out_of_range_raises(latitude: float, longitude: float, height: float) -> None:
    with pytest.raises(PlaceError, match="outside"):
        Place("x", latitude, longitude, height)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Islamabad", "Islamabad, PK"),
        ("islamabad", "Islamabad, PK"),
        ("  ISLAMABAD ", "Islamabad, PK"),
        ("伊斯兰堡", "Islamabad, PK"),
        ("伊斯蘭堡", "Islamabad, PK"),
        ("北京", "Beijing, CN"),
        ("深圳", "Shenzhen, CN"),
        ("Zurich", "Zürich, ZH, CH"),
        ("Sao Paulo", "São Paulo, BR"),
        ("Xian", "Xi’an, CN"),
        ("xi'an", "Xi’an, CN"),
        ("islama", "Islamabad, PK"),
        ("New York", "New York City, NY, US"),
        ("Hyderabad", "Hyderabad, IN"),
        ("Hyderabad, PK", "Hyderabad, PK"),
        ("hyderabad,pakistan", "Hyderabad, PK"),
        ("London, CA", "London, CA"),
        ("Springfield, IL", "Springfield, IL, US"),
        ("Wenchang", "Wenchang, CN"),
        ("Wenchang Space", "Wenchang Space Launch Site, CN"),
        ("酒泉卫星发射中心", "Jiuquan Satellite Launch Center, CN"),
        ("dongfeng", "Dongfeng landing site (approximate), CN"),
    ],
)
def test_find_place_latin_and_chinese_names_are_found(text: str, title: str) -> None:
    assert find_place(text).title == title


def test_look_up_ambiguous_name_gives_the_largest_and_names_the_others() -> None:
    found = look_up("Hyderabad")
    assert found.place.country == "IN"
    assert [place.title for place in found.others] == ["Hyderabad, PK"]
    assert not look_up("Islamabad").others


def test_find_place_coordinates_give_a_place() -> None:
    place = find_place("33.7, 73.1")
    assert (place.latitude_deg, place.longitude_deg, place.timezone) == (33.7, 73.1, "Asia/Karachi")
    assert place.name == "33.70°N 73.10°E"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Islamabd", "did you mean Islamabad, PK"),
        ("Atlantis on Sea", "give coordinates"),
        ("Islamabad, France", "did you mean"),
        ("95, 3", "latitude 95"),
        ("   ", "no place was named"),
        ("\x1b[31mred\x07", "“"),
    ],
)
def test_find_place_unknown_name_suggests_others(text: str, complaint: str) -> None:
    with pytest.raises(PlaceError, match=complaint) as caught:
        find_place(text)
    assert "\x1b" not in str(caught.value)


def test_suggest_orders_whole_names_then_prefixes_then_the_rest() -> None:
    titles = [place.title for place in suggest("paris", 20)]
    assert titles[0] == "Paris, FR"
    keys = [fold(title) for title in titles]
    ranks = [0 if k.partition(",")[0] == "paris" else 1 if k.startswith("paris") else 2 for k in keys]
    assert ranks == sorted(ranks)
    assert len(suggest("a", 5)) == 5
    assert suggest("") == []
    assert suggest("xyzzyq") == []
    assert suggest("1000, 2000") == []
    assert [place.name for place in suggest("-33.9, 151.2")] == ["33.90°S 151.20°E"]


def test_place_table_is_complete() -> None:
    table = _table()
    rows = list(table.rows)
    assert len(rows) == len(table.keys) == len(table.zh) > 6000
    populations = [int(row[5]) for row in rows if len(row) == 8]
    assert populations == sorted(populations, reverse=True)
    assert min(populations) >= 100_000
    for index, row in enumerate(rows):
        place = find_place(f"{row[3]}, {row[4]}") if index < 3 else Place(row[0], float(row[3]), float(row[4]))
        assert -56 < place.latitude_deg < 72
        assert timezones._zone(row[6]) is not None, row
        assert len(row[1]) == 2


def _distances_km(latitude_deg: float, longitude_deg: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """To every place of the table, by the haversine."""
    rows = list(_table().rows)
    lat, lon = (np.radians([float(row[column]) for row in rows]) for column in (3, 4))
    half = np.sin((lat - np.radians(latitude_deg)) / 2) ** 2
    half += np.cos(lat) * math.cos(math.radians(latitude_deg)) * np.sin((lon - np.radians(longitude_deg)) / 2) ** 2
    distances: np.ndarray[tuple[int], np.dtype[np.float64]] = 2 * 6371.0088 * np.arcsin(np.sqrt(half))
    return distances


@settings(deadline=None)
@given(latitudes, st.floats(-180, 180), st.sampled_from([50.0, 300.0, 1000.0]))
def test_nearest_city_equals_exhaustive_search(latitude_deg: float, longitude_deg: float, within_km: float) -> None:
    nearest_km = _distances_km(latitude_deg, longitude_deg).min()
    found = nearest_city(latitude_deg, longitude_deg, within_km)
    if found is None:
        assert nearest_km > within_km - 1e-3
    else:
        assert found[1] == pytest.approx(nearest_km, abs=0.2)  # the arc cosine is good to 0.1 km near zero
        assert nearest_km <= within_km + 1e-3


def test_over_names_nearest_city_or_none() -> None:
    assert over(33.7, 73.05) == "near Islamabad, Pakistan"
    assert over(-31.5, 113.4) == "240 km W of Perth, Australia"
    assert over(-40.0, -120.0) == "no city within 1000 km"
    assert over(-40.0, 179.99).endswith("New Zealand")
    assert over(-90.0, 0.0) == "no city within 1000 km"


def test_local_time_follows_daylight_saving() -> None:
    berlin = find_place("Berlin")
    before, after = parse_instant("2026-03-29T00:59:59Z"), parse_instant("2026-03-29T01:00:00Z")
    assert timezones.local_time(before, berlin).strftime("%H:%M:%S %z") == "01:59:59 +0100"
    assert timezones.local_time(after, berlin).strftime("%H:%M:%S %z") == "03:00:00 +0200"
    twice = [timezones.local_time(parse_instant(f"2026-10-25T0{hour}:30:00Z"), berlin) for hour in (0, 1)]
    assert [t.strftime("%H:%M %z") for t in twice] == ["02:30 +0200", "02:30 +0100"]
    kathmandu = find_place("Kathmandu")
    assert timezones.local_time(before, kathmandu).utcoffset() == timedelta(hours=5, minutes=45)


@pytest.mark.parametrize(
    ("latitude", "longitude", "timezone", "words"),
    [
        (33.5, 73.0, "Asia/Karachi", "Asia/Karachi"),
        (-40.0, -120.0, "Etc/GMT+8", "UTC-8 by the Sun"),
        (-30.0, 75.0, "Etc/GMT-5", "UTC+5 by the Sun"),
        (0.0, -30.0, "Etc/GMT+2", "UTC-2 by the Sun"),
        (-50.0, 1.0, "Etc/UTC", "Etc/UTC"),
        (-60.0, 180.0, "Etc/GMT-12", "UTC+12 by the Sun"),
        (-60.0, -180.0, "Etc/GMT+12", "UTC-12 by the Sun"),
    ],
)
def test_local_time_far_from_cities_follows_longitude(
    latitude: float, longitude: float, timezone: str, words: str
) -> None:
    place = place_at(latitude, longitude)
    assert place.timezone == timezone
    assert timezones.zone_words(place) == words
    offset = timezones.zone_of(place).utcoffset(timezones.local_time(0.0, place))
    assert offset is not None
    if timezone.startswith("Etc"):
        assert abs(offset.total_seconds() / 3600 - longitude / 15) <= 0.5


def test_local_time_invalid_zone_is_utc() -> None:
    place = Place("x", 0.0, 0.0, timezone="Mars/Olympus")
    assert timezones.local_time(0.0, place).utcoffset() == timedelta(0)
    assert timezones.zone_words(place) == "UTC"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """A system of one's own: TZ, the target of /etc/localtime, the content of /etc/timezone."""

    def prepare(*, tz: str | None = None, link: str | None = None, file: str | None = None) -> None:
        monkeypatch.delenv("TZ", raising=False)
        if tz is not None:
            monkeypatch.setenv("TZ", tz)
        localtime, timezone = tmp_path / "localtime", tmp_path / "timezone"
        if link is not None:
            target = tmp_path / "zoneinfo" / link
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"TZif2")
            if sys.platform == "win32":
                pytest.skip("links need a privilege on Windows")
            localtime.symlink_to(target)
        if file is not None:
            timezone.write_text(file)
        monkeypatch.setattr(timezones, "LOCALTIME", localtime)
        monkeypatch.setattr(timezones, "TIMEZONE_FILE", timezone)

    return prepare


def test_system_timezone_from_tz_names_zone_or_utc(system: Callable[..., None]) -> None:
    system(tz=":Asia/Karachi", link="Europe/Berlin")
    assert timezones.system_timezone() == timezones.SystemZone("Asia/Karachi", "TZ")
    system(tz="/usr/share/zoneinfo/Asia/Tokyo")
    assert timezones.system_timezone().name == "Asia/Tokyo"
    system(tz="CET-1CEST,M3.5.0,M10.5.0/3")
    assert timezones.system_timezone() == timezones.SystemZone("UTC", "TZ holds no zone name")


def test_system_timezone_without_tz_uses_link_then_file_then_utc(system: Callable[..., None]) -> None:
    system()
    assert timezones.system_timezone() == timezones.SystemZone("UTC", "the system names no zone")
    system(file="America/Lima\n")
    assert timezones.system_timezone().name == "America/Lima"
    system(link="Europe/Berlin")
    assert timezones.system_timezone().name == "Europe/Berlin"


def test_default_place_states_its_reason(system: Callable[..., None]) -> None:
    system(tz="Asia/Calcutta")
    default = timezones.default_place()
    place, reason = default.place, default.reason
    assert place.title == "Kolkata, IN"
    assert reason == "Kolkata, IN, for the system's time zone Asia/Calcutta"
    system(tz="Asia/Karachi")
    assert timezones.default_place().place.name == "Karachi"
    system(tz="UTC")
    default = timezones.default_place()
    place, reason = default.place, default.reason
    assert place.title == "Beijing, CN"
    assert reason == "Beijing, CN, the default: the time zone UTC is not that of a known city"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Asia/Karachi", "Karachi, PK"),
        ("US/Pacific", "Los Angeles, CA, US"),
        ("PRC", "Shanghai, CN"),
        ("Europe/Berlin", "Berlin, DE"),
        ("Etc/UTC", None),
        ("no such zone", None),
        ("../../etc/passwd", None),
    ],
)
def test_place_of_timezone_gives_its_city(name: str, title: str | None) -> None:
    place = timezones.place_of_timezone(name)
    assert (place.title if place else None) == title


def test_place_of_timezone_of_every_city_zone_gives_a_city_of_that_zone() -> None:
    for name in {row[6] for row in _table().rows}:
        place = timezones.place_of_timezone(name)
        assert place is not None
        assert place.timezone == name
