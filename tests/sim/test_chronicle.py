"""Named moments of the station's life, as the sources tell them."""

from __future__ import annotations

from datetime import datetime

from sim.chronicle import StationFacts, chronicle


def at(text: str) -> StationFacts:
    return chronicle().at(datetime.fromisoformat(text).timestamp())


def names(facts: StationFacts) -> list[str]:
    return [member.name for member in facts.aboard]


def ports(facts: StationFacts) -> dict[str, str]:
    return {docked.port: docked.vehicle for docked in facts.ports}


def test_crew_and_spacewalk_of_the_record_day() -> None:
    facts = at("2024-12-17T08:00:00Z")
    assert names(facts) == ["Cai Xuzhe", "Song Lingdong", "Wang Haoze"]
    assert facts.crew_certain
    assert facts.spacewalk is not None
    assert facts.spacewalk.spacewalk.number == 17
    assert facts.spacewalk.elapsed_s == 3 * 3600 + 9 * 60
    assert facts.spacewalk.world_record_s == 11340 - 536 * 60
    assert ports(facts) == {
        "forward": "Shenzhou-19",
        "aft": "Tianzhou-8",
        "starboard": "Wentian",
        "port side": "Mengtian",
    }
    assert facts.free_ports == ("nadir",)
