"""Mutated responses through every parser: an answer or one clear error, no other exception."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import ElementsError, SourceError
from sim.orbit.files.oem_reader import parse_oem
from sim.sources.http_exchange import throttle_wait_s
from sim.sources.plausibility import check_ephemeris
from sim.sources.providers import celestrak, cmsa, launch_library, people_in_space, tle_api
from sim.sources.storage import element_log
from tests.support.loopback_server import NOW, SPACEWALKS, body, ephemeris_archive, expeditions, stations

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_URL = "https://www.cmse.gov.cn/gfgg/zgkjzgdcs/"
LOG = element_log.HEADER + b"".join(element_log.encode(s, 0.0) for s in stations())
PARSERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "gp": (celestrak.parse, body("celestrak_gp_omm_records.json")),
    "tle": (tle_api.parse, body("tle_api_collection_2026-05-30.json")),
    "people": (lambda b: people_in_space.parse(b, 0.0), body("corquaid_people-in-space_2026-04-28.json")),
    "crew": (lambda b: launch_library.parse(b, 0.0), expeditions("Zhu Yangzhu", "Zhang Zhiyuan")),
    "station": (launch_library.docked_count, body("ll2_2.3.0_space_stations_18_normal_2025-08.json")),
    "walks": (launch_library.spacewalk_count, SPACEWALKS),
    "throttle": (throttle_wait_s, b'{"detail": "Request was throttled. Expected available in 17 seconds."}'),
    "page": (lambda b: cmsa.parse_page(b, PAGE_URL), body("cmse_orbit_page_2026-08-21.excerpt.html")),
    "archive": (cmsa.parse, ephemeris_archive()),
    "ephemeris": (
        lambda b: check_ephemeris(parse_oem(b.decode("utf-8", "replace")), NOW),
        body("CSS_OEM_20260821004850_0001.excerpt.dat"),
    ),
    "log": (element_log.decode, LOG),
}
WORDS = rb"""" { } [ ] null true NaN 1e999 - {} [] "" \u202e \ud800 ../ < "a":1,"a":2""".split()
BYTES = (b"\x00", b"\x1b[2J", b"\xff", b"\r\n", b"9" * 400, b"[" * 50, b"]" * 50)
NASTY = [*WORDS, *BYTES]


def mutated(original: bytes, dice: random.Random) -> bytes:
    """The body with pieces cut out, doubled, overwritten or nasty things put in; sometimes cut short."""
    data = bytearray(original)
    for _ in range(dice.randint(1, 5)):
        start = dice.randint(0, len(data))
        end = min(len(data), start + dice.choice([0, 1, 2, 8, 64, 512]))
        how = dice.randint(0, 4)
        if how == 0:
            del data[start:end]
        elif how == 1:
            data[start:start] = data[start:end]
        elif how == 2:
            data[start:end] = dice.choice(NASTY)
        elif how == 3:
            data[start:end] = dice.randbytes(dice.randint(0, 8))
        elif end > start:
            data[start] ^= 1 << dice.randint(0, 7)
    return bytes(data[: dice.randint(0, len(data))]) if dice.randint(0, 9) == 0 else bytes(data)


def error_of(parse: Callable[[bytes], object], data: bytes) -> str | None:
    """None for an answer, the message for an error of ours; any other exception is the test's failure."""
    try:
        parse(data)
    except (SourceError, ElementsError) as problem:
        message = str(problem)
    else:
        return None
    assert message.isprintable()
    assert 0 < len(message) < 300
    return message


@pytest.mark.parametrize("name", PARSERS)
def test_parser_of_mutated_body_gives_an_answer_or_one_clear_error(name: str) -> None:
    parse, original = PARSERS[name]
    parse(original)
    seen = {"answers": 0, "errors": 0}

    # One seed an example: drawing each step of a mutation from hypothesis takes longer than all the parsers.
    @settings(max_examples=600, database=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**32))
    def run(seed: int) -> None:
        data = mutated(original, random.Random(seed))
        began_s = time.thread_time()  # processor time: other programs do not count
        told = error_of(parse, data)
        seen["answers" if told is None else "errors"] += 1
        assert time.thread_time() - began_s < 2.0

    run()
    assert seen["answers"] > 0
    assert seen["errors"] > 0 or name in {"log", "throttle"}  # those two pass over what is damaged
    assert sum(seen.values()) >= 600


@settings(max_examples=300, database=None)
@given(data=st.binary(max_size=600) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_parser_of_noise_gives_an_answer_or_one_clear_error(data: bytes) -> None:
    for parse, _ in PARSERS.values():
        error_of(parse, data)
