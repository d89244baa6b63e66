"""Makes seeds/chronicle.json from a folder of research tables.

    python -m seeds.makers.chronicle FOLDER [OUTPUT]

The folder holds `modules.json`, `crewed_missions.json`, `cargo_missions.json`, `evas.json`, `astronauts.json`,
`international.json` and `altitude.json`. Nothing is added to what they say except the wording of plans and corrected
claims (`chronicle_wording.py`) and later finds (`chronicle_additions.py`), each with the sources it rests on.
The output has one record a line, so that a changed fact is a changed line; the same tables give the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from seeds.makers.chronicle_additions import (
    ASSIGNMENT,
    CLAIM_SOURCES,
    CORRECTIONS,
    FACTS,
    LESSONS,
    PAYLOADS_KNOWN_FROM,
    STEP_DAYS,
    STEP_SOURCES,
    STEP_TEXTS,
    SUITS_KNOWN_FROM,
)
from seeds.makers.chronicle_sources import make_sources, reworded
from seeds.makers.chronicle_wording import AS_OF, AS_OF_SOURCE, CORRECTED, PLANS, WALK_DATES_IN_DOUBT

Record = dict[str, Any]

PLANNED_FROM = {"Shenzhou-24": "2026-10-05"}
"""From when everything said about a planned flight is known."""

PORTS = {
    "Tianhe forward": "forward",
    "Tianhe nadir (radial)": "nadir",
    "Tianhe aft": "aft",
    "Tianhe node starboard": "starboard",
    "Tianhe node starboard (permanent)": "starboard",
    "Tianhe node port side": "port side",
    "Tianhe node port side (permanent)": "port side",
}


def kept(record: Record) -> Record:
    """Drop what is empty: an absent key reads as `None`, `False` or an empty list."""
    return {key: value for key, value in record.items() if (value == 0 and value is not False) or value}


def provenance(record: Record) -> Record:
    """What stands behind a record: conflicts, doubts, notes and source ids."""
    notes = record.get("notes") or []
    sources = ["article" if name == "seed" else name for name in record["sources"]]
    return {
        "notes": [notes] if isinstance(notes, str) else notes,
        "conflicts": record.get("conflicts"),
        "unverified": record.get("unverified"),
        "sources": list(dict.fromkeys(sources)),
    }


def make_people(astronauts: Record) -> list[Record]:
    """Everyone who flew to the station; flights there come from the missions, earlier ones are listed here."""
    people = []
    for person in astronauts["astronauts"]:
        earlier = [
            {"mission": flight["mission"], "seconds": flight["seconds"]}
            for flight in person["flights"]
            if not flight["at_css"]
        ]
        people.append({
            "name": person["name_en"],
            "name_zh": person["name_zh"],
            "sex": person["sex"],
            "nationality": person["nationality"],
            "birth": person["birth_date"],
            "group": person["selection_group"],
            "earlier_flights": earlier,
            **provenance(person),
        })  # fmt: skip
    return people


def make_crewed(crewed: Record) -> list[Record]:
    """Shenzhou missions; the crew's way home is kept apart from the ship's."""
    missions = []
    for mission in crewed["missions"]:
        uncrewed = mission.get("launched_uncrewed", False)
        seats = [
            {
                "name": seat["name_en"],
                "role": seat["role"],
                "role_unverified": seat["role_status"] != "sourced",
                "flight_number": seat["flight_number"],
            }
            for seat in mission["crew"]
        ]
        ship = mission["spacecraft_flight_duration"] or {}
        crew = mission["crew_flight_duration"] or {}
        missions.append({
            "name": mission["mission"],
            "name_zh": mission["mission_zh"],
            "kind": "uncrewed" if uncrewed else "crewed",
            "status": mission["status"].split(" (")[0],
            "status_as_of": mission.get("status_as_of"),
            "expedition": mission["expedition"],
            "launch": mission["launch_utc"],
            "dock": mission["docking_utc"],
            "undock": mission["undocking_utc"],
            "end": mission["spacecraft_landing_utc"],
            "duration_s": ship.get("seconds"),
            "crew": [kept(seat) for seat in seats],
            "return_ship": mission["crew_return_spacecraft"],
            "crew_landing": mission["crew_landing_utc"],
            "crew_duration_s": crew.get("seconds"),
            "returned_crew_of": mission.get("returned_crew_of"),
            "launch_site": mission["launch_site"],
            "landing_site": mission["landing_site"],
            "rocket": mission["rocket"],
            "rocket_serial": mission["rocket_serial"],
            "norad_id": mission["norad_id"],
            "cospar_id": mission["cospar_id"],
            "planned_when": mission.get("planned_window"),
            "planned_crew": mission.get("crew_planned"),
            "planned_port": mission.get("expected_port"),
            "planned_from": mission.get("planned_window") and PLANNED_FROM[mission["mission"]],
            **provenance(mission),
        })  # fmt: skip
    return missions


def make_cargo(cargo: Record) -> list[Record]:
    """Tianzhou missions; where they were docked is in the port stays."""
    return [
        {
            "name": mission["mission"],
            "name_zh": mission["mission_zh"],
            "kind": "cargo",
            "status": "completed" if mission["status"] == "deorbited" else "in progress",
            "status_as_of": mission.get("status_as_of"),
            "launch": mission["launch_utc"],
            "dock": mission["docking_utc"],
            "undock": mission["final_undocking_utc"],
            "end": mission["reentry_utc"],
            "duration_s": (mission["flight_duration"] or {}).get("seconds"),
            "launch_site": mission["launch_site"],
            "rocket": mission["rocket"],
            "rocket_serial": mission["rocket_serial"],
            "norad_id": mission["norad_id"],
            "cospar_id": mission["cospar_id"],
            "cargo_kg": mission["cargo_kg"],
            "cargo_note": mission.get("cargo_note"),
            **provenance(mission),
        }
        for mission in cargo["missions"]
    ]


def make_modules(modules: Record) -> list[Record]:
    """The station's own parts; their moves between ports are in the port stays."""
    return [
        {
            "name": module["name"],
            "name_zh": module["name_zh"],
            "type": module["type"],
            "launch": module["launch_utc"],
            "dock": module["docking_utc"],
            "relocated": module.get("relocated_utc"),
            "rocket": module["rocket"],
            "launch_site": module["launch_site"],
            "mass_kg": module["launch_mass_kg"],
            "length_m": module["length_m"],
            "diameter_m": module.get("diameter_m"),
            "pressurised_m3": module.get("pressurised_m3"),
            "habitable_m3": module.get("habitable_m3"),
            "norad_id": module["norad_id"],
            "cospar_id": module["cospar_id"],
            **provenance(module),
        }
        for module in modules["modules"]
    ]


def make_stays(modules: Record, cargo: Record) -> list[Record]:
    """Who was at which port from when to when; approximate ends are marked."""
    doubts = {mission["mission"]: mission["unverified"] for mission in cargo["missions"]}
    stays = []
    for stay in modules["port_occupancy"]:
        begin = stay["from_utc"]
        in_doubt = [
            text
            for text in doubts.get(stay["vehicle"], [])
            if begin[:10] in text or ("January 2022" in text and begin.startswith("2022-01"))
        ]
        stays.append({
            "vehicle": stay["vehicle"],
            "port": PORTS[stay["port"]],
            "begin": begin,
            "end": stay["to_utc"],
            "permanent": "(permanent)" in stay["port"],
            "begin_approximate": any("approximate" in text for text in in_doubt),
            "end_approximate": stay.get("to_is_approximate", False),
            **provenance({**stay, "unverified": in_doubt}),
        })  # fmt: skip
    return stays


def make_handovers(crewed: Record) -> list[Record]:
    """Handovers between crews; only the day is known, and it is a day of Beijing time."""
    return [
        {
            "from_mission": handover["from_mission"],
            "to_mission": handover["to_mission"],
            "date_beijing": handover["date_beijing"],
            "sources": handover["sources"],
        }
        for handover in crewed["handovers"]
    ]


def make_spacewalks(evas: Record) -> list[Record]:
    """Every spacewalk; what was not published is absent."""
    return [
        {
            "number": eva["number"],
            "mission": eva["mission"],
            "date": eva["date"],
            "date_in_doubt": eva["number"] in WALK_DATES_IN_DOUBT,
            "date_not_after": eva.get("date_not_after") if eva["number"] in WALK_DATES_IN_DOUBT else None,
            "start": eva["start_utc"],
            "start_approximate": eva.get("start_approx", False),
            "end": eva["end_utc"],
            "duration_min": eva["duration_min"],
            "duration_approximate": eva["duration_is_approximate"],
            "outside": eva["outside"],
            "inside": eva["inside_support"],
            "exit": eva["exit"],
            "suits": eva["suits"],
            "tasks": eva["tasks"],
            "not_published": not_published(eva),
            "second_out": eva.get("second_astronaut_out_utc"),
            "second_out_approximate": eva.get("second_astronaut_out_is_approximate", False),
            **provenance(eva),
        }
        for eva in evas["evas"]
    ]


def not_published(eva: Record) -> list[str]:
    """What the agency did not publish, which is not the same as what was not found."""
    said = any("CMSA did not publish" in text for text in eva["unverified"])
    return ["start", "end", "duration"] if said else []


def make_walk_totals(evas: Record) -> list[Record]:
    """Published lower bounds of a mission's spacewalk time where single durations were not published."""
    totals = {}
    for entry in evas["cumulative_eva_time"]:
        for note in entry["notes"]:
            found = re.search(r"Wikipedia's (Shenzhou-\d+) total .* its (\d+) EVAs implies at least (\d+):(\d+)", note)
            if found:
                mission, walks, hours, minutes = found.groups()
                totals[mission] = {
                    "mission": mission,
                    "spacewalks": int(walks),
                    "at_least_min": int(hours) * 60 + int(minutes),
                    "notes": [note.split(": ", 1)[1]],
                    "sources": [name for name in entry["sources"] if name != "derived"],
                }
    return [totals[mission] for mission in sorted(totals)]


def make_records(evas: Record, astronauts: Record) -> list[Record]:
    """Records and firsts as the sources state them."""
    marks = []
    for area, table in (("spacewalks", evas), ("people", astronauts)):
        for mark in table["records"]:
            holders = mark.get("holders") or mark["holder"]
            value = mark.get("value") or mark.get("value_hmm") or mark.get("duration_hmm")
            # A value may be a date or end in one: "2023-05-30", "58 years at landing on 2023-06-03".
            dated = re.search(r"\d{4}-\d\d-\d\d$", str(value))
            is_date = dated is not None and dated[0] == value
            runners_up = [f"{runner['name']} {runner['value']}" for runner in mark.get("runners_up", [])]
            marks.append({
                "record": mark["record"],
                "area": area,
                "holders": holders.split(", ") if isinstance(holders, str) else holders,
                "value": None if is_date or value is None else str(value),
                "date": dated[0] if dated else mark.get("date") or mark.get("as_of"),
                "spacewalk": mark.get("eva_number"),
                "mission": mark.get("mission"),
                "duration_min": mark.get("duration_min"),
                "runners_up": runners_up,
                **provenance(mark),
            })  # fmt: skip
    return marks


def make_steps(international: Record) -> list[Record]:
    """The steps of the international programme, each with the day from which it is known."""
    steps = []
    for step in international["timeline"]:
        day = STEP_DAYS.get(step["date"], step["date"])
        sources = [*step["sources"], *([STEP_SOURCES[day]] if day in STEP_SOURCES else [])]
        text = STEP_TEXTS.get(day, step["event"])
        steps.append({"date": day, "text": text, **provenance({**step, "sources": sources})})
    return steps


def make_partners(international: Record) -> dict[str, Any]:
    """The international programme: agreement, steps, candidates, payloads and checked claims."""
    agreement, assigned = international["agreement"], international["assigned_mission"]
    return {
        "agreement": [kept({
            "date": agreement["date"],
            "title": agreement["title_en"],
            "title_zh": agreement["title_zh"],
            "parties": agreement["parties"],
            "place": agreement["place"],
            "witness": agreement["witness"],
            "signatories": [kept(person) for person in agreement["signatories"]],
            "ceremony": agreement["ceremony_utc"],
            "ceremony_note": agreement["ceremony_note"],
            **provenance(agreement),
        })],
        "assignment": [
            {
                "mission": assigned["mission"],
                "prime_named": assigned["prime_named"],
                **ASSIGNMENT,
                "known_from": "2026-10-05",
                **provenance({**assigned, "conflicts": [f"stay: {assigned['stay']}"]}),
            }
        ],
        "partner_steps": make_steps(international),
        "candidates": [
            {
                "name": person["name_en"],
                "name_zh": person["name_zh"],
                "nationality": person["nationality"],
                "birth": person["birth_date"],
                "role": person["role"],
                "service": person["service"],
                "mission": person["mission"].replace(" candidate", " (planned)"),
                "flown": person["flown"],
                # A flight begins with a launch, and every launch up to that day is known.
                "flown_as_of": AS_OF["partners"],
                "known_from": "2026-04-22",
                **provenance({**person, "sources": [*person["sources"], AS_OF_SOURCE]}),
            }
            for person in international["candidates"]
        ],
        "payloads": [
            {
                "name": item["name"],
                "country": item["country"],
                "status": item["status"],
                "known_from": PAYLOADS_KNOWN_FROM[item["name"]],
                **provenance(item),
            }
            for item in international["other_payloads"]
        ],
        "claims": [
            {
                "number": claim["n"],
                "claim": claim["fact"],
                "verdict": claim["verdict"],
                **CORRECTED[claim["n"]],
                "caveat": claim.get("caveat"),
                "measured": claim.get("measured"),
                **provenance({**claim, "sources": [*claim["sources"], *CLAIM_SOURCES.get(claim["n"], ())]}),
            }
            for claim in international["seed_article_facts"]
        ],
    }  # fmt: skip


def make_station(modules: Record) -> list[Record]:
    """The station as a whole."""
    station = modules["station"]
    return [{
        "name": station["name"],
        "inclination_deg": station["orbit_inclination_nominal_deg"],
        "design_life": station["design_life_years"],
        "mass_t": station["mass_t_about"],
        "pressurised_m3": station["pressurised_volume_m3"],
        "habitable_m3": station["habitable_volume_m3"],
        "first_launch": station["first_launch_utc"],
        "t_shape": station["t_shape_complete_utc"],
        "declared_built": station["declared_fully_built"],
        "expansion": station["expansion"],
        **provenance(station),
    }]  # fmt: skip


def correct(tables: dict[str, Record]) -> None:
    """Lay the corrections over the tables, in place."""
    rows = {
        "evas": {row["number"]: row for row in tables["evas"]["evas"]},
        "missions": {row["mission"]: row for row in tables["crewed_missions"]["missions"]},
        "selection_groups": {row["group"]: row for row in tables["astronauts"]["selection_groups"]},
    }
    for (table, key), fields in CORRECTIONS.items():
        row = rows[table][key]
        for field, value in fields.items():
            if field in {"sources", "notes", "conflicts"}:
                old = row.get(field) or []
                row[field] = [*([old] if isinstance(old, str) else old), *value]
            else:
                row[field] = value


def make(folder: Path) -> Record:
    """Read the research tables and give the whole chronicle."""
    names = ("modules", "crewed_missions", "cargo_missions", "evas", "astronauts", "international", "altitude")
    tables = {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in names}
    correct(tables)
    modules, crewed, cargo = tables["modules"], tables["crewed_missions"], tables["cargo_missions"]
    evas, astronauts, international = tables["evas"], tables["astronauts"], tables["international"]
    rows: dict[str, list[Record]] = {
        "station": make_station(modules),
        "modules": make_modules(modules),
        "missions": make_crewed(crewed) + make_cargo(cargo),
        "stays": make_stays(modules, cargo),
        "handovers": make_handovers(crewed),
        "people": make_people(astronauts),
        "groups": [{**group, **provenance(group)} for group in astronauts["selection_groups"]],
        "spacewalks": make_spacewalks(evas),
        "walk_totals": make_walk_totals(evas),
        "suits": [
            {"text": suit["fact"], "known_from": known_from, "sources": suit["sources"]}
            for suit, known_from in zip(evas["suits"], SUITS_KNOWN_FROM, strict=True)
        ],
        "records": make_records(evas, astronauts),
        "avoidances": [
            {
                "object": item["object"],
                "date": item["date"],
                "manoeuvre": item.get("manoeuvre_utc"),
                "close_pass": item.get("close_pass_utc"),
                **provenance(item),
            }
            for item in tables["altitude"]["avoidance_manoeuvres"]
        ],
        **make_partners(international),
        "plans": list(PLANS),
        "lessons": list(LESSONS),
        "facts": list(FACTS),
    }
    rows = {name: [kept(reworded(record)) for record in records] for name, records in rows.items()}
    used = {name for records in rows.values() for record in records for name in record["sources"]}
    return {
        "schema": 1,
        "generated": modules["generated"],
        "as_of": AS_OF,
        "sources": make_sources(list(tables.values()), used),
        **rows,
    }


def written(chronicle: Record) -> str:
    """One record a line: compact to load, readable in a comparison of versions."""
    lines = []
    for name, value in chronicle.items():
        if isinstance(value, list):
            body = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in value)
            text = f"[\n{body}\n]"
        elif name == "sources":
            body = ",\n".join(
                f"{json.dumps(key)}:{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}"
                for key, row in value.items()
            )
            text = f"{{\n{body}\n}}"
        else:
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        lines.append(f"{json.dumps(name)}:{text}")
    return "{" + ",\n".join(lines) + "}\n"


def main() -> None:
    """Write the file, or say what is missing."""
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    output = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).parents[1] / "chronicle.json"
    output.write_text(written(make(Path(sys.argv[1]))), "utf-8", newline="\n")
    print(f"wrote {output}: {output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
