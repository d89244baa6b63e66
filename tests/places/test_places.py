"""Places: coordinates in accepted forms, names in two scripts, time zones, the nearest city."""

from __future__ import annotations

import math
import sys
import types
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import PlaceError
from sim.places import name_search, timezones
from sim.places.city_table import city_table, fold
from sim.places.coordinates import coordinates_text, looks_like_coordinates, parse_coordinates
from sim.places.gazetteer import find_place, look_up, place_at, suggest
from sim.places.nearest import nearest_city, over
from sim.places.place import Place
from sim.places.point_zone import PointZone, zone_at
from sim.places.towns import town_table
from sim.seed_data import seed_lines
from sim.time import parse_instant

if TYPE_CHECKING:
    from collections.abc import Callable

CAPITALS = """
Abu Dhabi;Abuja;Accra;Addis Ababa;Algiers;Alofi;Amman;Amsterdam;Andorra la Vella;Ankara;Antananarivo;Apia;Ashgabat;
Asmara;Astana;Asunción;Athens;Avarua;Baghdad;Baku;Bamako;Bandar Seri Begawan;Bangkok;Bangui;Banjul;Basseterre;Beijing;
Beirut;Belgrade;Belmopan;Berlin;Bern;Bishkek;Bissau;Bogotá;Brasília;Bratislava;Brazzaville;Bridgetown;Brussels;
Bucharest;Budapest;Buenos Aires;Cairo;Canberra;Caracas;Castries;Chisinau;Conakry;Copenhagen;Dakar;Damascus;Dhaka;Dili;
Djibouti;Dodoma;Doha;Dublin;Dushanbe;Freetown;Funafuti;Gaborone;Georgetown;Guatemala City;Hanoi;Harare;Havana;Helsinki;
Honiara;Islamabad;Jakarta;Jerusalem;Juba;Kabul;Kampala;Kathmandu;Khartoum;Kigali;Kingston;Kingstown;Kinshasa;
Kuala Lumpur;Kuwait City;Kyiv;La Paz;Libreville;Lilongwe;Lima;Lisbon;Ljubljana;Lomé;London;Luanda;Lusaka;Luxembourg;
Madrid;Majuro;Malabo;Male;Managua;Manama;Manila;Maputo;Maseru;Mbabane;Mexico City;Minsk;Mogadishu;Monaco;Monrovia;
Montevideo;Moroni;Moscow;Muscat;N'Djamena;Nairobi;Nassau;Nay Pyi Taw;New Delhi;Ngerulmud;Niamey;Nicosia;Nouakchott;
Nuku‘alofa;Nuuk;Oslo;Ottawa;Ouagadougou;Palikir;Panama City;Paramaribo;Paris;Phnom Penh;Podgorica;Port Louis;
Port Moresby;Port of Spain;Port-au-Prince;Porto-Novo;Prague;Praia;Pretoria;Pyongyang;Quito;Rabat;Reykjavik;Riga;Riyadh;
Rome;Roseau;San José;San Marino;San Salvador;Sanaa;Santiago;Santo Domingo;Sarajevo;Seoul;Singapore;Skopje;Sofia;
Sri Jayewardenepura Kotte;Stockholm;Sucre;Suva;São Tomé;Taipei;Tallinn;Tarawa;Tashkent;Tbilisi;Tehran;Thimphu;Tirana;
Tokyo;Tripoli;Tunis;Ulan Bator;Vaduz;Valletta;Vatican City;Victoria;Vienna;Vientiane;Vilnius;Warsaw;Washington;
Wellington;Windhoek;Yamoussoukro;Yaoundé;Yaren;Yerevan;Zagreb
""".replace("\n", "").split(";")

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
        ("Sao Paulo", "São Paulo, SP, BR"),
        ("Xian", "Xi’an, CN"),
        ("xi'an", "Xi’an, CN"),
        ("islama", "Islamabad, PK"),
        ("New York", "New York City, NY, US"),
        ("Hyderabad", "Hyderabad, IN"),
        ("Hyderabad, PK", "Hyderabad, PK"),
        ("hyderabad,pakistan", "Hyderabad, PK"),
        ("London, ON, CA", "London, ON, CA"),
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
    table = city_table()
    rows = list(table.rows)
    assert len(rows) == len(table.keys) == len(table.zh) > 6000
    populations = [int(row[5]) for row in rows if len(row) == 8]
    assert populations == sorted(populations, reverse=True)
    assert min(populations) >= 100_000
    for index, row in enumerate(rows):
        place = find_place(f"{row[3]}, {row[4]}") if index < 3 else Place(row[0], float(row[3]), float(row[4]))
        assert -56 < place.latitude_deg < 72
        assert timezones.zone_or_none(row[6]) is not None, row
        assert len(row[1]) == 2


def _distances_km(latitude_deg: float, longitude_deg: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """To every place of the table, by the haversine."""
    rows = list(city_table().rows)
    lat, lon = (np.radians([float(row[column]) for row in rows]) for column in (3, 4))
    half = np.sin((lat - np.radians(latitude_deg)) / 2) ** 2
    half += np.cos(lat) * math.cos(math.radians(latitude_deg)) * np.sin((lon - np.radians(longitude_deg)) / 2) ** 2
    distances: np.ndarray[tuple[int], np.dtype[np.float64]] = 2 * 6371.0088 * np.arcsin(np.sqrt(half))
    return distances


@pytest.mark.validation
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

    def prepare(
        *, tz: str | None = None, link: str | None = None, file: str | None = None, found: str | None = None
    ) -> None:
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
        monkeypatch.setitem(sys.modules, "tzlocal", types.SimpleNamespace(get_localzone_name=lambda: found))
        monkeypatch.setattr(timezones, "TIMEZONE_FILE", timezone)

    return prepare


def test_system_timezone_from_tz_names_zone_or_utc(system: Callable[..., None]) -> None:
    system(tz=":Asia/Karachi", link="Europe/Berlin")
    assert timezones.system_timezone() == timezones.SystemZone("Asia/Karachi", "TZ")
    system(tz="/usr/share/zoneinfo/Asia/Tokyo")
    assert timezones.system_timezone().name == "Asia/Tokyo"
    system(tz="CET-1CEST,M3.5.0,M10.5.0/3")
    assert timezones.system_timezone().name == "UTC"
    assert not timezones.system_timezone().is_known


def test_system_timezone_without_tz_uses_link_then_file_then_utc(system: Callable[..., None]) -> None:
    system()
    assert timezones.system_timezone() == timezones.SystemZone("UTC", "the system has no time zone set")
    system(file="America/Lima\n")
    assert timezones.system_timezone().name == "America/Lima"
    system(link="Europe/Berlin")
    assert timezones.system_timezone().name == "Europe/Berlin"


def test_system_timezone_elsewhere_is_that_of_tzlocal(system: Callable[..., None]) -> None:
    system(found="Asia/Tokyo")  # as on Windows
    assert timezones.system_timezone() == timezones.SystemZone("Asia/Tokyo", "tzlocal")
    assert timezones.default_place().place.name == "Tokyo"
    system(found="no zone")
    assert not timezones.system_timezone().is_known


def test_system_timezone_with_contradicting_sources_is_not_known(
    system: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def contradicting() -> str:
        raise LookupError("two zones")

    system()
    monkeypatch.setattr(sys.modules["tzlocal"], "get_localzone_name", contradicting)
    assert not timezones.system_timezone().is_known


@pytest.mark.parametrize(
    ("text", "zone"),
    [("Asia/Shanghai", "Asia/Shanghai"), ("asia/shanghai", "Asia/Shanghai"), ("America/New York", "America/New_York"),
     ("utc", "UTC"), ("Z", "UTC"), ("local", "Asia/Karachi"), ("UTC+8", "Etc/GMT-8"), ("+08:00", "Etc/GMT-8"),
     ("gmt-5", "Etc/GMT+5"), ("UTC+0", "UTC"), ("japan", "Japan"), ("PST8PDT", "PST8PDT")],
)  # fmt: skip
def test_zone_named_any_spelling_gives_the_database_name(text: str, zone: str, system: Callable[..., None]) -> None:
    system(tz="Asia/Karachi")
    assert timezones.zone_named(text) == zone


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("Shanghai", "write Asia/Shanghai"), ("Asia/Shangai", "did you mean Asia/Shanghai"), ("CST", "not a time zone"),
     ("+08:20", "not a time zone"), ("UTC+15", "not a time zone"), ("Lahore", "Lahore, PK is Asia/Karachi"),
     ("../etc/passwd", "not a time zone"), ("", "not a time zone")],
)  # fmt: skip
def test_zone_named_unknown_name_says_what_to_write(text: str, complaint: str) -> None:
    with pytest.raises(PlaceError, match=complaint):
        timezones.zone_named(text)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (38.881, -7.163, "Europe/Lisbon"),  # Elvas: Badajoz, the nearest city, is in Spain
        (27.466, 89.642, "Asia/Thimphu"),
        (35.148, -114.568, "America/Phoenix"),  # Bullhead City
        (51.968, 5.025, "Europe/Amsterdam"),
        (-90.0, 0.0, "Antarctica/McMurdo"),
    ],
)
def test_zone_at_is_that_of_the_point(latitude: float, longitude: float, zone: str) -> None:
    assert zone_at(latitude, longitude) == PointZone(zone)
    assert place_at(latitude, longitude).timezone == zone


def test_zone_at_without_borders_takes_the_fitting_system_zone_and_says_so(
    system: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tzfpy", None)
    system(tz="Europe/Berlin")
    found = zone_at(38.881, -7.163)
    assert found.name == "Europe/Berlin"  # the clocks of Badajoz, the nearest city, agree with the system's
    assert "system's zone Europe/Berlin" in found.doubt
    system(tz="Asia/Karachi")
    found = zone_at(38.881, -7.163)
    assert found.name == "Europe/Madrid"
    assert "nearest city, Badajoz" in found.doubt
    assert zone_at(-40.0, -120.0).name == "Etc/GMT+8"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Cologne", "Köln, DE"),
        ("Koeln", "Köln, DE"),
        ("München", "Munich, DE"),
        ("London, UK", "London, ENG, GB"),
        ("Portland, Oregon", "Portland, OR, US"),
        ("Springfield, Illinois, USA", "Springfield, IL, US"),
        ("Paris, Texas", "Paris, TX, US"),
        ("Saint Louis, USA", "St. Louis, MO, US"),
        ("Vaduz", "Vaduz, LI"),
        ("Ngerulmud", "Ngerulmud, PW"),
        ("Bullhead City", "Bullhead City, AZ, US"),
        ("敦煌", "Dunhuang, CN"),
        ("Skardu", "Skardu, PK"),
        ("dongfeng", "Dongfeng landing site (approximate), CN"),
    ],
)
def test_find_place_towns_capitals_and_other_names_are_found(text: str, title: str) -> None:
    assert find_place(text).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("London, Ontario", "London, ON, CA"), ("London, ON", "London, ON, CA"),
        ("london, on, canada", "London, ON, CA"), ("London (Ontario)", "London, ON, CA"),
        ("London Ontario", "London, ON, CA"), ("London; Ont.", "London, ON, CA"),
        ("Springfield, IL", "Springfield, IL, US"), ("Springfield Illinois", "Springfield, IL, US"),
        ("Springfield, Ill.", "Springfield, IL, US"), ("Portland, Oregon", "Portland, OR, US"),
        ("Vancouver, WA", "Vancouver, WA, US"), ("Vancouver, BC", "Vancouver, BC, CA"),
        ("Perth, WA", "Perth, WA, AU"), ("Newcastle, New South Wales", "Newcastle, NSW, AU"),
        ("Frankfurt, Hesse", "Frankfurt am Main, DE"), ("Frankfurt, Brandenburg", "Frankfurt (Oder), DE"),
        ("Linz, Oberösterreich", "Linz, AT"), ("Campinas, SP", "Campinas, SP, BR"), ("Mérida, Yucatan", "Mérida, MX"),
        ("Hyderabad, Sindh", "Hyderabad, PK"), ("Hyderabad, Telangana", "Hyderabad, IN"),
        ("Ipoh Malaysia", "Ipoh, MY"),
    ],
)  # fmt: skip
def test_find_place_by_its_state_or_province_is_found(text: str, title: str) -> None:
    assert find_place(text).title == title


@pytest.mark.parametrize(
    "text",
    [
        "geo:52.52,13.405;u=35", "lat=52.52 lon=13.405", "Latitude: 52.52, Longitude: 13.405", "52.52/13.405",
        "北纬52.52 东经13.405", "52d31m12sN 13d24m18sE",
    ],
)  # fmt: skip
def test_parse_coordinates_with_labels_and_letters_give_the_point(text: str) -> None:
    assert looks_like_coordinates(text)
    assert parse_coordinates(text) == pytest.approx((52.52, 13.405), abs=1e-6)


def test_zone_words_of_an_asked_offset_are_not_those_of_the_sun() -> None:
    assert timezones.zone_words(Place("Berlin", 52.52, 13.405, timezone="Etc/GMT-8")) == "UTC+8"


def test_find_place_in_another_province_is_refused() -> None:
    with pytest.raises(PlaceError, match="“London, Alberta” is not in the list of places"):
        find_place("London, Alberta")


def test_every_region_has_the_code_of_places_in_the_tables_and_a_name_of_its_own() -> None:
    rows = [line.split("\t") for line in seed_lines("regions.tsv")[1:]]
    known = {(row[1], row[2]) for row in city_table().rows}
    known |= {(town_table().country(n), town_table().region(n)) for n in range(len(town_table().keys))}
    assert {(country, code) for country, code, _, _ in rows} <= known
    names = [(row[0], name) for row in rows for name in row[3].split(";")]
    assert len(set(names)) == len(names)
    for capital, region in (("Toronto", "Ontario"), ("Wiesbaden", "Hessen"), ("Curitiba", "Paraná"), ("Perth", "WA")):
        assert find_place(f"{capital}, {region}").name == capital


def test_find_place_knows_the_capital_of_every_country() -> None:
    # GeoNames' own list of capitals, as far as a country has people and one capital.
    missing = [name for name in CAPITALS if fold(name) not in {fold(place.name) for place in suggest(name, 3)}]
    assert missing == []


def test_look_up_own_name_comes_first_and_takes_the_zone_of_its_point() -> None:
    home = Place("Islamabad", 38.881, -7.163)
    assert look_up("islamabad", (home,)).place == msgspec.structs.replace(home, timezone="Europe/Lisbon")
    assert suggest("isla", 3, (home,))[0] == home
    assert look_up("Islamabad").place.country == "PK"


def test_suggest_offers_other_names_while_they_are_typed() -> None:
    assert "Köln, DE" in [place.title for place in suggest("cologn", 5)]
    assert "Munich, DE" in [place.title for place in suggest("münch", 5)]


def test_every_other_name_leads_to_a_listed_place() -> None:
    lines = seed_lines("city_names.tsv")[1:]
    assert len(lines) > 150
    for line in lines:
        name, country, listed = line.split("\t")
        ranked = [hit for hit in name_search.hits(name) if hit.rank <= name_search.WHOLE_TOWN]
        assert (fold(listed), country) in {(fold(hit.place.name), hit.place.country) for hit in ranked}, line


def test_town_table_has_places_with_known_zones() -> None:
    table = town_table()
    assert len(table.keys) > 27_000
    places = [table.place(index) for index in range(0, len(table.keys), 40)]
    assert all(timezones.zone_or_none(place.timezone) and len(place.country) == 2 for place in places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("33,7 73,1", (33.7, 73.1)),
        ("33,7; 73,1", (33.7, 73.1)),
        ("-33,9 151,2", (-33.9, 151.2)),
        ("33,7, 73,1", (33.7, 73.1)),
        ("51,58N 5,12E", (51.58, 5.12)),
        ("N 51 58.123 E 005 01.500", (51 + 58.123 / 60, 5.025)),
        ("N 51° 58,123 E 005° 01,500", (51 + 58.123 / 60, 5.025)),
        ("51 58 07 N, 5 1 30 W", (51 + 58 / 60 + 7 / 3600, -5.025)),
        ("51:58:07N 5:01:30E", (51 + 58 / 60 + 7 / 3600, 5.025)),
        ("JO22", (52.5, 5.0)),
        ("jo22OC", (52 + 2.5 / 24 * 1.0, 5 + 1 / 4.8)),
        ("FN31pr", (41.729166667, -72.708333333)),  # W1AW, as the ARRL gives it
    ],
)
def test_parse_coordinates_of_charts_and_radio_give_the_point(text: str, expected: tuple[float, float]) -> None:
    assert looks_like_coordinates(text)
    assert parse_coordinates(text) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("N 51 58.123", "half of a pair"),
        ("51.5O 7.2N", "O is east in some languages"),
        ("33,7,73,1", "commas between and inside"),
        ("51 58 5 1", "not coordinates"),
        ("ZZ99", "not coordinates"),
    ],
)
def test_parse_coordinates_that_could_be_read_twice_are_refused(text: str, complaint: str) -> None:
    with pytest.raises(PlaceError, match=complaint):
        parse_coordinates(text)


def test_place_below_sea_level_is_accepted_to_500_m() -> None:
    assert Place("Ein Gedi", 31.46, 35.39, -500.0).height_m == -500.0
    with pytest.raises(PlaceError, match="height"):
        Place("too deep", 31.46, 35.39, -501.0)


def test_cities_of_a_time_zone_begin_with_its_own_and_go_on_by_size() -> None:
    cities = timezones.cities_of_timezone("Asia/Karachi", 4)
    assert [city.name for city in cities] == ["Karachi", "Lahore", "Peshawar", "Faisalabad"]
    assert {city.timezone for city in cities} == {"Asia/Karachi"}
    older = timezones.cities_of_timezone("Asia/Calcutta", 3)
    assert older[0].name == "Kolkata"
    assert len({city.name for city in older}) == 3
    assert timezones.cities_of_timezone("UTC", 4) == []


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
    system(tz="Foo/Bar")
    unknown = "the time zone “Foo/Bar” that TZ names is not known"
    assert timezones.default_place().reason == f"Beijing, CN, the default: {unknown}"
    system()
    assert timezones.default_place().reason == "Beijing, CN, the default: the system has no time zone set"


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
    for name in {row[6] for row in city_table().rows}:
        place = timezones.place_of_timezone(name)
        assert place is not None
        assert place.timezone == name
